import { acknowledgementOf } from '../model/acknowledgement.ts';
import { type CheckName, type CheckOf, checkedSubjects, checkKey } from '../model/check.ts';
import { dagFileName, usualDagFolder } from '../model/dag-folder.ts';
import type { ServerName } from '../model/discovery.ts';
import type { Message } from '../words/message.ts';
import { heartbeatAgeMs, isHeartbeatOld } from './airflow-facts.ts';
import type { DiagnosisFacts } from './facts.ts';
import { say } from './messages/message.ts';
import { thresholds } from './thresholds.ts';

/** One check and its result, whether it passed or not. */
export type CheckLine = {
	/** Stable key for programs: the check, and its subject where there are several. */
	readonly id: string;
	readonly verdict: 'passed' | 'failed' | 'skipped';
	readonly name: Message;
	readonly answer: Message;
	/** Details: files with their modes, output of a program. */
	readonly lines: readonly string[];
	/** When it was checked, ms since the epoch; null where that is unknown. */
	readonly at: number | null;
};

type Found = Pick<CheckLine, 'verdict' | 'answer'> & { readonly lines?: readonly string[] };
const passed = (answer: Message, lines: readonly string[] = []): Found => ({ verdict: 'passed', answer, lines });
const failed = (answer: Message, lines: readonly string[] = []): Found => ({ verdict: 'failed', answer, lines });
const judged = (isOk: boolean, answer: Message, lines: readonly string[] = []): Found =>
	isOk ? passed(answer, lines) : failed(answer, lines);

/**
 * The result of every check, in the order of the guide: pages, scheduler, database, broker, worker, the connection to
 * MLflow, DAG files, then the machine. A skipped check says why.
 */
export function checkReport(facts: DiagnosisFacts): CheckLine[] {
	return [
		pageLine(facts, 'airflow'),
		pageLine(facts, 'mlflow'),
		schedulerLine(facts),
		...checked(facts, 'database', say('checks.database'), databaseFound),
		...checked(facts, 'broker', say('checks.broker'), found => brokerFound(facts, found)),
		...checked(facts, 'celery ping', say('checks.celery'), celeryFound),
		...checked(facts, 'mlflow connection', say('checks.mlflow connection'), connectionFound),
		...checked(facts, 'dag folder inside', say('checks.dag folder'), found => folderFound(facts, found)),
		importsLine(facts),
		...pythonLines(facts),
		...checked(facts, 'logs folder', say('checks.logs folder'), logsFound),
		...checked(facts, 'pools', say('checks.pools'), result => poolsFound(facts, result)),
		...diskLines(facts),
		...(isMade(facts, 'host memory') ? checked(facts, 'host memory', say('checks.memory'), memoryFound) : []),
		...(isMade(facts, 'engine') ? checked(facts, 'engine', say('checks.clock'), clockFound) : []),
		...eventsLines(facts),
		...findingsLine(facts),
	];
}

/** Only without events: what happens between two polls may be missed. */
function eventsLines({ state, isEngineLive }: DiagnosisFacts): CheckLine[] {
	const engine = state.sources.docker;
	if (!isEngineLive || engine?.withoutEvents !== true) return [];
	const answer = say('checks.no events', { address: engine.address });
	return [{ id: 'events', verdict: 'skipped', name: say('checks.events'), answer, lines: [], at: engine.connectedAt }];
}

