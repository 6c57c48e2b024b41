import { readRegularFile } from '../../clients/regular-file.ts';
import { shareOf, totalsOf } from '../../model/disk-usage.ts';
import { failureOf } from '../../model/failure.ts';
import type { ContainerState } from '../../model/state.ts';
import { readAudit } from '../../operations/audit.ts';
import { type Confirmation, isRefusal } from '../../operations/plan.ts';
import { refusalKind } from '../../operations/run-plan.ts';
import { fileTrial, trialWords } from '../../operations/try-file.ts';
import { memory, momentToSecond, timeOfDay } from '../../presentation/format.ts';
import { fit, textWidth } from '../../presentation/text.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import type { Effect, Page, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { cannot, later } from './step.ts';
import { targetDag, targetDagId } from './targets.ts';

/** A page that a server is asked for; what goes wrong becomes a word on the screen. */
export function asked(ask: () => Promise<Page>, language: Language = 'en'): Effect {
	const answer = async (): Promise<Effect> => {
		try {
			return { kind: 'page', page: await ask() };
		} catch (error) {
			const failure = failureOf(error);
			return cannot(render(failure.message, language), refusalKind(failure.kind));
		}
	};
	return later(answer());
}

/** What a plan would touch and run, to be read and copied. */
export function commandPage(plan: Confirmation): Page {
	return {
		title: plan.title,
		copies: plan.command,
		copiesWhat: 'the command',
		note: 'nothing was done; y copies the command',
		lines: [
			...plan.asks.map((text): PageLine => ({ text })),
			{ text: '' },
			...plan.command.split('\n').map((line): PageLine => ({ text: `$ ${line}`, tone: 'accent' })),
		],
	};
}

/** The Python file of the DAG. */
export function sourcePage(context: StepContext): Effect {
	const { clients, signal } = context;
	const dag = targetDag(context);
	const { airflow } = clients;
	if (!airflow) return cannot('The address of Airflow is not known', 'unreachable');
	if (!dag) return cannot(`Airflow has no DAG ${targetDagId(context)}`);
	return asked(async () => {
		const source = await airflow.dagSource(dag, signal);
		const lines = source.replace(/\n$/, '').split('\n');
		const digits = String(lines.length).length;
		return {
			title: dag.fileLocation ?? dag.dagId,
			copies: source,
			copiesWhat: 'the source',
			note: 'as the webserver has it',
			lines: lines.map((text, index): PageLine => ({ text: `${String(index + 1).padStart(digits)} ${text}` })),
		};
	});
}

/** What the scheduler's Python says of the DAG's file. */
export function trialPage(context: StepContext): Effect {
	const { clients, signal, state } = context;
	const dag = targetDag(context);
	if (dag?.fileLocation == null) return cannot(`Airflow has not told the file of ${targetDagId(context)}`);
	const trial = fileTrial(state, dag.fileLocation);
	if (isRefusal(trial)) return cannot(trial.refused);
	return asked(async () => {
		const end = await trial.run(clients, signal);
		return {
			title: `python ${trial.file}`,
			copies: trial.command,
			copiesWhat: 'the command',
			note: 'y copies the command',
			fromEnd: end.exitCode !== 0,
			lines: [
				...end.lines.map((text): PageLine => ({ text })),
				...(end.lines.length > 0 ? [{ text: '' }] : []),
				{ text: trialWords(end), tone: end.exitCode === 0 ? 'good' : 'bad', bold: true },
			],
		};
	});
}

/** The end of the record that is read, bytes: several thousand entries. */
const auditBytes = 1_000_000;
/** Entries of the record that are shown, newest first. */
const entriesShown = 500;

