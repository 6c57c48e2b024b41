import { isDeepStrictEqual } from 'node:util';
import { type CheckState, checkKey, type SignState } from './check.ts';
import { clearAfter } from './clears.ts';
import { type Container, type ContainerDetail, type ContainerEvent, replicaInName } from './container.ts';
import { useAfter } from './container-stats.ts';
import type { Endpoint } from './endpoint.ts';
import { withoutFactsOfOthers } from './forget-server.ts';
import type { Observation } from './observation.ts';
import { isActiveRun } from './pipeline.ts';
import { queuedSeenAfter } from './queued-runs.ts';
import type { FeedName } from './source.ts';
import { type ActionState, type ContainerState, type EndpointState, runKey, type StackState } from './state.ts';
import { timelineAfter } from './timeline.ts';

/** Actions kept for the record on screen. */
const actionsKept = 50;
const progressKept = 200;
/** Finished runs of which task instances are kept: the newest, and those that were looked at last. */
const runsKept = 60;
const failuresKept = 100;
const endsKept = 10;
const signsKept = 100;
/** What containers that are long gone had to say, is forgotten. */
const checksKept = 400;

/**
 * The state after one more observation. Pure. What did not change keeps its identity, down to single containers and
 * runs, so that a pane which selects it need not draw again.
 */
export function reduce(state: StackState, seen: Observation): StackState {
	const after = stateAfter(state, seen);
	const timeline = timelineAfter(state, after, seen);
	return timeline === state.timeline ? after : { ...after, timeline };
}

