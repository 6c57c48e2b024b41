import { acknowledgementOf } from '../model/acknowledgement.ts';
import { dagFileName } from '../model/airflow/dag-folder.ts';
import { type CheckName, type CheckOf, checkedSubjects, checkKey } from '../model/check.ts';
import { serviceLook } from '../model/engine/health-symbol.ts';
import { sourceNames } from '../model/source.ts';
import type { ServerName } from '../model/stack/discovery.ts';
import { isAbsent, isThroughSsh } from '../selectors/servers/stack.ts';
import { type Message, phrase } from '../words/message.ts';
import { heartbeatAgeMs, isApiServer, isHeartbeatOld, settingOf } from './airflow-facts.ts';
import {
	brokerFound,
	celeryFound,
	clockFound,
	connectionFound,
	databaseFound,
	type Found,
	failed,
	folderFound,
	found,
	jobsFound,
	judged,
	logsFound,
	memoryFound,
	passed,
	poolsFound,
} from './check-verdicts.ts';
import type { DiagnosisFacts, RoleName } from './facts.ts';
import { say } from './messages/message.ts';

/** One check and its result, whether it passed or not. */
export type CheckLine = {
	/** Stable key for programs: the check, and its subject where there are several. */
	readonly id: string;
	readonly verdict: 'passed' | 'failed' | 'skipped';
	readonly name: Message;
	readonly answer: Message;
	/** Details: files with their modes, output of a program. */
	readonly lines: readonly string[];
	/** When it was checked, ms since the epoch; null if that is unknown. */
	readonly at: number | null;
};

/**
 * The result of every check, in the order of the guide: pages, scheduler, database, broker, worker, the connection to
 * MLflow, DAG files, then the machine. A skipped check says why.
 */
export function checkReport(facts: DiagnosisFacts): CheckLine[] {
	return [
		...sshLine(facts),
		pageLine(facts, 'airflow'),
		pageLine(facts, 'mlflow'),
		schedulerLine(facts),
		...(isMade(facts, 'jobs') ? checked(facts, 'jobs', say('checks.jobs'), found => jobsFound(facts, found)) : []),
		...checkedIn(facts, 'database', 'database', say('checks.database'), databaseFound),
		...checkedIn(facts, 'broker', 'broker', say('checks.broker'), found => brokerFound(facts, found)),
		...checkedIn(facts, 'worker', 'celery ping', say('checks.celery'), celeryFound),
		...checkedIn(facts, 'worker', 'mlflow connection', say('checks.mlflow connection'), connectionFound),
		...checkedIn(facts, 'dag reader', 'dag folder inside', say('checks.dag folder'), found =>
			folderFound(facts, found),
		),
		importsLine(facts),
		...pythonLines(facts),
		...checkedIn(facts, 'scheduler', 'logs folder', say('checks.logs folder'), logsFound),
		...checked(facts, 'pools', say('checks.pools'), result => poolsFound(facts, result)),
		...diskLines(facts),
		...(isMade(facts, 'host memory') ? checked(facts, 'host memory', say('checks.memory'), memoryFound) : []),
		...(isMade(facts, 'engine') ? checked(facts, 'engine', say('checks.clock'), clockFound) : []),
		...eventsLines(facts),
		...findingsLine(facts),
	];
}

/** Only of an engine behind ssh. */
function sshLine({ state }: DiagnosisFacts): CheckLine[] {
	const { ssh } = state;
	if (ssh === null) return [];
	const line = { id: 'ssh', name: say('checks.ssh'), lines: [], at: ssh.since };
	if (ssh.status === 'connecting') return [{ ...line, verdict: 'skipped', answer: say('checks.not made') }];
	if (ssh.status === 'lost')
		return [{ ...line, verdict: 'failed', answer: say('checks.ssh lost', { problem: ssh.problem ?? '' }) }];
	const servers = sourceNames.filter(source => isThroughSsh(state, source)).join(', ');
	return [{ ...line, verdict: 'passed', answer: say('checks.ssh ok', { servers }) }];
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

/** The line of a check that runs in a container: an earlier result says nothing about a container that has stopped. */
function checkedIn<Name extends CheckName>(
	facts: DiagnosisFacts,
	role: RoleName,
	check: Name,
	name: Message,
	found: (result: CheckOf<Name>) => Found,
): CheckLine[] {
	const skipped = (answer: Message): CheckLine[] => [
		{ id: check, verdict: 'skipped', name, answer, lines: [], at: null },
	];
	if (!facts.state.hasEngine) return [];
	if (!facts.isEngineLive) return skipped(say('checks.no engine'));
	const service = facts.of(role);
	if (!service || service.it.container.state === 'running') return checked(facts, check, name, found);
	const state = phrase(serviceLook(service.it).word);
	return skipped(say('checks.not running', { service: service.container, state }));
}

/** Why a check was not made. */
function whyNotMade(facts: DiagnosisFacts, check: CheckName): Message {
	if (check === 'pools') return whyNotAsked(facts, 'airflow');
	if (!facts.isEngineLive) return say('checks.no engine');
	if (check === 'mlflow connection' && isAbsent(facts.state, 'mlflow')) return say('checks.not in stack');
	if (check === 'mlflow connection' && hasNoTracking(facts)) return say('checks.no tracking');
	return say(deepOnly.has(check) && facts.state.checkedAt.deep === null ? 'checks.only deep' : 'checks.not made');
}

/** Whether the worker's variables are known, and none says where MLflow is. */
function hasNoTracking(facts: DiagnosisFacts): boolean {
	const worker = facts.of('worker');
	const setup = worker && facts.check('setup', worker.it.container.id);
	return setup ? settingOf(facts, worker, 'MLFLOW_TRACKING_URI') === undefined : false;
}

/** Why a server was not asked. */
function whyNotAsked({ foreign, isEngineLive, isAirflowLive, state }: DiagnosisFacts, server: ServerName): Message {
	if (foreign.includes(server)) {
		// The address comes from the engine.
		if (!isEngineLive && state.hasEngine) return say('checks.no engine');
		if (isAbsent(state, server)) return say('checks.not in stack');
		return say(state.stack?.servers[server].origin === 'guess' ? 'checks.guess' : 'checks.no address');
	}
	return say(server === 'airflow' && !isAirflowLive ? 'checks.no airflow' : 'checks.not made');
}

function pageLine(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): CheckLine {
	const page = facts.page(id);
	const name = say(id === 'airflow' && isApiServer(facts) ? 'checks.airflow api page' : `checks.${id} page`);
	const check = page?.check;
	const line = { id: `page ${id}`, name, lines: [], at: check?.checkedAt ?? null };
	if (facts.foreign.includes(id) || !page || !check)
		return { ...line, verdict: 'skipped', answer: whyNotAsked(facts, id) };
	const url = check.movedTo ?? page.healthUrl;
	return check.ok
		? {
				...line,
				verdict: 'passed',
				answer: say('checks.page ok', { url, status: check.httpStatus ?? 0, took: check.answerMs ?? 0 }),
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

function diskLines(facts: DiagnosisFacts): CheckLine[] {
	const disk = facts.check('disk');
	return (disk?.places ?? []).map(({ path, freeBytes: free, totalBytes: total }): CheckLine => {
		return {
			id: `disk ${path}`,
			name: say('checks.disk', { path }),
			lines: [],
			at: facts.state.checks[checkKey('disk')]?.lookedAt ?? null,
			...judged(!found(facts, ['disk full', 'inodes exhausted'], path), say('checks.disk free', { free, total })),
		};
	});
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
