import type { DockerClient } from '../clients/engine/docker.ts';
import { type Container, type ContainerDetail, qualifiedName } from '../model/container.ts';
import { failureOf } from '../model/failure.ts';
import { isActiveRun } from '../model/pipeline.ts';
import { shellWords } from '../model/shell-words.ts';
import { type ContainerState, initialState, runKey, type StackState } from '../model/state.ts';
import { instanceName, runningTasksOn } from '../selectors/running-tasks.ts';
import { inSeconds } from '../words/amounts.ts';
import { quoted, render } from '../words/message.ts';
import { counted, listed } from './airflow.ts';
import {
	containerTarget,
	foreignWarning,
	namesTogether,
	networkLosses,
	projectOfAll,
	theContainer,
} from './container-words.ts';
import { failed, once } from './outcomes.ts';
import type { Outcome, Planned, Tools } from './plan.ts';
import { eachOf } from './several.ts';

export const containerVerbs = ['restart', 'stop', 'start', 'kill', 'pause', 'unpause'] as const;
export type ContainerVerb = (typeof containerVerbs)[number];

type Verb = {
	/** What happens to a container, as the end of a sentence that begins with its name. */
	readonly does: string;
	/** What follows for all of them; empty where nothing needs to be said. */
	readonly after: string;
	/** Of a container in such a state the verb asks nothing new. */
	readonly isSenseless: (state: string) => boolean;
	readonly senseless: string;
	/** Whether that is what whoever asks for it wants. */
	readonly isWishMet?: true;
	readonly call: (docker: DockerClient, id: string, signal: AbortSignal) => Promise<void>;
	/** Whether the engine's facts before and after show that it was done. */
	readonly isDone: (before: ContainerDetail, now: ContainerDetail) => boolean;
	/** What was done, for the message. */
	readonly done: string;
};

const isUp = (state: string) => state === 'running' || state === 'paused' || state === 'restarting';
const isDown = (state: string) => !isUp(state);

const verbs: Readonly<Record<ContainerVerb, Verb>> = {
	restart: {
		does: 'is stopped, within its grace period (10 s unless it has its own), and started again',
		after: '',
		isSenseless: () => false,
		senseless: '',
		call: (docker, id, signal) => docker.restart(id, signal),
		isDone: (before, now) => now.state === 'running' && now.startedAt !== before.startedAt,
		done: 'started again',
	},
	stop: {
		does: 'is stopped, within its grace period (10 s unless it has its own)',
		after: 'It stays down until it is started, also when the engine starts anew.',
		isSenseless: isDown,
		senseless: 'does not run',
		isWishMet: true,
		call: (docker, id, signal) => docker.stop(id, signal),
		isDone: (_before, now) => isDown(now.state),
		done: 'stopped',
	},
	start: {
		does: 'is started',
		after: '',
		isSenseless: isUp,
		senseless: 'runs already',
		isWishMet: true,
		call: (docker, id, signal) => docker.start(id, signal),
		isDone: (before, now) => now.state === 'running' && now.startedAt !== before.startedAt,
		done: 'started',
	},
	kill: {
		does: 'is killed at once (SIGKILL): what it has not written is lost',
		after: 'It stays down until it is started.',
		isSenseless: isDown,
		senseless: 'does not run',
		call: (docker, id, signal) => docker.kill(id, signal),
		isDone: (_before, now) => isDown(now.state),
		done: 'killed',
	},
	pause: {
		does: 'is frozen where it is: it answers nobody until it is unpaused',
		after: '',
		isSenseless: state => state !== 'running',
		senseless: 'does not run',
		call: (docker, id, signal) => docker.pause(id, signal),
		isDone: (_before, now) => now.state === 'paused',
		done: 'paused',
	},
	unpause: {
		does: 'goes on where it was frozen',
		after: '',
		isSenseless: state => state !== 'paused',
		senseless: 'is not paused',
		call: (docker, id, signal) => docker.unpause(id, signal),
		isDone: (_before, now) => now.state === 'running',
		done: 'unpaused',
	},
};

/**
 * Restarts, stops, starts, kills, pauses or unpauses containers, one after the other. Those of which the verb asks
 * nothing new are left out, and named; those of another project than the own one are named with it.
 */