function stateAfter(state: StackState, seen: Observation): StackState {
	switch (seen.type) {
		case 'source connected': {
			const { version, address, withoutEvents } = seen;
			const source = { version, address, connectedAt: seen.at, ...(withoutEvents ? { withoutEvents } : {}) };
			const before = state.sources[seen.source];
			const isSame = before?.version === version && before.address === address;
			if (isSame && before.withoutEvents === withoutEvents) return state;
			return { ...state, sources: { ...state.sources, [seen.source]: source } };
		}
		case 'feed live':
			if (state.feeds[seen.feed].status === 'live') return state;
			return withFeed(state, seen.feed, { status: 'live', since: seen.at });
		case 'feed failed': {
			const before = state.feeds[seen.feed];
			// Since when is the news, not how often it was tried: a repeated failure keeps the time of the first.
			const since = before.status === 'failed' ? before.since : seen.at;
			return withFeed(state, seen.feed, { status: 'failed', since, failure: seen.failure, retryAt: seen.retryAt });
		}

		case 'containers listed':
			return replace(state, 'containers', containersAfterList(state, seen.containers, seen.at, seen.askedAt));
		case 'container inspected':
			return withContainer(state, seen.detail.id, before =>
				containerAfterInspect(before, seen.detail, seen.at, seen.askedAt),
			);
		case 'container removed': {
			if (!state.containers[seen.id]) return state;
			const { [seen.id]: _removed, ...containers } = state.containers;
			return { ...state, containers: withReplicas(containers) };
		}
		case 'container event':
			return withContainer(state, seen.event.id, before => containerAfterEvent(before, seen.event, seen.at));
		case 'container stats':
			return withContainer(state, seen.sample.id, before => ({
				...before,
				use: useAfter(before.use ?? undefined, seen.sample),
			}));

		case 'stack discovered': {
			const { project, projectOrigin, otherProjects, folderProject, servers } = seen;
			const kept = withoutFactsOfOthers(state, seen);
			const after = replace(kept, 'endpoints', endpointsAfter(kept.endpoints, seen.endpoints));
			const folder = folderProject === undefined ? {} : { folderProject };
			return replace(after, 'stack', { project, projectOrigin, otherProjects, ...folder, servers });
		}
		case 'endpoint checked': {
			const { at, ok, httpStatus, answerMs, problem, code } = seen;
			return {
				...state,
				endpoints: state.endpoints.map(endpoint => {
					if (endpoint.id !== seen.id) return endpoint;
					const since = endpoint.check?.ok === ok ? endpoint.check.since : at;
					return { ...endpoint, check: { ok, since, checkedAt: at, httpStatus, answerMs, problem, code } };
				}),
			};
		}

		case 'airflow health': {
			const isSame = state.airflowHealth?.metadatabase === seen.health.metadatabase;
			const metadatabaseSince = isSame ? state.metadatabaseSince : seen.at;
			return replace(replace(state, 'airflowHealth', seen.health), 'metadatabaseSince', metadatabaseSince);
		}
		case 'dags fetched':
			return withoutGoneDags(replace(state, 'dags', seen.dags));
		case 'import errors fetched':
			return replace(state, 'importErrors', seen.errors);
		case 'dag tasks fetched':
			return replace(state, 'dagTasks', withKey(state.dagTasks, seen.dagId, seen.tasks));
		case 'dag runs fetched':
			return forgetOldRuns(
				replace(
					{
						...state,
						runsSeenAt: { ...state.runsSeenAt, [seen.dagId]: seen.at },
						queuedSeen: queuedSeenAfter(state, seen.dagId, seen.runs, seen.at),
					},
					'dagRuns',
					withKey(state.dagRuns, seen.dagId, shareByKey(state.dagRuns[seen.dagId], seen.runs)),
				),
			);
		case 'newest runs fetched':
			return replace(
				{ ...state, listsSeenAt: { ...state.listsSeenAt, dags: seen.at } },
				'newestRuns',
				Object.fromEntries(seen.runs.map(run => [run.dagId, run])),
			);
		case 'dag runs matched': {
			const { dagId, runState, runs } = seen;
			const listsSeenAt = { ...state.listsSeenAt, runs: seen.at };
			return replace({ ...state, listsSeenAt }, 'matchedRuns', { dagId, runState, runs });
		}
		case 'task instances fetched': {
			const key = runKey(seen.dagId, seen.dagRunId);
			const tasksSeenAt = { ...state.tasksSeenAt, [key]: seen.at };
			const clear = clearAfter(state.clears[key], state.taskInstances[key], seen.taskInstances, seen.at);
			const clears = clear && clear !== state.clears[key] ? { ...state.clears, [key]: clear } : state.clears;
			return replace(
				{ ...state, tasksSeenAt, clears },
				'taskInstances',
				withKey(state.taskInstances, key, seen.taskInstances),
			);
		}

		case 'task failure explained': {
			const failures = withKey(state.taskFailures, seen.key, { reason: seen.reason, tail: seen.tail });
			const kept = Object.entries(failures).slice(-failuresKept);
			return replace(state, 'taskFailures', Object.fromEntries(kept));
		}

		case 'experiment fetched': {
			if (seen.experiment === null)
				return state.experiment === null ? state : { ...state, experiment: null, mlflowRuns: [] };
			// Another experiment: the runs of the one before are not its own.
			const isOther = seen.experiment.experimentId !== state.experiment?.experimentId;
			return replace(isOther ? { ...state, mlflowRuns: null } : state, 'experiment', seen.experiment);
		}
		case 'mlflow runs fetched':
			return replace(state, 'mlflowRuns', seen.runs);
		case 'experiments fetched':
			return replace(state, 'experimentNames', seen.names);
		case 'model versions fetched':
			return replace(state, 'modelVersions', seen.versions);

		case 'log lines':
		case 'log errors':
			return state;
		case 'log cleared': {
			if (!seen.forgotten || !state.logStreams[seen.stream]) return state;
			const { [seen.stream]: _forgotten, ...logStreams } = state.logStreams;
			return { ...state, logStreams };
		}
		case 'log stream':
			return replace(
				state,
				'logStreams',
				withKey(state.logStreams, seen.stream, {
					status: seen.status,
					via: seen.via,
					note: seen.note,
					remedy: seen.remedy,
					since: sinceOfStream(state, seen.stream, seen.status) ?? seen.at,
				}),
			);

		case 'check finished': {
			const lookedAt = seen.askedAt ?? seen.at;
			const { container, result } = seen;
			const check: CheckState = { at: seen.at, lookedAt, container, result, problem: '' };
			return withCheck(state, checkKey(result.check, seen.subject), check);
		}
		case 'check failed': {
			const key = `${seen.check}\n${seen.subject}`;
			const before = state.checks[key];
			return withCheck(state, key, {
				at: before?.at ?? seen.at,
				lookedAt: seen.askedAt ?? seen.at,
				container: before?.container,
				result: before?.result ?? null,
				problem: seen.message,
			});
		}
		case 'log sign':
			return { ...state, signs: signsAfter(state.signs, seen) };
		case 'findings changed':
			return replace({ ...state, causesEnded: causesEnded(state, seen) }, 'findings', seen.findings);
		case 'acknowledgements read':
			return replace(
				replace(state, 'acknowledgements', seen.acknowledgements),
				'acknowledgementsProblem',
				seen.problem,
			);
		case 'checks complete':
			return {
				...state,
				diagnosedAt: state.diagnosedAt ?? seen.at,
				checkedAt: { ...state.checkedAt, [seen.deep ? 'deep' : 'light']: seen.at },
			};

		case 'action started': {
			const action: ActionState = {
				id: seen.id,
				actionId: seen.actionId,
				title: seen.title,
				startedAt: seen.at,
				finishedAt: null,
				outcome: 'running',
				message: '',
				progress: [],
			};
			return { ...state, actions: [...state.actions, action].slice(-actionsKept) };
		}
		case 'action progress':
			return {
				...state,
				actions: state.actions.map(action =>
					action.id === seen.id
						? { ...action, progress: [...action.progress, seen.line].slice(-progressKept) }
						: action,
				),
			};
		case 'action finished':
			return {
				...state,
				actions: state.actions.map(action =>
					action.id === seen.id
						? { ...action, finishedAt: seen.at, outcome: seen.outcome, message: seen.message }
						: action,
				),
			};
		default:
			// An observation recorded by a newer version: what it tells is not known here, the rest still holds.
			return seen satisfies never;
	}
}