/** How many of each verdict. */
export function checkCounts(lines: readonly CheckLine[]): { passed: number; failed: number; skipped: number } {
	const count = (verdict: CheckLine['verdict']) => lines.filter(line => line.verdict === verdict).length;
	return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** Costs the worker seconds of CPU, so it is made on demand or when something looks wrong. */
const deepOnly: ReadonlySet<CheckName> = new Set(['celery ping']);

const isMade = ({ state }: DiagnosisFacts, check: CheckName) => state.checks[checkKey(check)] !== undefined;

/** The line of a check with one subject. */
function checked<Name extends CheckName>(
	facts: DiagnosisFacts,
	check: Name,
	name: Message,
	found: (result: CheckOf<Name>) => Found,
): CheckLine[] {
	const made = facts.state.checks[checkKey(check)];
	const line = { id: check, name, lines: [], at: made?.lookedAt ?? null };
	if (made && made.problem !== null)
		return [{ ...line, verdict: 'skipped', answer: say('checks.unknown', { problem: made.problem }) }];
	const result = facts.check(check);
	if (!result) {
		return [{ ...line, verdict: 'skipped', answer: whyNotMade(facts, check) }];
	}
	return [{ ...line, ...found(result) }];
}

/** Why a check was not made. */
function whyNotMade(facts: DiagnosisFacts, check: CheckName): Message {
	if (check === 'pools') return whyNotAsked(facts, 'airflow');
	if (!facts.isEngineLive) return say('checks.no engine');
	return say(deepOnly.has(check) && facts.state.checkedAt.deep === null ? 'checks.only deep' : 'checks.not made');
}

/** Why a server was not asked. */
function whyNotAsked({ foreign, isEngineLive, isAirflowLive, state }: DiagnosisFacts, server: ServerName): Message {
	if (foreign.includes(server)) {
		// The address comes from the engine.
		if (!isEngineLive) return say('checks.no engine');
		return say(state.stack?.servers[server].origin === 'guess' ? 'checks.guess' : 'checks.no address');
	}
	return say(server === 'airflow' && !isAirflowLive ? 'checks.no airflow' : 'checks.not made');
}

function pageLine(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): CheckLine {
	const page = facts.page(id);
	const name = say(`checks.${id} page`);
	const check = page?.check;
	const line = { id: `page ${id}`, name, lines: [], at: check?.checkedAt ?? null };
	if (facts.foreign.includes(id) || !page || !check)
		return { ...line, verdict: 'skipped', answer: whyNotAsked(facts, id) };
	const { healthUrl: url } = page;
	return check.ok
		? {
				...line,
				verdict: 'passed',
				answer: say('checks.page ok', { url, status: check.httpStatus ?? 0, took: Math.round(check.answerMs ?? 0) }),
			}
		: { ...line, verdict: 'failed', answer: say('checks.page failed', { url, problem: check.problem ?? '' }) };
}

function schedulerLine(facts: DiagnosisFacts): CheckLine {
	const age = heartbeatAgeMs(facts);
	const line = {
		id: 'scheduler',
		name: say('checks.scheduler'),
		lines: [],
		at: facts.page('airflow')?.check?.checkedAt ?? null,
	};
	if (age === null) return { ...line, verdict: 'skipped', answer: whyNotAsked(facts, 'airflow') };
	const answer = Number.isFinite(age) ? say('checks.heartbeat', { age: Math.max(0, age) }) : say('checks.no heartbeat');
	return { ...line, verdict: isHeartbeatOld(facts) ? 'failed' : 'passed', answer };
}

function databaseFound({ problem, connections, connectionLimit, isMigrated, users }: CheckOf<'database'>): Found {
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

function brokerFound(
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

function celeryFound({ answers, lines, tookMs }: CheckOf<'celery ping'>): Found {
	const words = lines
		.map(line => line.trim())
		.filter(Boolean)
		.join(' ');
	return answers
		? passed(say('checks.celery ok', { took: tookMs, words }))
		: failed(say('checks.celery failed', { took: tookMs, words }));
}

function connectionFound({ url, httpStatus, problem }: CheckOf<'mlflow connection'>): Found {
	if (httpStatus === null) return failed(say('checks.mlflow connection failed', { url, problem }));
	return judged(httpStatus === 200, say('checks.mlflow connection answer', { url, status: httpStatus }));
}

function folderFound(facts: DiagnosisFacts, inside: CheckOf<'dag folder inside'>): Found {
	const outside = facts.check('dag folder');
	const folder = outside?.folder ?? usualDagFolder;
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

function importsLine(facts: DiagnosisFacts): CheckLine {
	const { state, isAirflowLive } = facts;
	const { dags, importErrors } = state;
	const line = { id: 'imports', name: say('checks.imports'), lines: [], at: null };
	if (dags === null || !isAirflowLive) return { ...line, verdict: 'skipped', answer: whyNotAsked(facts, 'airflow') };
	const files = importErrors.map(({ fileName }) => dagFileName(fileName)).join(', ');
	return importErrors.length > 0
		? { ...line, verdict: 'failed', answer: say('checks.imports failed', { errors: importErrors.length, files }) }
		: {
				...line,
				verdict: 'passed',
				answer: say('checks.imports ok', { dags: dags.filter(dag => dag.isActive).length }),
			};
}

/** Files that were run one by one. */
function pythonLines({ state }: DiagnosisFacts): CheckLine[] {
	return checkedSubjects(state.checks, 'python file').flatMap((path): CheckLine[] => {
		const { result, lookedAt = null, problem } = state.checks[checkKey('python file', path)] ?? {};
		if (result?.check !== 'python file' || problem) return [];
		const name = say('checks.python', { file: dagFileName(path) });
		const found =
			result.exitCode === 0
				? passed(say('checks.python ok'))
				: failed(say('checks.python failed', { code: result.exitCode }), result.lines.slice(-8));
		return [{ id: `python file ${path}`, name, lines: [], at: lookedAt, ...found }];
	});
}

function logsFound({ isWritable, words }: CheckOf<'logs folder'>): Found {
	return isWritable ? passed(say('checks.logs ok')) : failed(say('checks.logs failed', { words }));
}

function poolsFound(facts: DiagnosisFacts, { pools }: CheckOf<'pools'>): Found {
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

/** Whether a rule found it, so that report and findings agree. */
function found({ state }: DiagnosisFacts, rules: readonly string[], subject: string): boolean {
	return state.findings.some(finding => rules.includes(finding.rule) && finding.subject === subject);
}

function diskLines(facts: DiagnosisFacts): CheckLine[] {
	const disk = facts.check('disk');
	return (disk?.places ?? []).map(({ path, freeBytes: free, totalBytes: total }): CheckLine => {
		return {
			id: `disk ${path}`,
			name: say('checks.disk', { path }),
			lines: [],
			at: facts.state.checks[checkKey('disk')]?.lookedAt ?? null,
			...judged(!found(facts, ['disk full', 'inodes used up'], path), say('checks.disk free', { free, total })),
		};
	});
}

function memoryFound({ availableBytes: free, totalBytes: total }: CheckOf<'host memory'>): Found {
	return judged(free > total * thresholds.hostMemoryShare[0], say('checks.disk free', { free, total }));
}

/** Findings count as a check: some come from no single check. None before the first look. */
function findingsLine({ state, now }: DiagnosisFacts): CheckLine[] {
	const found = state.findings.filter(
		({ id, severity, explainedBy }) =>
			explainedBy === null && severity !== 'notice' && !acknowledgementOf(state.acknowledgements, id, now),
	);
	if (found.length === 0 && state.checkedAt.light === null) return [];
	const answer =
		found.length === 0
			? say('checks.findings ok')
			: say('checks.findings failed', {
					count: found.length,
					subjects: found.map(({ subject }) => subject).join(', '),
				});
	return [{ id: 'findings', name: say('checks.findings'), lines: [], at: now, ...judged(found.length === 0, answer) }];
}

function clockFound({ clockAheadMs, uncertainMs }: CheckOf<'engine'>): Found {
	const skew = Math.max(0, Math.abs(clockAheadMs) - uncertainMs);
	return skew < thresholds.clockSkewMs ? passed(say('checks.clock ok')) : failed(say('checks.clock failed', { skew }));
}