export function planContainers(
	verb: ContainerVerb,
	containers: readonly ContainerState[],
	ownProject: string | null,
	state: InterruptedState = initialState,
): Planned {
	const how = verbs[verb];
	if (containers.length === 0) return { refused: `There is no container to ${verb}`, kind: 'nothing' };
	const wanted = containers.filter(({ container }) => !how.isSenseless(container.state));
	const nameOf = (one: ContainerState) => qualifiedName(one, ownProject);
	const left = containers.filter(one => !wanted.includes(one)).map(nameOf);
	if (wanted.length === 0)
		return { refused: `${listed(left)} ${how.senseless}`, kind: how.isWishMet ? 'already' : 'refused' };
	const names = namesTogether(wanted, ownProject);
	const asks = [
		...foreignWarning(wanted, ownProject),
		...wanted.map(one => `${theContainer(one, ownProject)} ${how.does}.`),
	];
	if (how.after !== '') asks.push(how.after);
	if (left.length > 0) asks.push(`${listed(left)} ${how.senseless}: left as it is.`);
	if (verb !== 'start' && verb !== 'unpause')
		asks.push(...new Set(wanted.flatMap(one => consequences(one, wanted, ownProject, state))));
	if (verb === 'stop' || verb === 'kill' || verb === 'restart') {
		const changed = wanted.map(({ container }) => container);
		asks.push(...networkLosses(changed, state.containers, ownProject));
	}
	return {
		actionId: verb,
		title: `${verb} ${listed(names, 3)}`,
		asks,
		command: shellWords('docker', verb, ...wanted.map(({ container }) => container.name)),
		targets: wanted.map(one => containerTarget(one, ownProject)),
		project: projectOfAll(wanted, ownProject),
		perform: tools => eachOf(tools, wanted, ({ container }) => changeContainer(tools, verb, container.id), nameOf),
	};
}

/** Done is what the engine tells of the container afterwards. */
export async function changeContainer(tools: Tools, verb: ContainerVerb, id: string): Promise<Outcome> {
	const how = verbs[verb];
	const { docker } = tools.clients;
	let before: ContainerDetail;
	try {
		before = await docker.inspect(id, tools.signal);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind !== 'not-found') return failed(failure);
		return failed({
			...failure,
			message: quoted(`${render(failure.message, 'en')}; it was removed, or recreated under another id`),
		});
	}
	const startedAt = tools.clock.now();
	return once(
		tools,
		async () => {
			await how.call(docker, id, tools.signal);
			const took = inSeconds(tools.clock.now() - startedAt, 1);
			return { outcome: 'done', message: `${how.done} after ${took}${await stateNow(docker, id, tools.signal)}` };
		},
		async () => {
			const now = await docker.inspect(id, tools.signal);
			return how.isDone(before, now) ? { outcome: 'done', message: `${how.done}: ${inWords(now)}` } : null;
		},
		`it was not ${how.done}`,
	);
}

async function stateNow(docker: DockerClient, id: string, signal: AbortSignal): Promise<string> {
	try {
		return `: ${inWords(await docker.inspect(id, signal))}`;
	} catch {
		// The engine has said that it is done; how it is now will be seen from its list.
		return '';
	}
}

function inWords({ state, health, exitCode }: ContainerDetail): string {
	if (state === 'exited') return `exited (${exitCode})`;
	return health === 'none' ? state : `${state}, ${health}`;
}

/** What it means for those who use the stack's known services that one is away. */
function consequences(
	one: ContainerState,
	wanted: readonly ContainerState[],
	ownProject: string | null,
	state: InterruptedState,
): string[] {
	const { container, replicas } = one;
	// A one-off is nobody's service.
	if (container.isOneOff) return [];
	const name = qualifiedName(one, ownProject);
	const service = container.service ?? container.name;
	if (/worker/.test(service))
		// The runs that are known are the own Airflow's.
		return interruptedTasks(name, container, container.project === ownProject ? state : initialState);
	const siblings = wanted.filter(
		other => other.container.service === container.service && other.container.project === container.project,
	);
	// The other replicas do its work meanwhile.
	if (replicas > siblings.length) return [];
	if (/scheduler/.test(service)) return [`No task is queued until ${name} is back; running tasks go on.`];
	if (/dag-?processor/.test(service)) return [`No DAG file is read until ${name} is back; runs go on.`];
	if (/webserver|api-?server/.test(service))
		return [`The Airflow page and API are away until ${name} is back; runs go on.`];
	if (/redis/.test(service)) return [`Tasks that wait in ${name} may be lost; Airflow queues them again.`];
	if (/postgres/.test(service))
		return [`Airflow cannot work without ${name}, its metadata database; running tasks may fail.`];
	if (/mlflow/.test(service)) return [`Tasks that log to ${name} meanwhile may fail.`];
	return [];
}

type InterruptedState = Pick<StackState, 'containers' | 'taskInstances' | 'dagRuns'>;

/** By name, as far as they are known: those of the DAGs that are watched. */
function interruptedTasks(name: string, container: Container, state: InterruptedState): string[] {
	const workers = Object.values(state.containers)
		.map(one => one.container)
		.filter(one => one.project === container.project && !one.isOneOff && /worker/.test(one.service ?? one.name));
	const running = Object.values(state.dagRuns).flatMap(runs =>
		runs.filter(isActiveRun).flatMap(run => state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? []),
	);
	const tasks = runningTasksOn(container, workers, running);
	const retried = 'Airflow retries what has tries left.';
	if (tasks.length === 0) return [`Tasks that run on ${name} are interrupted. ${retried}`];
	const noun = counted(tasks.length, 'running task');
	return [`Interrupts ${noun}: ${listed(tasks.map(instanceName), 5)}. ${retried}`];
}