/** Sets one field, keeping the old value (and the old state) where the new one equals it. */
function replace<Key extends keyof StackState>(state: StackState, key: Key, value: StackState[Key]): StackState {
	return isDeepStrictEqual(state[key], value) ? state : { ...state, [key]: value };
}

function withKey<Value>(record: Readonly<Record<string, Value>>, key: string, value: Value) {
	return isDeepStrictEqual(record[key], value) ? record : { ...record, [key]: value };
}

/** The new list, with the old objects in the places of equal ones. */
function shareByKey<Item extends { dagRunId: string }>(before: readonly Item[] | undefined, now: readonly Item[]) {
	if (!before) return now;
	const known = new Map(before.map(item => [item.dagRunId, item]));
	return now.map(item => {
		const old = known.get(item.dagRunId);
		return old && isDeepStrictEqual(old, item) ? old : item;
	});
}

/** Since when the stream has had that status; undefined when it is new. */
function sinceOfStream(state: StackState, stream: string, status: string): number | undefined {
	const before = state.logStreams[stream];
	return before?.status === status ? before.since : undefined;
}

function withFeed(state: StackState, feed: FeedName, value: StackState['feeds'][FeedName]): StackState {
	return { ...state, feeds: { ...state.feeds, [feed]: value } };
}

function withContainer(state: StackState, id: string, change: (before: ContainerState) => ContainerState): StackState {
	const before = state.containers[id];
	if (!before) return state;
	const after = change(before);
	return isDeepStrictEqual(before, after) ? state : { ...state, containers: { ...state.containers, [id]: after } };
}

/**
 * State and health in an answer of the engine. List, inspection and events come over connections of their own: where an
 * event came in after the question was sent, the answer may be older than it.
 */
function latest<Answer extends { readonly state: string; readonly health: string }>(
	before: ContainerState | undefined,
	answer: Answer,
	askedAt: number | undefined,
): Answer {
	if (before?.heardAt == null || askedAt === undefined || before.heardAt < askedAt) return answer;
	const { state, health } = before.container;
	return { ...answer, state, health };
}

function containersAfterList(state: StackState, listed: readonly Container[], at: number, askedAt?: number) {
	const after: Record<string, ContainerState> = {};
	for (const answer of listed) {
		const before = state.containers[answer.id];
		const container = latest(before, answer, askedAt);
		const same = before?.container.state === container.state && before.container.health === container.health;
		after[container.id] =
			before && isDeepStrictEqual(before.container, container)
				? before
				: {
						container,
						replicas: before?.replicas ?? 1,
						detail: before?.detail ?? null,
						// Seen for the first time, it may have been so for long: only an inspection tells.
						since: before ? (same ? before.since : at) : null,
						reportsHealth: before?.reportsHealth || container.health !== 'none',
						heardAt: before?.heardAt ?? null,
						use: before?.use ?? null,
						ends: before?.ends ?? [],
						oomAt: before?.oomAt ?? null,
						setupChangedAt: before?.setupChangedAt ?? null,
					};
	}
	return withReplicas(after);
}

