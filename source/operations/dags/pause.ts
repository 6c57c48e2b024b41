import { type Dag, isActiveRun } from '../../model/airflow/pipeline.ts';
import { unknownDag } from '../../selectors/names/dags.ts';
import { pauseCommand } from '../../selectors/printed-commands/airflow-command.ts';
import { filled, type Message, phrase } from '../../words/message.ts';
import { airflowOf, airflowUnavailable, listed } from '../airflow.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from '../plan/plan.ts';
import { eachOf } from '../plan/several.ts';
import { refusalOfName } from '../plan/unresolved.ts';

/** Pauses or unpauses DAGs: a paused DAG starts no runs, and its queued runs wait. */
export function planPause({ state }: Facts, wanted: readonly string[], paused: boolean): Planned {
	const dagIds = [...new Set(wanted)];
	const verb = paused ? 'pause' : 'unpause';
	const unavailable = airflowUnavailable(
		state,
		paused
			? phrase(['DAGs cannot be paused now', '지금은 DAG를 일시 중지할 수 없습니다'])
			: phrase(['DAGs cannot be unpaused now', '지금은 DAG의 일시 중지를 해제할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const known = state.dags;
	const all = listed(dagIds);
	if (dagIds.length === 0) return { refused: phrase(['No DAG selected', '선택한 DAG가 없습니다']), kind: 'nothing' };
	const missing = dagIds.find(dagId => known?.every(dag => dag.dagId !== dagId));
	if (known !== null && missing !== undefined) return refusalOfName(unknownDag(missing, known));
	const dags = (known ?? []).filter(dag => dagIds.includes(dag.dagId));
	const already = dags.filter(dag => dag.isPaused === paused);
	if (dags.length > 0 && already.length === dagIds.length)
		return {
			refused: paused
				? phrase(['{dags}: already paused', '{dags}: 이미 일시 중지되어 있습니다'], { dags: all })
				: phrase(['{dags}: already unpaused', '{dags}: 이미 일시 중지가 해제되어 있습니다'], { dags: all }),
			kind: 'already',
		};
	return {
		actionId: verb,
		title: paused
			? phrase(['pause {dags}', '{dags} 일시 중지'], { dags: listed(dagIds, 3) })
			: phrase(['unpause {dags}', '{dags} 일시 중지 해제'], { dags: listed(dagIds, 3) }),
		effects: pauseQuestion(state, dagIds, dags, paused),
		command: dagIds.map(dagId => pauseCommand(state, dagId, paused)).join('\n'),
		targets: dagIds.map(dagId => `DAG ${dagId}`),
		perform: tools => eachOf(tools, dagIds, dagId => setPaused(tools, dagId, paused)),
	};
}

function pauseQuestion(
	state: Facts['state'],
	dagIds: readonly string[],
	dags: readonly Dag[],
	paused: boolean,
): Message[] {
	const all = listed(dagIds);
	const effects = paused
		? [
				phrase(
					[
						'Pauses {dags}: no new DAG runs start, manual or scheduled. Running tasks continue.',
						'{dags}을(를) 일시 중지합니다. 수동이든 예약이든 새 DAG 실행이 시작되지 않습니다. 실행 중인 작업은 계속됩니다.',
					],
					{ dags: all },
				),
			]
		: [
				phrase(
					['Unpauses {dags}: DAG runs start again.', '{dags}의 일시 중지를 해제합니다. DAG 실행이 다시 시작됩니다.'],
					{ dags: all },
				),
			];
	for (const dag of dags) {
		if (!paused && dag.schedule) {
			effects.push(
				phrase(
					[
						'The schedule of {dag} ({schedule}) may start a run at once.',
						'{dag}의 스케줄({schedule})에 따라 실행이 바로 시작될 수 있습니다.',
					],
					{ dag: dag.dagId, schedule: dag.schedule },
				),
			);
		}
		const active = (state.dagRuns[dag.dagId] ?? []).filter(isActiveRun);
		if (active.length > 0)
			effects.push(
				filled(
					paused
						? [
								'{dag} has {n} active {n|run|runs}: tasks that have not started wait.',
								'{dag}에 진행 중인 실행 {n}개가 있습니다. 아직 시작하지 않은 작업은 대기합니다.',
							]
						: [
								'{dag} has {n} active {n|run|runs}, which {n|continues|continue}.',
								'{dag}에 진행 중인 실행 {n}개가 있으며 계속됩니다.',
							],
					{ dag: dag.dagId, n: active.length },
				),
			);
	}
	return effects;
}

/** Pauses or unpauses one DAG; success is what Airflow reports afterwards. */
export function setPaused(tools: Tools, dagId: string, paused: boolean): Promise<Outcome> {
	const airflow = airflowOf(tools.clients);
	const outcomeFor = ({ dagId: dag, isPaused }: Pick<Dag, 'dagId' | 'isPaused'>): Outcome => {
		if (isPaused !== paused) {
			const message = paused
				? phrase(['{dag} is still unpaused', '{dag}이(가) 아직 일시 중지되지 않았습니다'], { dag })
				: phrase(['{dag} is still paused', '{dag}이(가) 아직 일시 중지되어 있습니다'], { dag });
			return { outcome: 'failed', message };
		}
		return {
			outcome: 'done',
			message: paused
				? phrase(['{dag} is paused', '{dag}: 일시 중지됨'], { dag })
				: phrase(['{dag} is unpaused', '{dag}: 일시 중지 해제됨'], { dag }),
		};
	};
	return once(
		tools,
		async () => outcomeFor(await airflow.setPaused(dagId, paused, tools.signal)),
		async () => {
			const now = outcomeFor(await airflow.dag(dagId, tools.signal));
			return now.outcome === 'done' ? now : null;
		},
		phrase(['{dag} is unchanged', '{dag}은(는) 변경되지 않았습니다'], { dag: dagId }),
	);
}
