import { type Message, render } from '../words/message.ts';
import type { AirflowEvent } from './airflow/airflow-watch.ts';
import type { DagRun, TaskInstance } from './airflow/pipeline.ts';
import { tryKey } from './airflow/task-failure.ts';
import { displayName } from './engine/container.ts';
import type { Observation } from './observation.ts';
import { feedNames, feedSource } from './source.ts';
import type { ContainerState, StackState } from './state.ts';
import { type TimelineEntry, type TimelineFact, taskNews } from './timeline-entry.ts';

/** Entries kept, the newest: a busy day. */
const kept = 1000;
/** Events this long before the start of the program are included: last night's are visible in the morning. */
const pastMs = 24 * 3_600_000;
/** A start is reported by event and by inspection: times within this are the same start. */
const sameStartMs = 2000;
/** Exit code of a process that ended by SIGTERM, which stops containers. */
const stoppedCode = 143;

/**
 * The timeline after one more observation: the changes between the two states, inserted by time. Pure; the same list if
 * nothing changed. Sorted, the oldest first.
 */
export function timelineAfter(before: StackState, after: StackState, seen: Observation): readonly TimelineEntry[] {
	const entries = entriesOf(before, after, seen).filter(entry => entry.at >= seen.at - pastMs);
	if (entries.length === 0) return before.timeline;
	const known = new Set(before.timeline.map(entry => entry.key));
	const fresh = entries.filter(entry => !known.has(entry.key));
	if (fresh.length === 0) return before.timeline;
	return [...before.timeline, ...fresh].toSorted((a, b) => a.at - b.at).slice(-kept);
}

function entriesOf(before: StackState, after: StackState, seen: Observation): TimelineEntry[] {
	switch (seen.type) {
		case 'container event':
			return containerEvent(after.containers[seen.event.id] ?? before.containers[seen.event.id], seen);
		case 'container inspected':
			return firstInspection(before.containers[seen.detail.id], after.containers[seen.detail.id]);
		case 'feed live':
		case 'feed failed':
			return serverChange(before, after, seen.at);
		case 'endpoint checked':
			return pageChange(before, seen);
		case 'dag runs fetched':
			return seen.runs.flatMap(runEntries);
		case 'newest runs fetched':
			return seen.runs.flatMap(runEntries);
		case 'dag runs matched':
			// Older pages of an open list are not events.
			return seen.offset === undefined ? seen.runs.flatMap(runEntries) : [];
		case 'task instances fetched':
			return seen.taskInstances.flatMap(task => taskEntries(task, after));
		case 'task failure explained':
			return Object.values(after.taskInstances)
				.flat()
				.filter(task => tryKey(task) === seen.key)
				.flatMap(task => taskEntries(task, after));
		case 'log errors': {
			const service = Object.values(after.containers).find(({ container }) => container.name === seen.container);
			return [
				{
					key: `log ${seen.stream} ${seen.loggedAt} ${seen.text}`,
					at: seen.loggedAt,
					kind: 'log',
					subject: service ? displayName(service) : seen.subject,
					project: service?.container.project ?? null,
					fact: { type: 'log errors', text: seen.text, more: seen.more },
					place: seen.container === null ? null : { container: seen.container },
				},
			];
		}
		case 'airflow events fetched':
			return seen.events.map(auditEntry);
		case 'action started':
			return [action(seen.id, 'begun', seen.at, seen.title, { type: 'action begun', title: seen.title })];
		case 'action finished': {
			const done = after.actions.find(one => one.id === seen.id);
			if (!done) return [];
			const { outcome, message } = seen;
			return [
				action(seen.id, 'ended', seen.at, done.title, { type: 'action ended', title: done.title, outcome, message }),
			];
		}
		default:
			return [];
	}
}

function auditEntry({ id, at, event, owner, extra, dagId, dagRunId, taskId }: AirflowEvent): TimelineEntry {
	return {
		key: `audit ${id}`,
		at,
		kind: 'audit',
		subject: [dagId, taskId].filter(Boolean).join(' ') || 'Airflow',
		project: null,
		fact: { type: 'audit', owner, event, extra },
		place: dagId === null || dagRunId === null ? null : { dagId, dagRunId, taskId },
	};
}

function action(id: string, step: string, at: number, title: Message, fact: TimelineFact): TimelineEntry {
	const subject = render(title, 'en');
	return { key: `action ${id} ${step}`, at, kind: 'action', subject, project: null, fact, place: null };
}

function containerEvent(
	service: ContainerState | undefined,
	{ event }: Extract<Observation, { type: 'container event' }>,
): TimelineEntry[] {
	const fact = eventFact(event.action, event.exitCode);
	// An unknown container is listed and inspected next, which shows the same.
	if (!fact || !service) return [];
	const subject = displayName(service);
	const { project } = service.container;
	return [
		{
			key: `container ${event.id} ${event.action} ${Math.round(event.happenedAt)}`,
			at: event.happenedAt,
			kind: 'container',
			subject,
			project,
			fact,
			place: { container: event.name },
		},
	];
}