/**
 * With the number of replicas of each service, counted by the names that Compose generates: while it replaces a
 * container it renames the old one, which is no second replica.
 */
function withReplicas(containers: Readonly<Record<string, ContainerState>>): Record<string, ContainerState> {
	const serviceOf = ({ project, service }: Container) => `${project}\n${service}`;
	const counts = new Map<string, number>();
	for (const { container } of Object.values(containers)) {
		if (replicaInName(container) === null) continue;
		counts.set(serviceOf(container), (counts.get(serviceOf(container)) ?? 0) + 1);
	}
	const counted = (one: ContainerState): ContainerState => {
		const replicas = replicaInName(one.container) === null ? 1 : (counts.get(serviceOf(one.container)) ?? 1);
		return replicas === one.replicas ? one : { ...one, replicas };
	};
	return Object.fromEntries(Object.entries(containers).map(([id, one]) => [id, counted(one)]));
}

function containerAfterInspect(
	before: ContainerState,
	answer: ContainerDetail,
	at: number,
	askedAt?: number,
): ContainerState {
	const detail = latest(before, answer, askedAt);
	const { state, health } = detail;
	const changed = before.container.state !== state || before.container.health !== health;
	const first = before.since === null;
	return {
		...before,
		container: changed ? { ...before.container, state, health } : before.container,
		detail,
		reportsHealth: before.reportsHealth || health !== 'none',
		since: first ? sinceFromDetail(detail) : changed ? (sinceFromDetail(detail) ?? at) : before.since,
	};
}

/**
 * Since when a container is as it is, as far as one inspection tells: the first probe of the failing streak where the
 * log still holds it (the engine keeps five), else the start or the end of the container.
 */
export function sinceFromDetail(detail: ContainerDetail): number | null {
	if (detail.state !== 'running' && detail.state !== 'paused') return detail.finishedAt ?? detail.startedAt;
	if (detail.health === 'unhealthy') {
		const failing = detail.probes.slice(-Math.max(1, detail.failingStreak));
		return failing[0]?.startedAt ?? detail.startedAt;
	}
	return detail.startedAt;
}

function containerAfterEvent(before: ContainerState, event: ContainerEvent, at: number): ContainerState {
	const { container } = before;
	const to = (state: string, health: string): ContainerState =>
		container.state === state && container.health === health
			? { ...before, heardAt: at }
			: { ...before, container: { ...container, state, health }, since: event.happenedAt, heardAt: at };
	switch (event.action) {
		case 'start':
			return {
				...to('running', before.reportsHealth ? 'starting' : 'none'),
				since: event.happenedAt,
				detail: before.detail && { ...before.detail, startedAt: event.happenedAt },
				// Its counters and its history of use begin again.
				use: before.use ? { ...before.use, cpuPercent: null } : null,
			};
		case 'die': {
			const startedAt = before.detail?.startedAt ?? null;
			const ranMs = startedAt === null ? null : event.happenedAt - startedAt;
			const end = { at: event.happenedAt, exitCode: event.exitCode, ranMs };
			const dead = { ...to('exited', 'none'), ends: [...before.ends, end].slice(-endsKept) };
			if (!dead.detail || event.exitCode === null) return dead;
			return { ...dead, detail: { ...dead.detail, exitCode: event.exitCode, finishedAt: event.happenedAt } };
		}
		case 'oom':
			return { ...before, oomAt: event.happenedAt };
		case 'network connect':
		case 'network disconnect':
		case 'update':
			return { ...before, setupChangedAt: event.happenedAt };
		case 'pause':
			return to('paused', container.health);
		case 'unpause':
			return to('running', container.health);
		default:
			if (event.action.startsWith('health_status: ')) {
				return { ...to(container.state, event.action.slice('health_status: '.length)), reportsHealth: true };
			}
			return before;
	}
}

function endpointsAfter(before: readonly EndpointState[], known: readonly Endpoint[]): readonly EndpointState[] {
	return known.map(endpoint => {
		const old = before.find(one => one.id === endpoint.id);
		return { ...endpoint, check: old && old.healthUrl === endpoint.healthUrl ? old.check : null };
	});
}

