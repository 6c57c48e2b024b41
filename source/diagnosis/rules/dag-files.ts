import { dagFileName } from '../../model/airflow/dag-folder.ts';
import type { DagFile } from '../../model/check.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { sayer } from '../../words/message.ts';
import { readerName, settingOf } from '../airflow-facts.ts';
import { dagFiles, definedElsewhere } from '../dag-folder.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { restart, up } from '../services.ts';
import { readTrace } from '../stack-trace.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'impact.dag': [
		'Airflow runs the previous version of {dag}, or does not run it',
		'Airflow가 {dag} DAG를 변경 전 상태로 실행하거나 아예 실행하지 않습니다',
	],
	'unreadable.title': ['Airflow cannot read {file}', 'Airflow가 {file} 파일을 읽을 수 없습니다'],
	'unreadable.evidence': [
		'Mode {mode}, owner {owner}, Airflow user {user}',
		'권한 {mode}, 소유자 {owner}, Airflow 사용자 {user}',
	],
	'unreadable.cause': [
		'The file permissions deny access to the Airflow user',
		'파일 권한 때문에 Airflow 사용자가 읽을 수 없습니다',
	],
	'unreadable.reason': [
		'Mode and owner show this. The bind mount keeps those of the host',
		'권한과 소유자를 확인한 결과이며, 마운트는 호스트의 값을 그대로 사용합니다',
	],
	'unreadable.chmod': ['Make it readable for all users', '모든 사용자가 읽을 수 있게 권한을 변경하세요'],
	'unreadable.chown': ['Change its owner to the Airflow user', '소유자를 Airflow 사용자로 변경하세요'],
	'not shown.title': [
		'The DAG in {file} does not appear in Airflow',
		'{file} 파일의 DAG가 Airflow에 표시되지 않습니다',
	],
	'not shown.evidence': [
		'{file} changed {age:duration} ago. Airflow has no DAG and no import error for it',
		'{file} 파일은 {age:duration} 전에 변경되었지만 Airflow에 DAG도 임포트 오류도 없습니다',
	],
	'not shown.scan.cause': [
		'The {reader} has not scanned the folder since. It looks for new files every {interval:duration}',
		'{reader}이(가) 아직 폴더를 다시 확인하지 않았습니다. 새 파일은 {interval:duration}마다 확인합니다',
	],
	'not shown.python.cause': ['Python fails to run it: {message}', 'Python 실행 오류: {message}'],
	'not shown.none.cause': [
		'It defines no DAG at top level, or .airflowignore excludes it',
		'최상위에 정의된 DAG가 없거나 .airflowignore에 의해 제외됩니다',
	],
	'not shown.timeout.cause': [
		'Parsing it takes longer than the {reader} allows and leaves no import error',
		'파일을 파싱하는 시간이 {reader} 제한을 초과하여 임포트 오류도 남지 않습니다',
	],
	'not shown.reason': [
		'The file is mounted and readable, and contains the words dag and airflow',
		'파일이 마운트에 있고 읽을 수 있으며 dag와 airflow라는 단어를 포함합니다',
	],
	'not shown.python.reason': [
		'Python of the {reader} ran the file: exit code {code}',
		'{reader}의 Python으로 파일을 실행한 결과 종료 코드는 {code}입니다',
	],
	'mount.title': ['The DAG folder is not mounted', 'DAG 폴더가 마운트되지 않았습니다'],
	'mount.cause': [
		'{service} has no mount at {folder} and sees the empty folder of its image',
		'{service}의 {folder} 경로에 마운트가 없어 이미지의 빈 폴더만 보입니다',
	],
	'mount.reason': ['Mounts listed by Docker: {mounts}', 'Docker에서 확인한 마운트 목록: {mounts}'],
	'mount.impact': [
		'Airflow finds no DAGs, so nothing is scheduled',
		'Airflow가 DAG를 찾지 못하여 아무것도 스케줄되지 않습니다',
	],
	'mount.fix': [
		'Add ./dags:{folder} to the volumes of {service} in the Compose file, then run up',
		'Compose 파일의 {service} volumes에 ./dags:{folder}을(를) 추가한 뒤 up을 실행하세요',
	],
	'stale mount.title': ['The DAG folder bind mount is stale', 'DAG 폴더 마운트가 변경을 반영하지 않습니다'],
	'stale mount.cause': [
		'The host folder was replaced (moved, deleted or checked out again). The container still sees the old one',
		'호스트의 폴더가 교체(이동, 삭제, 새로 체크아웃)되어 컨테이너는 이전 폴더를 계속 보고 있습니다',
	],
	'stale mount.reason': [
		'The folder is {host} on the host and {inside} in {service} (device:inode)',
		'호스트의 폴더는 {host}, {service} 안에서는 {inside}입니다(장치:inode)',
	],
	'stale mount.missing.cause': ['The host folder no longer exists', '호스트의 폴더가 없어졌습니다'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A Python file of the DAG folder that Airflow's user may not read. */
export const dagFileUnreadable: Rule = {
	name: 'dag file unreadable',
	texts,
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
	texts,
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
	texts,
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
	texts,
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
