import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { type Container, qualifiedName } from '../../model/engine/container.ts';
import { type Role, roleOf } from '../../model/engine/role.ts';
import { type ContainerState, initialState, runKey, type StackState } from '../../model/state.ts';
import { instanceName, runningTasksOn } from '../../selectors/links/running-tasks.ts';
import type { Text } from '../../words/language.ts';
import { filled, type Message, phrase } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import { isWorker } from '../stack/stack-parts.ts';

/**
 * The impact of stopping a known service of the stack.
 *
 * @param wanted all containers that are stopped together
 */
export function impactOfStopping(
	one: ContainerState,
	wanted: readonly ContainerState[],
	ownProject: string | null,
	state: InterruptedState,
): Message[] {
	const { container, replicas } = one;
	// A one-off container belongs to no service.
	if (container.isOneOff) return [];
	const name = qualifiedName(one, ownProject);
	if (isWorker(container))
		// Only runs of the stack's own Airflow are known.
		return interruptedTasks(name, container, container.project === ownProject ? state : initialState);
	const siblings = wanted.filter(
		other => other.container.service === container.service && other.container.project === container.project,
	);
	// Other replicas take over its work.
	if (replicas > siblings.length) return [];
	const role = roleOf(container);
	const impact = role === null ? undefined : impacts[role];
	return impact ? [filled(impact, { name })] : [];
}

const impacts: Readonly<Partial<Record<Role, Text>>> = {
	scheduler: [
		'No task is queued until {name} is back. Running tasks continue.',
		'{name}이(가) 다시 시작될 때까지 새 작업이 대기열에 들어가지 않습니다. 실행 중인 작업은 계속됩니다.',
	],
	processor: [
		'No DAG file is parsed until {name} is back. DAG runs continue.',
		'{name}이(가) 다시 시작될 때까지 DAG 파일을 파싱하지 않습니다. DAG 실행은 계속됩니다.',
	],
	webserver: [
		'The Airflow page and API are unavailable until {name} is back. DAG runs continue.',
		'{name}이(가) 다시 시작될 때까지 Airflow 페이지와 API를 사용할 수 없습니다. DAG 실행은 계속됩니다.',
	],
	broker: [
		'Tasks queued in {name} may be lost; Airflow queues them again.',
		'{name}의 대기열에 있는 작업이 사라질 수 있습니다. Airflow가 다시 대기열에 넣습니다.',
	],
	database: [
		'Airflow cannot work without {name}, its metadata database; running tasks may fail.',
		'Airflow는 메타데이터 데이터베이스인 {name} 없이 동작하지 않습니다. 실행 중인 작업이 실패할 수 있습니다.',
	],
	mlflow: ['Tasks that log to {name} in the meantime may fail.', '그동안 {name}에 기록하는 작업이 실패할 수 있습니다.'],
};

/** The facts that the impact is derived from. */
export type InterruptedState = Pick<StackState, 'containers' | 'taskInstances' | 'dagRuns'>;

/** Names of the tasks under way, as far as they are known: those of watched DAGs. */
function interruptedTasks(name: string, container: Container, state: InterruptedState): Message[] {
	const workers = Object.values(state.containers)
		.map(one => one.container)
		.filter(one => one.project === container.project && !one.isOneOff && isWorker(one));
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