/** null for events that accompany others (kill and stop come with die, restart with start). */
function eventFact(name: string, exitCode: number | null): TimelineFact | null {
	switch (name) {
		case 'start':
			return { type: 'container started' };
		case 'die':
			return { type: 'container ended', exitCode, isStopped: exitCode === stoppedCode };
		case 'oom':
			return { type: 'container out of memory', isWhole: false };
		case 'pause':
			return { type: 'container paused' };
		case 'unpause':
			return { type: 'container unpaused' };
		case 'destroy':
			return { type: 'container removed' };
		case 'health_status: healthy':
			return { type: 'container healthy' };
		case 'health_status: unhealthy':
			return { type: 'container unhealthy' };
		default:
			return null;
	}
}

/** The events before the first inspection of a container: its start or exit. */
function firstInspection(before: ContainerState | undefined, after: ContainerState | undefined): TimelineEntry[] {
	if (!after?.detail || before?.detail) return [];
	const { container, detail } = after;
	const subject = displayName(after);
	const { project } = container;
	const entry = (step: string, at: number, fact: TimelineFact): TimelineEntry => ({
		key: `container ${container.id} ${step} ${Math.round(at / sameStartMs)}`,
		at,
		kind: 'container',
		subject,
		project,
		fact,
		place: { container: container.name },
	});
	const entries: TimelineEntry[] = [];
	if (detail.startedAt !== null) entries.push(entry('start', detail.startedAt, { type: 'container started' }));
	if (detail.finishedAt !== null && detail.state !== 'running') {
		const { exitCode } = detail;
		const fact: TimelineFact = detail.oomKilled
			? { type: 'container out of memory', isWhole: true }
			: { type: 'container ended', exitCode, isStopped: exitCode === stoppedCode };
		entries.push(entry('die', detail.finishedAt, fact));
	}
	return entries;
}

function serverChange(before: StackState, after: StackState, at: number): TimelineEntry[] {
	return feedNames.flatMap((feed): TimelineEntry[] => {
		const [was, is] = [before.feeds[feed], after.feeds[feed]];
		if (was.status === is.status || (was.status === 'waiting' && is.status === 'live')) return [];
		const common = {
			key: `feed ${feed} ${is.status} ${at}`,
			at,
			kind: 'server' as const,
			subject: feedSource[feed],
			project: null,
			place: null,
		};
		return is.status === 'failed'
			? [{ ...common, fact: { type: 'feed failed', feed, message: is.failure.message } }]
			: [{ ...common, fact: { type: 'feed back', feed } }];
	});
}

function pageChange(before: StackState, seen: Extract<Observation, { type: 'endpoint checked' }>): TimelineEntry[] {
	const endpoint = before.endpoints.find(one => one.id === seen.id);
	if (!endpoint || endpoint.check?.ok === seen.ok || (endpoint.check === null && seen.ok)) return [];
	return [
		{
			key: `page ${seen.id} ${seen.ok} ${seen.at}`,
			at: seen.at,
			kind: 'server',
			subject: endpoint.title,
			project: null,
			fact: seen.ok ? { type: 'page back' } : { type: 'page failed', message: seen.problem },
			place: null,
		},
	];
}

function runEntries(run: DagRun): TimelineEntry[] {
	const common = {
		kind: 'run' as const,
		subject: run.dagId,
		project: null,
		place: { dagId: run.dagId, dagRunId: run.dagRunId, taskId: null },
	};
	const id = `${run.dagId} ${run.dagRunId}`;
	const entries: TimelineEntry[] = [];
	if (run.startedAt !== null) {
		const key = `run ${id} start ${run.startedAt}`;
		entries.push({ ...common, key, at: run.startedAt, fact: { type: 'run began', dagRunId: run.dagRunId } });
	}
	if (run.endedAt !== null && (run.state === 'success' || run.state === 'failed')) {
		const key = `run ${id} ${run.state} ${run.endedAt}`;
		const fact: TimelineFact = { type: 'run ended', dagRunId: run.dagRunId, state: run.state };
		entries.push({ ...common, key, at: run.endedAt, fact });
	}
	return entries;
}

function taskEntries(task: TaskInstance, { taskFailures }: StackState): TimelineEntry[] {
	const mapped = task.mapIndex >= 0 ? `[${task.mapIndex}]` : '';
	const common = {
		kind: 'task' as const,
		subject: `${task.taskId}${mapped}`,
		project: null,
		place: { dagId: task.dagId, dagRunId: task.dagRunId, taskId: task.taskId },
	};
	const id = tryKey(task).replaceAll('\n', ' ');
	const entries: TimelineEntry[] = [];
	// A task that never ran has the time of the decision as its start.
	if (task.startedAt !== null && task.state !== 'upstream_failed' && task.state !== 'skipped') {
		const fact: TimelineFact = { type: 'task began', tryNumber: task.tryNumber };
		entries.push({ ...common, key: `task ${id} start ${task.startedAt}`, at: task.startedAt, fact });
	}
	const state = taskNews.find(one => one === task.state);
	if (state && task.endedAt !== null) {
		entries.push({ ...common, key: `task ${id} ${state}`, at: task.endedAt, fact: { type: 'task ended', state } });
		const why = taskFailures[tryKey(task)];
		// An instant later, so that the reason follows the failure.
		if (why && !why.isUnread) {
			const fact: TimelineFact = { type: 'task explained', reason: why.reason };
			entries.push({ ...common, key: `task ${id} why`, at: task.endedAt + 1, fact });
		}
	}
	return entries;
}
