import { dagFileName } from '../../model/airflow/dag-folder.ts';
import type { DagFile } from '../../model/check.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { readerName, settingOf } from '../airflow-facts.ts';
import { dagFiles, definedElsewhere } from '../dag-folder.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { restart, up } from '../services.ts';
import { readTrace } from '../stack-trace.ts';
import { thresholds } from '../thresholds.ts';

/** A Python file of the DAG folder that Airflow's user may not read. */
export const dagFileUnreadable: Rule = {
	name: 'dag file unreadable',
	find: facts => {
		const reader = facts.of('dag reader');
		const user = (reader && facts.check('setup', reader.it.container.id)?.setup.user) || '50000';
		return dagFiles(facts)
			.filter(({ isReadable }) => isReadable === false)
			.map(file => {
				const name = dagFileName(file.path);
				const inContainer = (argv: string[]) =>
					reader
						? { kind: 'exec' as const, container: reader.container, user: '0', argv }
						: { kind: 'type' as const, command: argv.join(' ').replace('/opt/airflow/', '') };
				return {
					subject: file.path,
					severity: 'critical' as const,
					since: null,
					title: say('unreadable.title', { file: name }),
					evidence: [evidence(say('unreadable.evidence', { mode: file.mode, owner: file.uid, user }))],
					cause: say('unreadable.cause'),
					reason: say('unreadable.reason'),
					impact: [say('import.impact')],
					fixes: [
						fix(say('unreadable.chmod'), inContainer(['chmod', 'a+r', file.path])),
						fix(say('unreadable.chown'), inContainer(['chown', user.includes(':') ? user : `${user}:0`, file.path])),
					],
					breaks: [`file permissions ${file.path}` as const, 'dag file' as const, `dag file ${file.path}` as const],
				};
			});
	},
};

/** A file that looks like a DAG file but from which Airflow shows no DAG. */
export const dagNotShown: Rule = {
	name: 'dag not shown',
	find: facts => {
		const { dags, importErrors } = facts.state;
		const now = facts.now + facts.clockAheadMs;
		if (dags === null || !facts.isAirflowLive) return [];
		return dagFiles(facts).flatMap(file => {
			if (file.looksLikeDag !== true || file.isReadable === false) return [];
			if (dags.some(dag => dag.fileLocation === file.path)) return [];
			if (importErrors.some(error => error.fileName === file.path)) return [];
			const age = now - file.modifiedAt;
			if (age < thresholds.fileListedMs) return [];
			const python = facts.check('python file', file.path);
			// Reported as an import error.
			if (python && python.exitCode !== 0 && python.modifiedAt >= file.modifiedAt) return [];
			// Another file defines its DAG: reported as a finding of its own.
			if (definedElsewhere(facts, file).length > 0) return [];
			return [notShown(facts, file, age)];
		});
	},
};

/** How often new files are looked for (Airflow 3.0 moved the setting to the DAG processor's section). */
function scanSetting({ state }: DiagnosisFacts): string {
	return isAirflow3(state) ? 'AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL' : 'AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL';
}

function notShown(facts: DiagnosisFacts, file: DagFile, age: number): Draft {
	const reader = facts.of('dag reader');
	const name = dagFileName(file.path);
	const python = facts.check('python file', file.path);
	const isChecked = python && python.modifiedAt >= file.modifiedAt;
	const timeoutMs = 1000 * Number(settingOf(facts, reader, 'AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT') ?? 30);
	const interval = 1000 * Number(settingOf(facts, reader, scanSetting(facts)) ?? 300);
	const readBy = { reader: readerName(facts) };
	const [sign] = facts.signs('import timeout');
	const isSlow = isChecked && python.tookMs > timeoutMs;
	const cause =
		isSlow || sign
			? say('not shown.timeout.cause', readBy)
			: age < interval + thresholds.fileListedMs
				? say('not shown.scan.cause', { ...readBy, interval })
				: isChecked
					? python.exitCode === 0
						? // Only a full import shows which DAGs exist.
							python.tookMs > 0 && python.dagIds.length === 0
							? say('not shown.none.cause')
							: say('not shown.scan.cause', { ...readBy, interval })
						: say('not shown.python.cause', { message: readTrace(python.lines.join('\n'), file.path).message })
					: say('not shown.scan.cause', { ...readBy, interval });
	return {
		subject: file.path,
		severity: 'warning',
		since: file.modifiedAt,
		title: say('not shown.title', { file: name }),
		evidence: [evidence(say('not shown.evidence', { file: name, age }))],
		cause,
		reason: isChecked ? say('not shown.python.reason', { ...readBy, code: python.exitCode }) : say('not shown.reason'),
		impact: [say('impact.dag', { dag: name })],
		fixes: [
			...(reader ? [restart(reader)] : []),
			fix(say('fix.check'), { kind: 'check' }),
			...(reader ? [look(say('fix.inspect'), 'inspect', reader.container)] : []),
		],
		breaks: ['dag file', `dag file ${file.path}`],
		dependsOn: ['mount dags', 'processor', 'scheduler', 'database', 'migration', 'login', 'webserver', 'disk'],
	};
}

