import type { DockerClient } from '../../clients/engine/docker.ts';
import type { ContainerDetail } from '../../model/engine/container.ts';
import type { Text } from '../../words/language.ts';

/** The names of the docker command. */
export const containerVerbs = ['restart', 'stop', 'start', 'kill', 'pause', 'unpause'] as const;
export type ContainerVerb = (typeof containerVerbs)[number];

/** Texts, engine call and proof of one verb. */
type Verb = {
	/** `restart {names}` */
	readonly title: Text;
	/** What happens to one container, `{container}`. */
	readonly does: Text;
	/** The consequence for all of them. */
	readonly after?: Text;
	/** Whether the verb would change nothing in this state. */
	readonly hasNoEffect: (state: string) => boolean;
	/** Why: `{names} is not running`. */
	readonly noEffectText: Text;
	/** The refusal counts as success: the container is already in the wanted state. */
	readonly countsAsDone?: true;
	readonly call: (docker: DockerClient, id: string, signal: AbortSignal) => Promise<void>;
	/** Whether the container's details before and after prove that it was done. */
	readonly isDone: (before: ContainerDetail, now: ContainerDetail) => boolean;
	/** The outcome if it was done. */
	readonly done: Text;
	/** The outcome if the response was lost and it was not done. */
	readonly notDone: Text;
};

const isUp = (state: string) => state === 'running' || state === 'paused' || state === 'restarting';
const isDown = (state: string) => !isUp(state);

const notRunning: Text = ['{names}: not running', '{names}: 실행 중이 아닙니다'];

/** Texts and engine call of each verb. */
export const verbs: Readonly<Record<ContainerVerb, Verb>> = {
	restart: {
		title: ['restart {names}', '{names} 재시작'],
		does: [
			'Stops {container} and starts it again. Waits 10s, or the stop_grace_period of the container, before SIGKILL.',
			'{container}을(를) 중지한 뒤 다시 시작합니다. 종료 유예 시간은 따로 설정하지 않았으면 10초입니다.',
		],
		hasNoEffect: () => false,
		noEffectText: ['', ''],
		call: (docker, id, signal) => docker.restart(id, signal),
		isDone: (before, now) => now.state === 'running' && now.startedAt !== before.startedAt,
		done: ['restarted', '재시작됨'],
		notDone: ['it was not restarted', '재시작되지 않았습니다'],
	},
	stop: {
		title: ['stop {names}', '{names} 중지'],
		does: [
			'Stops {container}. Waits 10s, or the stop_grace_period of the container, before SIGKILL.',
			'{container}을(를) 중지합니다. 종료 유예 시간은 따로 설정하지 않았으면 10초입니다.',
		],
		after: [
			'It stays stopped until it is started, even if the engine restarts.',
			'다시 시작하기 전까지 중지 상태로 남습니다. 엔진이 재시작해도 마찬가지입니다.',
		],
		hasNoEffect: isDown,
		noEffectText: notRunning,
		countsAsDone: true,
		call: (docker, id, signal) => docker.stop(id, signal),
		isDone: (_before, now) => isDown(now.state),
		done: ['stopped', '중지됨'],
		notDone: ['it was not stopped', '중지되지 않았습니다'],
	},
	start: {
		title: ['start {names}', '{names} 시작'],
		does: ['Starts {container}.', '{container}을(를) 시작합니다.'],
		hasNoEffect: isUp,
		noEffectText: ['{names}: already running', '{names}: 이미 실행 중입니다'],
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
		hasNoEffect: isDown,
		noEffectText: notRunning,
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
		hasNoEffect: state => state !== 'running',
		noEffectText: notRunning,
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
		hasNoEffect: state => state !== 'paused',
		noEffectText: ['{names}: not paused', '{names}: 일시 중지 상태가 아닙니다'],
		call: (docker, id, signal) => docker.unpause(id, signal),
		isDone: (_before, now) => now.state === 'running',
		done: ['unpaused', '일시 중지 해제됨'],
		notDone: ['it was not unpaused', '일시 중지가 해제되지 않았습니다'],
	},
};
