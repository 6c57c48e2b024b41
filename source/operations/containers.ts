import { isDeepStrictEqual } from 'node:util';
import type { DockerClient } from '../clients/engine/docker.ts';
import { type Container, type ContainerDetail, qualifiedName } from '../model/container.ts';
import { failureOf } from '../model/failure.ts';
import { isActiveRun } from '../model/pipeline.ts';
import { shellWords } from '../model/shell-words.ts';
import { type ContainerState, initialState, runKey, type StackState } from '../model/state.ts';
import { instanceName, runningTasksOn } from '../selectors/running-tasks.ts';
import type { Text } from '../words/language.ts';
import { filled, type Message, phrase } from '../words/message.ts';
import { listed } from './airflow.ts';
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
	/** `restart {names}` */
	readonly title: Text;
	/** What happens to one container, `{container}`. */
	readonly does: Text;
	/** What follows for all of them. */
	readonly after?: Text;
	/** In such a state the verb changes nothing. */
	readonly isSenseless: (state: string) => boolean;
	/** Why: `{names} is not running`. */
	readonly senseless: Text;
	/** Whether that state is what the user wants. */
	readonly countsAsDone?: true;
	readonly call: (docker: DockerClient, id: string, signal: AbortSignal) => Promise<void>;
	/** Whether the engine's facts before and after show that it was done. */
	readonly isDone: (before: ContainerDetail, now: ContainerDetail) => boolean;
	/** What was done, for the outcome. */
	readonly done: Text;
	/** What was not done, where the response was lost. */
	readonly notDone: Text;
};

const isUp = (state: string) => state === 'running' || state === 'paused' || state === 'restarting';
const isDown = (state: string) => !isUp(state);

const notRunning: Text = ['{names}: not running', '{names}: 실행 중이 아닙니다'];