function withCheck(state: StackState, key: string, check: CheckState): StackState {
	const before = state.checks[key];
	// When it was made is news as well: what is too old to be relied on is not taken for the present.
	const same = before && isDeepStrictEqual(before.result, check.result);
	const { [key]: _old, ...others } = state.checks;
	const entries = Object.entries(others);
	const kept = entries.length < checksKept ? others : Object.fromEntries(entries.slice(1 - checksKept));
	return { ...state, checks: { ...kept, [key]: same ? { ...check, result: before.result } : check } };
}

/** No consequence lingers longer, ms: health checks are at most some minutes apart. */
const causesEndedKeptMs = 10 * 60_000;

function causesEnded(
	{ findings, causesEnded: known }: StackState,
	seen: Extract<Observation, { type: 'findings changed' }>,
): StackState['causesEnded'] {
	const ids = new Set(seen.findings.map(({ id }) => id));
	const now = findings.filter(({ explainedBy }) => explainedBy !== null && !ids.has(explainedBy));
	const kept = Object.entries(known).filter(([, at]) => seen.at - at < causesEndedKeptMs);
	return Object.fromEntries([...kept, ...now.map(({ id }) => [id, seen.at] as const)]);
}

function signsAfter(
	before: readonly SignState[],
	{ container, sign, line, happenedAt }: Extract<Observation, { type: 'log sign' }>,
): readonly SignState[] {
	const old = before.find(one => one.container === container && one.sign === sign);
	const others = before.filter(one => one !== old).slice(1 - signsKept);
	const now = { container, sign, line, lastAt: happenedAt };
	return [...others, { ...now, firstAt: old?.firstAt ?? happenedAt, count: (old?.count ?? 0) + 1 }];
}

/**
 * What was known of DAGs that Airflow does not list any more is forgotten: it says nothing about now. A run that goes on
 * is kept, as its DAG's file may be gone alone.
 */
function withoutGoneDags(state: StackState): StackState {
	const listed = new Set(state.dags?.map(({ dagId }) => dagId));
	for (const [dagId, runs] of Object.entries(state.dagRuns)) if (runs.some(isActiveRun)) listed.add(dagId);
	const isKnownGone = Object.keys({ ...state.dagRuns, ...state.dagTasks, ...state.newestRuns }).some(
		id => !listed.has(id),
	);
	if (!isKnownGone) return state;
	const ofListed = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> => {
		const kept = Object.entries(record).filter(([key]) => listed.has(key.split('\n')[0] ?? ''));
		return kept.length === Object.keys(record).length ? record : Object.fromEntries(kept);
	};
	return {
		...state,
		dagTasks: ofListed(state.dagTasks),
		dagRuns: ofListed(state.dagRuns),
		queuedSeen: ofListed(state.queuedSeen),
		runsSeenAt: ofListed(state.runsSeenAt),
		newestRuns: ofListed(state.newestRuns),
		taskInstances: ofListed(state.taskInstances),
		tasksSeenAt: ofListed(state.tasksSeenAt),
		clears: ofListed(state.clears),
		taskFailures: ofListed(state.taskFailures),
		matchedRuns: state.matchedRuns && listed.has(state.matchedRuns.dagId) ? state.matchedRuns : null,
	};
}

/** Task instances of runs that fell off the list are forgotten, so that a month of running costs no more than a day. */
function forgetOldRuns(state: StackState): StackState {
	const keys = Object.keys(state.taskInstances);
	if (keys.length <= runsKept) return state;
	const listed = new Set<string>();
	for (const [dagId, runs] of Object.entries(state.dagRuns)) {
		for (const [index, run] of runs.entries()) {
			if (index < runsKept / 2 || isActiveRun(run)) listed.add(runKey(dagId, run.dagRunId));
		}
	}
	const kept = keys.filter((key, index) => listed.has(key) || index >= keys.length - runsKept / 2);
	return {
		...state,
		taskInstances: Object.fromEntries(kept.map(key => [key, state.taskInstances[key] ?? []])),
		tasksSeenAt: Object.fromEntries(kept.map(key => [key, state.tasksSeenAt[key] ?? 0])),
		clears: Object.fromEntries(Object.entries(state.clears).filter(([key]) => kept.includes(key))),
	};
}
