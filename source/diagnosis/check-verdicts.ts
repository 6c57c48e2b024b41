import type { JobType } from '../model/airflow/airflow-watch.ts';
import { defaultDagFolder } from '../model/airflow/dag-folder.ts';
import type { CheckOf } from '../model/check.ts';
import type { Message } from '../words/message.ts';
import { isConnected } from './connection.ts';
import type { DiagnosisFacts } from './facts.ts';
import { say } from './messages/message.ts';
import { thresholds } from './thresholds.ts';

/** What the result of a check comes to, with its details. */
export type Found = {
	readonly verdict: 'passed' | 'failed';
	readonly answer: Message;
	readonly lines?: readonly string[];
};

export const passed = (answer: Message, lines: readonly string[] = []): Found => ({ verdict: 'passed', answer, lines });
export const failed = (answer: Message, lines: readonly string[] = []): Found => ({ verdict: 'failed', answer, lines });
export const judged = (isOk: boolean, answer: Message, lines: readonly string[] = []): Found =>
	isOk ? passed(answer, lines) : failed(answer, lines);

export function databaseFound({
	problem,
	connections,
	connectionLimit,
	isMigrated,
	users,
}: CheckOf<'database'>): Found {
	if (problem !== null) return failed(say('checks.unknown', { problem }));
	if (isMigrated === false) return failed(say('checks.database not migrated'));
	const isFull = (connections ?? 0) > (connectionLimit ?? Number.POSITIVE_INFINITY) * thresholds.connectionShare[0];
	return judged(
		!isFull,
		say('checks.database ok', {
			connections: connections ?? '?',
			limit: connectionLimit ?? '?',
			users: users?.join(', ') || '-',
		}),
	);
}

export function brokerFound(
	{ state, now }: DiagnosisFacts,
	{ answer, hang, queues, memoryBytes, hasFailedToSave }: CheckOf<'broker'>,
): Found {
	if (hang !== null || answer !== 'PONG') return failed(say('checks.unknown', { problem: hang ?? answer }));
	if (hasFailedToSave) return failed(say('checks.broker not saved', { answer }));
	const waiting = queues.reduce((sum, { count }) => sum + count, 0);
	const grows = state.findings.find(({ rule }) => rule === 'queue backlog');
	const oldest = Math.min(now, ...queues.map(({ since }) => since));
	if (grows) return failed(say('checks.broker stuck', { answer, waiting, age: now - oldest }));
	return passed(say('checks.broker ok', { answer, waiting, memory: memoryBytes ?? 0 }));
}

export function celeryFound({ answers, lines, tookMs }: CheckOf<'celery ping'>): Found {
	const words = lines
		// Celery prints an arrow before each worker that answers.
		.map(line => line.replace(/^\s*->/, '').trim())
		.filter(Boolean)
		.join(' ');
	return answers
		? passed(say('checks.celery ok', { took: tookMs, words }))
		: failed(say('checks.celery failed', { took: tookMs, words }));
}

export function connectionFound(connection: CheckOf<'mlflow connection'>): Found {
	const { url, httpStatus, problem } = connection;
	if (httpStatus === null) return failed(say('checks.mlflow connection failed', { url, problem }));
	return judged(isConnected(connection), say('checks.mlflow connection answer', { url, status: httpStatus }));
}

export function folderFound(facts: DiagnosisFacts, inside: CheckOf<'dag folder inside'>): Found {
	const outside = facts.check('dag folder');
	const folder = outside?.folder ?? defaultDagFolder;
	if (!inside.exists) return failed(say('checks.dag folder missing', { folder }));
	const count = inside.files.length;
	const unreadable = inside.files.filter(({ isReadable }) => isReadable === false).length;
	const lines = inside.files
		.toSorted((a, b) => (a.path < b.path ? -1 : 1))
		.map(
			({ mode, uid, path, isReadable }) =>
				`${mode.padStart(4)} ${String(uid).padStart(5)} ${path}${isReadable === false ? ' (!)' : ''}`,
		);
	if (outside?.hostId != null && outside.hostId !== inside.id)
		return failed(say('checks.dag folder stale', { folder }), lines);
	if (unreadable > 0) return failed(say('checks.dag folder unreadable', { folder, unreadable, count }), lines);
	if (outside?.hostId == null) return passed(say('checks.dag folder unseen', { folder, count }), lines);
	return passed(say('checks.dag folder ok', { folder, count }), lines);
}

export function logsFound({ isWritable, words }: CheckOf<'logs folder'>): Found {
	return isWritable ? passed(say('checks.logs ok')) : failed(say('checks.logs failed', { words }));
}

export function poolsFound(facts: DiagnosisFacts, { pools }: CheckOf<'pools'>): Found {
	const full = pools.find(({ name }) => found(facts, ['pool full'], name));
	const reported = full ?? pools[0];
	if (!reported) return passed(say('checks.pool', { pool: '-', open: 0, slots: 0 }));
	// Airflow has -1 for a pool without a limit.
	const answer =
		reported.slots < 0
			? say('checks.pool unlimited', { pool: reported.name })
			: say('checks.pool', { pool: reported.name, open: reported.open, slots: reported.slots });
	return judged(full === undefined, answer);
}

/** The jobs that are alive, and those whose container runs while they are not. */
export function jobsFound({ state, now, clockAheadMs }: DiagnosisFacts, { jobs }: CheckOf<'jobs'>): Found {
	const alive = (type: JobType) => jobs.filter(job => job.type === type && job.isAlive).length;
	const counts = { schedulers: alive('scheduler'), triggerers: alive('triggerer'), processors: alive('processor') };
	const lines = jobs
		.filter(({ isAlive }) => isAlive)
		.map(({ id, type, hostname, heartbeatAt }) => {
			const age = heartbeatAt === null ? 0 : Math.max(0, now + clockAheadMs - heartbeatAt);
			return `${type}@${hostname} #${id} ${Math.round(age / 1000)}s`;
		});
	const isDead = state.findings.some(({ rule }) => rule === 'job heartbeat');
	return judged(!isDead && counts.schedulers > 0 && counts.processors > 0, say('checks.jobs alive', counts), lines);
}

export function memoryFound({ availableBytes: free, totalBytes: total }: CheckOf<'host memory'>): Found {
	return judged(free > total * thresholds.hostMemoryShare[0], say('checks.disk free', { free, total }));
}

export function clockFound({ clockAheadMs, uncertainMs }: CheckOf<'engine'>): Found {
	const skew = Math.max(0, Math.abs(clockAheadMs) - uncertainMs);
	return skew < thresholds.clockSkewMs ? passed(say('checks.clock ok')) : failed(say('checks.clock failed', { skew }));
}

/** Whether a rule found it, so that report and findings agree. */
export function found({ state }: DiagnosisFacts, rules: readonly string[], subject: string): boolean {
	return state.findings.some(finding => rules.includes(finding.rule) && finding.subject === subject);
}
