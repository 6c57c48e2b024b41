import { qualifiedName, replicaInName } from '../../../model/engine/container.ts';
import { roleOf } from '../../../model/engine/role.ts';
import type { LogLine } from '../../../model/logs/log-line.ts';
import type { LogStreamState } from '../../../model/logs/log-stream-state.ts';
import type { LogView } from '../../../model/logs/log-view.ts';
import { type LogWatch, streamOf } from '../../../model/logs/log-watch.ts';
import type { StackState } from '../../../model/state.ts';
import { selectedOf, servicesInOrder, stackServices } from '../../../selectors/containers/service-groups.ts';
import { containersOf, type ServiceUnit, unitName, unitsOf } from '../../../selectors/containers/service-units.ts';
import { type Message, sayer } from '../../../words/message.ts';
import type { NamedStream } from './log-reader.ts';
import type { LogSelection } from './logs-state.ts';

const say = sayer({
	one: ['{name}', '{name}'],
	two: ['{name} and {other}', '{name}, {other}'],
	several: ['{n} containers', '컨테이너 {n}개'],
	replicas: ['{name} ({n} replicas)', '{name}(복제본 {n}개)'],
	pipeline: ['pipeline from {name}', '{name}부터 파이프라인'],
});

/** The shown log: its title, and what is followed for it. */
export type ShownLog = {
	readonly title: Message;
	readonly watches: readonly LogWatch[];
	readonly streams: readonly NamedStream[];
};

/** What a selection means at the moment. Pure. */
export function shownLog(state: StackState, selection: LogSelection, project: string | null): ShownLog {
	switch (selection.kind) {
		case 'container': {
			const id = selection.name ?? defaultLog(state, project);
			return id === null ? ofContainers(state, [], project) : ofUnit(state, id, project);
		}
		case 'several':
			return ofContainers(state, selection.names, project);
		case 'task': {
			const { request } = selection;
			const watch: LogWatch = { kind: 'task', ...request };
			const name = request.mapIndex >= 0 ? `${request.taskId}[${request.mapIndex}]` : request.taskId;
			const title = say(request.follow === 'run' ? 'pipeline' : 'one', { name });
			return { title, watches: [watch], streams: [{ name, stream: streamOf(watch) }] };
		}
	}
}

/** The log of a container, or those of all replicas of a service, whose lines have the replica's number. */
function ofUnit(state: StackState, id: string, project: string | null): ShownLog {
	const [unit] = unitsOf(containersOf(state, id, project));
	if (!unit || unit.replicas.length === 1)
		return ofContainers(state, unit ? [unit.replicas[0].container.name] : id.includes('/') ? [] : [id], project);
	const streams = unit.replicas.map(({ container }) => ({
		name: String(container.replica ?? replicaInName(container) ?? container.name),
		watch: { kind: 'container', name: container.name } as const,
	}));
	return {
		title: say('replicas', { name: unitName(unit, project), n: unit.replicas.length }),
		watches: streams.map(({ watch }) => watch),
		streams: streams.map(({ name, watch }) => ({ name, stream: streamOf(watch) })),
	};
}

function ofContainers(state: StackState, names: readonly string[], project: string | null): ShownLog {
	const watches = names.map((name): LogWatch => ({ kind: 'container', name }));
	const titles = names.map(name => {
		const found = Object.values(state.containers).find(({ container }) => container.name === name);
		return found ? qualifiedName(found, project) : name;
	});
	return {
		title: titleOf(titles),
		watches,
		streams: watches.map((watch, index) => ({ name: titles[index] ?? '', stream: streamOf(watch) })),
	};
}

function titleOf([name = '', other, ...more]: readonly string[]): Message {
	if (other === undefined) return say('one', { name });
	return more.length === 0 ? say('two', { name, other }) : say('several', { n: more.length + 2 });
}

/**
 * Id of the default log: of the worker of the stack with all its replicas, else of its first service. A container of
 * another project is shown only if chosen, because keys in the logs pane act on it.
 */
export function defaultLog(state: StackState, project: string | null): string | null {
	const own = stackServices(state, project).filter(({ container }) => container.project === project);
	const units = unitsOf(own);
	const workers = units.filter(({ replicas: [one] }) => roleOf(one.container) === 'worker');
	const isRunning = ({ replicas }: ServiceUnit) => replicas.some(({ container }) => container.state === 'running');
	const worker = workers.find(isRunning) ?? workers[0];
	return (worker ?? units[0])?.id ?? selectedOf(servicesInOrder(state, project), null, project)?.container.name ?? null;
}

/** The state of the followed logs as one: a failed log takes precedence. */
export function streamState(state: StackState, { streams }: ShownLog): LogStreamState | undefined {
	const all = streams.flatMap(({ stream }) => state.logStreams[stream] ?? []);
	const order = ['failed', 'following', 'connecting', 'ended'] as const;
	for (const status of order) {
		const found = all.find(one => one.status === status);
		if (found) return found;
	}
	return undefined;
}

/** The try that a line belongs to: the mark before it names it. */
export function tryAt(view: LogView, position: number): NonNullable<LogLine['task']> | null {
	for (let at = position; at >= view.sequence.first; at--) {
		const task = view.sequence.lineAt(at)?.task;
		if (task) return task;
	}
	return null;
}