/** The process that reads DAG files sees the folder of its image instead of a mount. */
export const dagFolderNotMounted: Rule = {
	name: 'dag folder not mounted',
	find: facts => {
		const folder = facts.check('dag folder');
		const reader = facts.of('dag reader');
		if (!folder || folder.isMounted || !reader) return [];
		// An image may contain its DAGs.
		const inside = facts.check('dag folder inside');
		const others = facts.services.filter(
			one => one !== reader && one.it.container.mounts.some(mount => mount.destination === folder.folder),
		);
		const isEmpty = inside ? inside.files.length === 0 : facts.state.dags !== null && facts.state.dags.length === 0;
		if (!isEmpty && others.length === 0) return [];
		const mounts = reader.it.container.mounts.map(({ destination }) => destination).join(', ') || '-';
		return [
			{
				subject: folder.folder,
				severity: 'critical',
				since: reader.it.container.createdAt,
				title: say('mount.title'),
				evidence: [],
				cause: say('mount.cause', { service: reader.name, folder: folder.folder }),
				reason: say('mount.reason', { mounts }),
				impact: [say('mount.impact')],
				fixes: [
					fix(say('mount.fix', { folder: folder.folder, service: reader.name }), { kind: 'advice' }),
					up(reader),
					look(say('fix.inspect'), 'inspect', reader.container),
				],
				breaks: ['mount dags', 'dag file'],
				dependsOn: ['engine'],
			},
		];
	},
};

/** The container sees the old inode of a folder that was replaced on the host. */
export const dagMountStale: Rule = {
	name: 'dag mount stale',
	find: facts => {
		const outside = facts.check('dag folder');
		const inside = facts.check('dag folder inside');
		const reader = facts.of('dag reader');
		if (!outside?.isMounted || !inside?.id || !reader) return [];
		const isGone = outside.hostId === 'missing';
		if (outside.hostId === null || outside.hostId === inside.id) return [];
		return [
			{
				subject: outside.folder,
				severity: 'critical',
				since: null,
				title: say('stale mount.title'),
				evidence: [],
				cause: isGone ? say('stale mount.missing.cause') : say('stale mount.cause'),
				reason: say('stale mount.reason', {
					host: outside.hostId,
					inside: inside.id,
					service: reader.name,
				}),
				impact: [say('impact.dag', { dag: facts.dagId })],
				fixes: restartsOf(facts, outside.folder),
				breaks: ['mount dags', 'dag file'],
				dependsOn: ['engine'],
			},
		];
	},
};

/** Every container that mounts the folder holds the old one. */
function restartsOf(facts: DiagnosisFacts, folder: string) {
	const holders: readonly Service[] = facts.services.filter(({ it }) =>
		it.container.mounts.some(({ destination }) => destination === folder),
	);
	const reader = facts.of('dag reader');
	const [first] = holders.toSorted((a, b) => Number(b === reader) - Number(a === reader));
	const all = holders.map(({ service }) => service);
	return [
		...(all.length > 1
			? [
					fix(say('fix.restart', { service: all.join(', ') }), {
						kind: 'compose' as const,
						verb: 'restart' as const,
						services: all,
					}),
				]
			: []),
		...(first ? [restart(first)] : []),
	];
}