const verbs: Readonly<Record<ContainerVerb, Verb>> = {
	restart: {
		title: ['restart {names}', '{names} 재시작'],
		does: [
			'Stops {container} and starts it again. Its grace period is 10 s unless it sets another.',
			'{container}을(를) 중지한 뒤 다시 시작합니다. 종료 유예 시간은 따로 설정하지 않았으면 10초입니다.',
		],
		isSenseless: () => false,
		senseless: ['', ''],
		call: (docker, id, signal) => docker.restart(id, signal),
		isDone: (before, now) => now.state === 'running' && now.startedAt !== before.startedAt,
		done: ['restarted', '재시작됨'],
		notDone: ['it was not restarted', '재시작되지 않았습니다'],
	},
	stop: {
		title: ['stop {names}', '{names} 중지'],
		does: [
			'Stops {container}. Its grace period is 10 s unless it sets another.',
			'{container}을(를) 중지합니다. 종료 유예 시간은 따로 설정하지 않았으면 10초입니다.',
		],
		after: [
			'It stays stopped until it is started, even if the engine restarts.',
			'다시 시작하기 전까지 중지 상태로 남습니다. 엔진이 재시작해도 마찬가지입니다.',
		],
		isSenseless: isDown,
		senseless: notRunning,
		countsAsDone: true,
		call: (docker, id, signal) => docker.stop(id, signal),
		isDone: (_before, now) => isDown(now.state),
		done: ['stopped', '중지됨'],
		notDone: ['it was not stopped', '중지되지 않았습니다'],
	},
	start: {
		title: ['start {names}', '{names} 시작'],
		does: ['Starts {container}.', '{container}을(를) 시작합니다.'],
		isSenseless: isUp,
		senseless: ['{names}: already running', '{names}: 이미 실행 중입니다'],
		countsAsDone: true,
		call: (docker, id, signal) => docker.start(id, signal),
		isDone: (before, now) => now.state === 'running' && now.startedAt !== before.startedAt,
		done: ['started', '시작됨'],
		notDone: ['it was not started', '시작되지 않았습니다'],
	},
	kill: {
		title: ['kill {names}', '{names} 강제 종료'],
		does: [
			'Kills {container} at once (SIGKILL). Data that it has not written is lost.',
			'{container}을(를) 즉시 강제 종료합니다(SIGKILL). 아직 기록하지 않은 데이터는 사라집니다.',
		],
		after: ['It stays stopped until it is started.', '다시 시작하기 전까지 중지 상태로 남습니다.'],
		isSenseless: isDown,
		senseless: notRunning,
		call: (docker, id, signal) => docker.kill(id, signal),
		isDone: (_before, now) => isDown(now.state),
		done: ['killed', '강제 종료됨'],
		notDone: ['it was not killed', '강제 종료되지 않았습니다'],
	},
	pause: {
		title: ['pause {names}', '{names} 일시 중지'],
		does: [
			'Pauses {container}: its processes stop and it does not answer until it is unpaused.',
			'{container}을(를) 일시 중지합니다. 해제하기 전까지 프로세스가 멈추고 응답하지 않습니다.',
		],
		isSenseless: state => state !== 'running',
		senseless: notRunning,
		call: (docker, id, signal) => docker.pause(id, signal),
		isDone: (_before, now) => now.state === 'paused',
		done: ['paused', '일시 중지됨'],
		notDone: ['it was not paused', '일시 중지되지 않았습니다'],
	},
	unpause: {
		title: ['unpause {names}', '{names} 일시 중지 해제'],
		does: [
			'Unpauses {container}: its processes continue.',
			'{container}의 일시 중지를 해제합니다. 프로세스가 계속 실행됩니다.',
		],
		isSenseless: state => state !== 'paused',
		senseless: ['{names}: not paused', '{names}: 일시 중지 상태가 아닙니다'],
		call: (docker, id, signal) => docker.unpause(id, signal),
		isDone: (_before, now) => now.state === 'running',
		done: ['unpaused', '일시 중지 해제됨'],
		notDone: ['it was not unpaused', '일시 중지가 해제되지 않았습니다'],
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
	if (containers.length === 0) {
		return { refused: phrase(['No container selected', '선택한 컨테이너가 없습니다']), kind: 'nothing' };
	}
	const wanted = containers.filter(({ container }) => !how.isSenseless(container.state));
	const nameOf = (one: ContainerState) => qualifiedName(one, ownProject);
	const left = containers.filter(one => !wanted.includes(one)).map(nameOf);
	if (wanted.length === 0)
		return { refused: withNames(how.senseless, left), kind: how.countsAsDone ? 'already' : 'refused' };
	const names = namesTogether(wanted, ownProject);
	const asks = [
		...foreignWarning(wanted, ownProject),
		...wanted.map(one => filled(how.does, { container: theContainer(one, ownProject) })),
	];
	if (how.after) asks.push(phrase(how.after));
	if (left.length > 0) {
		const why = withNames(how.senseless, left);
		asks.push(phrase(['Unchanged: {why}.', '변경하지 않음: {why}.'], { why }));
	}
	if (verb !== 'start' && verb !== 'unpause') {
		const all = wanted.flatMap(one => consequences(one, wanted, ownProject, state));
		asks.push(...all.filter((one, index) => all.findIndex(other => isDeepStrictEqual(one, other)) === index));
	}
	if (verb === 'stop' || verb === 'kill' || verb === 'restart') {
		const changed = wanted.map(({ container }) => container);
		asks.push(...networkLosses(changed, state.containers, ownProject));
	}
	return {
		actionId: verb,
		title: withNames(how.title, names, 3),
		asks,
		command: shellWords('docker', verb, ...wanted.map(({ container }) => container.name)),
		targets: wanted.map(one => containerTarget(one, ownProject)),
		project: projectOfAll(wanted, ownProject),
		perform: tools => eachOf(tools, wanted, ({ container }) => changeContainer(tools, verb, container.id), nameOf),
	};
}

function withNames(text: Text, names: readonly (string | Message)[], shown?: number): Message {
	return filled(text, { names: listed(names, shown) });
}

/** Done is what the engine reports of the container afterwards. */
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
			const took = ((tools.clock.now() - startedAt) / 1000).toFixed(1);
			const named = { done: phrase(how.done), took };
			const state = await stateNow(docker, id, tools.signal);
			const message =
				state === null
					? phrase(['{done} in {took} s', '{done}({took}초)'], named)
					: phrase(['{done} in {took} s: {state}', '{done}({took}초): {state}'], { ...named, state });
			return { outcome: 'done', message };
		},
		async () => {
			const now = await docker.inspect(id, tools.signal);
			if (!how.isDone(before, now)) return null;
			const message = phrase(['{done}: {state}', '{done}: {state}'], { done: phrase(how.done), state: inWords(now) });
			return { outcome: 'done', message };
		},
		phrase(how.notDone),
	);
}