/** What was changed from laketop on this account, newest first. */
export function auditPage({ auditFile, now, isDemo }: StepContext): Effect {
	let text: string;
	try {
		text = readRegularFile(auditFile, { limitBytes: auditBytes, fromEnd: true });
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
			return cannot(`Nothing was changed from here yet${isDemo ? '' : ` (${auditFile})`}`);
		return cannot(`${auditFile} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
	const entries = readAudit(text).toReversed().slice(0, entriesShown);
	return {
		kind: 'page',
		page: {
			title: auditFile,
			copies: auditFile,
			copiesWhat: 'the path',
			note: 'y copies the path',
			lines: entries.map(({ at, user, event, action, targets, message }) => {
				const time = Date.parse(at);
				const when = momentToSecond(time, now);
				return {
					text: `${when}  ${user}  ${event.padEnd(7)}  ${action} ${targets.join(', ')}${message ? `: ${message}` : ''}`,
					tone: event === 'failed' ? 'bad' : event === 'unknown' ? 'active' : undefined,
				} satisfies PageLine;
			}),
		},
	};
}

/** A label and what it says, label by label in one column. */
export function facts(rows: readonly (readonly [string, string, PageLine['tone']?])[]): PageLine[] {
	const width = Math.max(...rows.map(([label]) => textWidth(label)));
	return rows.map(([label, text, tone]) => ({ text: `${fit(label, width, '')}  ${text}`, tone }));
}

export const heading = (text: string): PageLine[] => [{ text: '' }, { text, tone: 'accent', bold: true }];

const probesShown = 5;

/** What docker inspect tells that an operator asks for; secrets are masked before they get here. */
export function inspectionPage({ clients, signal, now }: StepContext, { container }: ContainerState): Effect {
	return asked(async () => {
		const it = await clients.docker.inspection(container.id, signal);
		const at = (time: number | null) => (time === null ? '-' : momentToSecond(time, now));
		const { limits, health, restartPolicy } = it;
		const retries = restartPolicy.maximumRetries > 0 ? `, ${restartPolicy.maximumRetries} times at the most` : '';
		const bound = (value: number | null, words: (value: number) => string) => (value === null ? 'none' : words(value));
		const lines: PageLine[] = [
			...facts([
				[
					'state',
					`${it.state}${it.state === 'running' ? '' : `, exit code ${it.exitCode}`}${it.oomKilled ? ', killed for want of memory (OOM)' : ''}${it.error ? `, ${it.error}` : ''}`,
				],
				['started', at(it.startedAt)],
				...(it.state === 'running' ? [] : [['ended', at(it.finishedAt)] as const]),
				['created', at(it.createdAt)],
				['image', it.image],
				['image id', it.imageId],
				['command', it.command],
				['user', it.user || 'root (the image names none)'],
				['folder', it.workingDirectory || '/'],
				['restart policy', `${restartPolicy.name}${retries}; restarted ${it.restartCount} times by the engine`],
				['log driver', `${it.logDriver}${it.logOptions ? ` (${it.logOptions})` : ''}`],
				...(it.isPrivileged ? [['privileged', 'yes: it may do what the host may', 'active'] as const] : []),
			]),
			...heading('Limits'),
			...facts([
				['memory', bound(limits.memoryBytes, memory)],
				['cpus', bound(limits.cpus, String)],
				['processes', bound(limits.processes, String)],
			]),
			...heading('Mounts'),
			...(it.mounts.length === 0 ? [{ text: 'none' }] : []),
			...it.mounts.map(mount => ({
				text: `${mount.type.padEnd(6)}  ${mount.name ?? mount.source} -> ${mount.destination}${mount.isWritable ? '' : '  (read-only)'}`,
			})),
			...heading('Ports'),
			...(it.ports.length === 0 ? [{ text: 'none' }] : []),
			...it.ports.map(port => ({
				text: `${port.privatePort}/${port.protocol}${port.publicPort === null ? '' : `  published at ${port.address || '0.0.0.0'}:${port.publicPort}`}`,
			})),
			...heading('Networks'),
			...it.networks.map(network => ({
				text: `${network.name}  ${network.address || '-'}  ${network.aliases.join(' ')}`.trimEnd(),
			})),
			...heading('Health check'),
			...(health === null
				? [{ text: 'none' }]
				: [
						...facts([
							[
								'status',
								`${health.status}${health.failingStreak > 0 ? `, failed ${health.failingStreak} times in a row` : ''}`,
								health.status === 'unhealthy' ? 'bad' : undefined,
							],
							['test', health.test],
							[
								'every',
								`${health.intervalMs / 1000} s, within ${health.timeoutMs / 1000} s, unhealthy after ${health.retries} failures; ${health.startPeriodMs / 1000} s to start`,
							],
						]),
						...health.probes.slice(-probesShown).map(
							(probe): PageLine => ({
								text: `${timeOfDay(probe.startedAt, true)}  exit code ${probe.exitCode}  ${probe.output.trim().replaceAll(/(?<!\s)\s*\n\s*/g, ' | ')}`,
								tone: probe.exitCode === 0 ? undefined : 'bad',
							}),
						),
					]),
			...heading('Environment (secrets masked)'),
			...it.environment.map(
				({ name, value, isMasked }): PageLine => ({ text: `${name}=${value}`, tone: isMasked ? 'muted' : undefined }),
			),
			...heading(`${it.labelCount} labels`),
		];
		return { title: `inspect ${it.name}`, copies: it.id, copiesWhat: 'the id', note: 'y copies the id', lines };
	});
}

const topAgainMs = 2000;

/** The processes of a container, asked for again while they are looked at. */
export function processesPage({ clients, signal }: StepContext, { container }: ContainerState): Effect {
	const ask = async (): Promise<Page> => {
		const { titles, rows } = await clients.docker.processes(container.id, signal);
		const widths = titles.map((title, column) =>
			column === titles.length - 1
				? title.length
				: rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), title.length),
		);
		const line = (cells: readonly string[]) =>
			cells
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd();
		return {
			title: `top ${container.name} (${rows.length})`,
			note: 'refreshed every 2 s; y copies it',
			lines: [{ text: line(titles), tone: 'muted', bold: true }, ...rows.map(row => ({ text: line(row) }))],
			again: { everyMs: topAgainMs, ask },
		};
	};
	if (container.state !== 'running') return cannot(`${container.name} does not run (${container.state})`);
	return asked(ask);
}

/** What images, containers, volumes and build cache take on disk, and the stack's own share. */
export function diskPage({ clients, signal, ownProject }: StepContext): Effect {
	return asked(async () => {
		const usage = await clients.docker.diskUsage(signal);
		const row = (...cells: readonly string[]) =>
			[cells[0]?.padEnd(14), ...cells.slice(1).map(cell => cell.padStart(12))].join(' ').trimEnd();
		const lines: PageLine[] = [
			{ text: row('', 'count', 'in use', 'size', 'reclaimable'), tone: 'muted' },
			...totalsOf(usage).map(total => ({
				text: row(
					total.kind,
					String(total.count),
					String(total.active),
					memory(total.bytes),
					memory(total.reclaimableBytes),
				),
			})),
		];
		const share = ownProject === null ? null : shareOf(usage, ownProject);
		if (share) {
			lines.push(
				...heading(`Of that, ${share.project}`),
				{ text: row('images', String(share.images.length), '', memory(share.imagesBytes)) },
				{
					text: `  of layers that no other image has; layers shared with others take ${memory(share.imagesSharedBytes)} or more`,
					tone: 'muted',
				},
				...share.images.map(image => ({
					text: `  ${memory(image.bytes).padStart(10)}  ${image.tags[0] ?? image.id.slice(7, 19)}`,
				})),
				{ text: row('containers', String(share.containers.length), '', memory(share.containersBytes)) },
				...share.containers.map(one => ({ text: `  ${memory(one.writableBytes).padStart(10)}  ${one.name}` })),
				{ text: row('volumes', String(share.volumes.length), '', memory(share.volumesBytes)) },
				...share.volumes.map(volume => ({
					text: `  ${(volume.bytes === null ? 'unknown' : memory(volume.bytes)).padStart(10)}  ${volume.name}`,
				})),
			);
		}
		return { title: 'Disk use', lines };
	});
}
