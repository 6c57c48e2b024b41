import type { Asset } from '../../model/airflow/asset.ts';
import type { DagRun } from '../../model/airflow/pipeline.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { airflowCommand } from '../../selectors/printed-commands/airflow-command.ts';
import { type Message, phrase } from '../../words/message.ts';
import { airflowOf, listed } from '../airflow.ts';
import { airflow3Unavailable } from '../airflow3.ts';
import { newRunId } from '../dag-runs/trigger.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Refusal } from '../plan/plan.ts';

const notNow = phrase(['Assets cannot be materialized now', '지금은 에셋을 생성할 수 없습니다']);

/** Why no asset can be materialized; null if nothing is known against it. */
export function assetsUnavailable(state: StackState): Refusal | null {
	return airflow3Unavailable(state, 'assets', notNow);
}

/** Materializes an asset: a run of the DAG that produces it. The id of the run is fixed with the question. */
export function planMaterialize({ state, now }: Facts, asset: Asset): Planned {
	const unavailable = assetsUnavailable(state);
	if (unavailable) return unavailable;
	const { id, name, producers } = asset;
	const [dagId, ...others] = new Set(producers.map(producer => producer.dagId));
	if (dagId === undefined) {
		return {
			refused: phrase(['No DAG produces {name}', '{name}을(를) 생성하는 DAG가 없습니다'], { name }),
			kind: 'refused',
		};
	}
	if (others.length > 0) {
		const refused = phrase(
			[
				'Several DAGs produce {name}: trigger one of {dags}',
				'{name}을(를) 생성하는 DAG가 여러 개입니다. 하나를 트리거하세요: {dags}',
			],
			{ name, dags: listed([dagId, ...others]) },
		);
		return { refused, kind: 'refused' };
	}
	const dagRunId = newRunId(now).replace('manual__', 'asset_materialization__');
	return {
		actionId: 'materialize',
		title: phrase(['materialize {name}', '{name} 생성'], { name }),
		effects: effectsOf(state, asset, { dag: dagId, run: dagRunId }),
		command: airflowCommand(state, 'assets', 'materialize', '--name', name),
		targets: [`asset ${name}`, `DAG run ${dagId}/${dagRunId}`],
		async perform(tools) {
			const airflow = airflowOf(tools.clients);
			const newer = await airflow.airflow3('assets', tools.signal);
			const outcomeFor = (run: DagRun): Outcome => ({
				outcome: 'done',
				message: phrase(['{run} is {is}', '{run}: {is}'], { run: run.dagRunId, is: taskStateText(run.state) }),
			});
			return once(
				tools,
				async () => outcomeFor(await newer.materialize(id, dagRunId, tools.signal)),
				async () => {
					try {
						return outcomeFor(await airflow.dagRun(dagId, dagRunId, tools.signal));
					} catch (error) {
						if (failureOf(error).kind === 'not-found') return null;
						throw error;
					}
				},
				phrase(['no run was started', '실행이 시작되지 않았습니다']),
			);
		},
	};
}

function effectsOf(
	{ dags }: StackState,
	{ name, uri, scheduledDags }: Asset,
	{ dag: dagId, run: dagRunId }: { readonly dag: string; readonly run: string },
): Message[] {
	const dag = dags?.find(one => one.dagId === dagId);
	return [
		phrase(
			[
				'Starts a run of {dag}, which produces {name} ({uri}). Run ID: {run}',
				'{name}({uri})을(를) 생성하는 {dag}을(를) 실행합니다. 실행 ID: {run}',
			],
			{ dag: dagId, name, uri, run: dagRunId },
		),
		...(scheduledDags.length > 0
			? [
					phrase(['When it succeeds, its event can start: {dags}', '성공하면 그 이벤트로 시작될 수 있는 DAG: {dags}'], {
						dags: listed(scheduledDags),
					}),
				]
			: []),
		...(dag?.isPaused
			? [
					phrase([
						'The DAG is paused: the run waits until it is unpaused.',
						'DAG가 일시 중지되어 있어 해제될 때까지 실행이 대기합니다.',
					]),
				]
			: []),
	];
}