async function stateNow(docker: DockerClient, id: string, signal: AbortSignal): Promise<string | null> {
	try {
		return inWords(await docker.inspect(id, signal));
	} catch {
		// The engine has reported success; its next list shows the state.
		return null;
	}
}

function inWords({ state, health, exitCode }: ContainerDetail): string {
	if (state === 'exited') return `exited (${exitCode})`;
	return health === 'none' ? state : `${state}, ${health}`;
}

/** The impact of stopping one of the stack's known services. */
function consequences(
	one: ContainerState,
	wanted: readonly ContainerState[],
	ownProject: string | null,
	state: InterruptedState,
): Message[] {
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
	const impact = impacts.find(({ service: pattern }) => pattern.test(service));
	return impact ? [filled(impact.text, { name })] : [];
}

const impacts: readonly { readonly service: RegExp; readonly text: Text }[] = [
	{
		service: /scheduler/,
		text: [
			'No task is queued until {name} is back. Running tasks continue.',
			'{name}이(가) 다시 시작될 때까지 새 작업이 대기열에 들어가지 않습니다. 실행 중인 작업은 계속됩니다.',
		],
	},
	{
		service: /dag-?processor/,
		text: [
			'No DAG file is parsed until {name} is back. DAG runs continue.',
			'{name}이(가) 다시 시작될 때까지 DAG 파일을 파싱하지 않습니다. DAG 실행은 계속됩니다.',
		],
	},
	{
		service: /webserver|api-?server/,
		text: [
			'The Airflow page and API are unavailable until {name} is back. DAG runs continue.',
			'{name}이(가) 다시 시작될 때까지 Airflow 페이지와 API를 사용할 수 없습니다. DAG 실행은 계속됩니다.',
		],
	},
	{
		service: /redis/,
		text: [
			'Tasks queued in {name} may be lost; Airflow queues them again.',
			'{name}의 대기열에 있는 작업이 사라질 수 있습니다. Airflow가 다시 대기열에 넣습니다.',
		],
	},
	{
		service: /postgres/,
		text: [
			'Airflow cannot work without {name}, its metadata database; running tasks may fail.',
			'Airflow는 메타데이터 데이터베이스인 {name} 없이 동작하지 않습니다. 실행 중인 작업이 실패할 수 있습니다.',
		],
	},
	{
		service: /mlflow/,
		text: ['Tasks that log to {name} in the meantime may fail.', '그동안 {name}에 기록하는 작업이 실패할 수 있습니다.'],
	},
];

type InterruptedState = Pick<StackState, 'containers' | 'taskInstances' | 'dagRuns'>;

/** By name, as far as they are known: those of the DAGs that are watched. */
function interruptedTasks(name: string, container: Container, state: InterruptedState): Message[] {
	const workers = Object.values(state.containers)
		.map(one => one.container)
		.filter(one => one.project === container.project && !one.isOneOff && /worker/.test(one.service ?? one.name));
	const running = Object.values(state.dagRuns).flatMap(runs =>
		runs.filter(isActiveRun).flatMap(run => state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? []),
	);
	const tasks = runningTasksOn(container, workers, running);
	if (tasks.length === 0) {
		return [
			phrase(
				[
					'Interrupts tasks that run on {name}. Airflow retries those with tries left.',
					'{name}에서 실행 중인 작업이 중단됩니다. 재시도 횟수가 남은 작업은 Airflow가 다시 시도합니다.',
				],
				{ name },
			),
		];
	}
	return [
		phrase(
			[
				'Interrupts {n} running {n|task|tasks}: {tasks}. Airflow retries those with tries left.',
				'실행 중인 작업 {n}개가 중단됩니다: {tasks}. 재시도 횟수가 남은 작업은 Airflow가 다시 시도합니다.',
			],
			{ n: tasks.length, tasks: listed(tasks.map(instanceName), 5) },
		),
	];
}
