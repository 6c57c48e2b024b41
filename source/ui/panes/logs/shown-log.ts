import { displayName, qualifiedName } from '../../../model/container.ts';
import type { LogLine } from '../../../model/log-line.ts';
import type { LogView } from '../../../model/log-view.ts';
import { type LogWatch, streamOf } from '../../../model/log-watch.ts';
import type { LogStreamState, StackState } from '../../../model/state.ts';
import { selectedOf, servicesInOrder, stackServices } from '../../../selectors/service-groups.ts';
import { type Message, sayer } from '../../../words/message.ts';
import type { NamedStream } from './log-reader.ts';
import type { LogSelection } from './logs-state.ts';

const say = sayer({
	one: ['{name}', '{name}'],
	two: ['{name} and {other}', '{name}, {other}'],
	several: ['{n} containers', '컨테이너 {n}개'],
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
			const name = selection.name ?? usualContainer(state, project);
			return ofContainers(state, name === null ? [] : [name], project);
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
 * The default container: the worker of the stack, else its first container. A container of another project is shown
 * only if chosen, because keys in the logs pane act on it.
 */
export function usualContainer(state: StackState, project: string | null): string | null {
	const own = stackServices(state, project).filter(({ container }) => container.project === project);
	const workers = own.filter(one => /airflow.{0,100}worker/.test(one.container.service ?? displayName(one)));
	const worker = workers.find(({ container }) => container.state === 'running') ?? workers[0];
	return (worker ?? own[0] ?? selectedOf(servicesInOrder(state, project), null, project))?.container.name ?? null;
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
