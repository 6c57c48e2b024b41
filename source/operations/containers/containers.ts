import { isDeepStrictEqual } from 'node:util';
import type { DockerClient } from '../../clients/engine/docker.ts';
import { type ContainerDetail, qualifiedName } from '../../model/engine/container.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { type ContainerState, initialState } from '../../model/state.ts';
import { containerEndText } from '../../model/state-texts.ts';
import { type EngineAsked, engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import type { Text } from '../../words/language.ts';
import { filled, type Message, phrase } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import { failed, once } from '../plan/outcomes.ts';
import type { Outcome, Planned, Tools } from '../plan/plan.ts';
import { eachOf } from '../plan/several.ts';
import { type InterruptedState, impactOfStopping } from './container-impacts.ts';
import { type ContainerVerb, verbs } from './container-verbs.ts';
import {
	containerTarget,
	foreignWarning,
	namesTogether,
	networkLosses,
	projectOfAll,
	theContainer,
} from './container-words.ts';

/**
 * Restarts, stops, starts, kills, pauses or unpauses containers in turn. Containers already in the wanted state are
 * left out and named; containers of another project are named with it.
 */
export function planContainers(
	verb: ContainerVerb,
	containers: readonly ContainerState[],
	ownProject: string | null,
	state: InterruptedState & EngineAsked = initialState,
): Planned {
	const how = verbs[verb];
	if (containers.length === 0) {
		return { refused: phrase(['No container selected', '선택한 컨테이너가 없습니다']), kind: 'nothing' };
	}
	const wanted = containers.filter(({ container }) => !how.hasNoEffect(container.state));
	const nameOf = (one: ContainerState) => qualifiedName(one, ownProject);
	const left = containers.filter(one => !wanted.includes(one)).map(nameOf);
	if (wanted.length === 0)
		return { refused: withNames(how.noEffectText, left), kind: how.countsAsDone ? 'already' : 'refused' };
	const names = namesTogether(wanted, ownProject);
	const effects = [
		...foreignWarning(wanted, ownProject),
		...wanted.map(one => filled(how.does, { container: theContainer(one, ownProject) })),
	];
	if (how.after) effects.push(phrase(how.after));
	if (left.length > 0) {
		const why = withNames(how.noEffectText, left);
		effects.push(phrase(['Unchanged: {why}.', '변경하지 않음: {why}.'], { why }));
	}
	if (verb !== 'start' && verb !== 'unpause') {
		const all = wanted.flatMap(one => impactOfStopping(one, wanted, ownProject, state));
		effects.push(...all.filter((one, index) => all.findIndex(other => isDeepStrictEqual(one, other)) === index));
	}
	if (verb === 'stop' || verb === 'kill' || verb === 'restart') {
		const changed = wanted.map(({ container }) => container);
		effects.push(...networkLosses(changed, state.containers, ownProject));
	}
	return {
		actionId: verb,
		title: withNames(how.title, names, 3),
		effects,
		command: engineCommand(state, verb, ...wanted.map(({ container }) => container.name)),
		targets: wanted.map(one => containerTarget(one, ownProject)),
		project: projectOfAll(wanted, ownProject),
		perform: tools => eachOf(tools, wanted, ({ container }) => changeContainer(tools, verb, container.id), nameOf),
	};
}

function withNames(text: Text, names: readonly (string | Message)[], shown?: number): Message {
	return filled(text, { names: listed(names, shown) });
}

/** Success is what the engine reports about the container afterwards. */
export async function changeContainer(tools: Tools, verb: ContainerVerb, id: string): Promise<Outcome> {
	const how = verbs[verb];
	const { docker } = tools.clients;
	let before: ContainerDetail;
	try {
		before = await docker.inspect(id, tools.signal);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind !== 'not-found') return failed(failure);
		const message = phrase(
			['{why}; it was removed, or recreated under another id', '{why}. 삭제되었거나 다른 ID로 다시 생성되었습니다'],
			{ why: failure.message },
		);
		return failed({ ...failure, message });
	}
	const startedAt = tools.clock.now();
	return once(
		tools,
		async () => {
			await how.call(docker, id, tools.signal);
			const took = tools.clock.now() - startedAt;
			const named = { done: phrase(how.done), took };
			const state = await stateNow(docker, id, tools.signal);
			const message =
				state === null
					? phrase(['{done} in {took:precise}', '{done}({took:precise})'], named)
					: phrase(['{done} in {took:precise}: {state}', '{done}({took:precise}): {state}'], { ...named, state });
			return { outcome: 'done', message };
		},
		async () => {
			const now = await docker.inspect(id, tools.signal);
			if (!how.isDone(before, now)) return null;
			const message = phrase(['{done}: {state}', '{done}: {state}'], {
				done: phrase(how.done),
				state: containerEndText(now),
			});
			return { outcome: 'done', message };
		},
		phrase(how.notDone),
	);
}

async function stateNow(docker: DockerClient, id: string, signal: AbortSignal): Promise<Message | null> {
	try {
		return containerEndText(await docker.inspect(id, signal));
	} catch {
		// The engine has reported success; the next list shows the state.
		return null;
	}
}
