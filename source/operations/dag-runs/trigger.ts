import { confProblems, parseConf, undeclaredNames } from '../../model/airflow/dag-conf.ts';
import type { DagParam } from '../../model/airflow/dag-params.ts';
import { type Dag, type DagRun, isActiveRun } from '../../model/airflow/pipeline.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { unknownDag } from '../../selectors/names/dags.ts';
import { pauseCommand, triggerCommand } from '../../selectors/printed-commands/airflow-command.ts';
import { joined, type Message, phrase } from '../../words/message.ts';
import { airflowOf, airflowUnavailable, listed, targetOfRun } from '../airflow.ts';
import { setPaused } from '../dags/pause.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Refusal, Tools } from '../plan/plan.ts';
import { refusalOfName } from '../plan/unresolved.ts';

export type TriggerRequest = {
	readonly dagId: string;
	/** Unique to this request, see `newRunId`: that makes a repeat harmless. */
	readonly dagRunId: string;
	/** JSON object text; undefined or empty: no conf. */
	readonly conf?: string | undefined;
	/** The DAG's params, if they were requested: the conf is checked against them. */
	readonly params?: readonly DagParam[] | undefined;
};

/** Starts a run of a DAG, and unpauses the DAG first if it is paused. */
export function planTrigger({ state }: Facts, { dagId, dagRunId, conf = '', params }: TriggerRequest): Planned {
	const unavailable = airflowUnavailable(
		state,
		phrase(['DAG runs cannot be triggered now', '지금은 DAG를 실행(trigger)할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	if (state.dags === null)
		return {
			refused: phrase(['Airflow has not answered yet', 'Airflow가 아직 응답하지 않았습니다']),
			kind: 'unreachable',
		};
	const dag = state.dags.find(one => one.dagId === dagId);
	if (!dag) return refusalOfName(unknownDag(dagId, state.dags));
	// The characters that Airflow accepts (core, allowed_run_id_pattern, 2.6.3 and later); others cause a 500.
	if (!/^[A-Za-z0-9_.~:+-]+$/.test(dagRunId)) {
		return {
			refused: phrase(
				[
					'invalid run ID "{run}": Airflow allows letters, digits and _ . ~ : + - only',
					'실행 ID "{run}"이(가) 올바르지 않습니다. 문자, 숫자와 _ . ~ : + - 만 사용할 수 있습니다',
				],
				{ run: dagRunId },
			),
			kind: 'nothing',
		};
	}
	const checked = checkedConf(conf, params);
	if ('refused' in checked) return checked;
	const { text } = checked;
	return {
		actionId: 'trigger',
		title: phrase(['trigger {dag}', '{dag} 실행(trigger)'], { dag: dagId }),
		effects: triggerQuestion(dag, dagRunId, checked, (state.dagRuns[dagId] ?? []).filter(isActiveRun)),
		command: [
			...(dag.isPaused ? [pauseCommand(state, dagId, false)] : []),
			triggerCommand(state, dagId, dagRunId, text),
		].join('\n'),
		targets: [targetOfRun(dagId, dagRunId)],
		perform: tools => performTrigger(tools, { dagId, dagRunId, text, isPaused: dag.isPaused }),
	};
}

/** The conf as compact JSON text, empty for the empty conf, and its names that the DAG does not declare. */
type CheckedConf = { readonly text: string; readonly undeclared: readonly string[] };

function checkedConf(conf: string, params: readonly DagParam[] | undefined): CheckedConf | Refusal {
	const read = parseConf(conf);
	if ('problem' in read) return { refused: read.problem, kind: 'refused' };
	const problems = params ? confProblems(params, read.conf) : [];
	if (problems.length > 0) {
		const refused = joined(
			problems.map(({ problem }) => problem),
			'; ',
		);
		return { refused, kind: 'refused' };
	}
	const text = Object.keys(read.conf).length === 0 ? '' : JSON.stringify(read.conf);
	return { text, undeclared: params ? undeclaredNames(params, read.conf) : [] };
}

function triggerQuestion(
	dag: Dag,
	dagRunId: string,
	{ text, undeclared }: CheckedConf,
	active: readonly DagRun[],
): Message[] {
	const { dagId } = dag;
	const named = { dag: dagId, run: dagRunId, conf: maskText(text) };
	const effects = [
		text === ''
			? phrase(
					[
						'Triggers a DAG run of {dag} without conf. Run ID: {run}',
						'{dag}의 DAG 실행을 conf 없이 트리거합니다. 실행 ID: {run}',
					],
					{
						dag: dagId,
						run: dagRunId,
					},
				)
			: phrase(
					[
						'Triggers a DAG run of {dag} with conf {conf}. Run ID: {run}',
						'{dag}의 DAG 실행을 conf {conf}으로(로) 트리거합니다. 실행 ID: {run}',
					],
					named,
				),
	];
	if (undeclared.length > 0) {
		effects.push(
			phrase(
				[
					'The DAG declares no param {names}: it probably has no effect.',
					'DAG에 {names} 파라미터가 선언되어 있지 않아 효과가 없을 수 있습니다.',
				],
				{ names: listed(undeclared) },
			),
		);
	}
	if (dag.isPaused) {
		effects.push(
			dag.schedule
				? phrase(
						[
							'The DAG is paused and will be unpaused first. Its schedule ({schedule}) starts DAG runs again too.',
							'DAG가 일시 중지되어 있어 먼저 해제합니다. 스케줄({schedule})에 따른 DAG 실행도 다시 시작됩니다.',
						],
						{ schedule: dag.schedule },
					)
				: phrase(['The DAG is paused and will be unpaused first.', 'DAG가 일시 중지되어 있어 먼저 해제합니다.']),
		);
	}
	if (active.length > 0) {
		effects.push(
			phrase(
				[
					'{n} {n|DAG run is|DAG runs are} already active ({state}); the new one is added.',
					'이미 진행 중인 DAG 실행이 {n}개 있습니다({state}). 새 DAG 실행이 추가됩니다.',
				],
				{ n: active.length, state: taskStateText(active[0]?.state ?? '') },
			),
		);
	}
	if (dag.hasImportErrors) {
		effects.push(
			phrase([
				'Its file has an import error: Airflow refuses, or runs the last version that it could parse.',
				'파일에 임포트 오류가 있습니다. Airflow가 거부하거나 마지막으로 파싱한 버전을 실행합니다.',
			]),
		);
	}
	return effects;
}

type Confirmed = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** JSON text; empty: no conf. */
	readonly text: string;
	readonly isPaused: boolean;
};

async function performTrigger(tools: Tools, { dagId, dagRunId, text, isPaused }: Confirmed): Promise<Outcome> {
	const { signal } = tools;
	const airflow = airflowOf(tools.clients);
	if (isPaused) {
		const unpaused = await setPaused(tools, dagId, false);
		if (unpaused.outcome !== 'done') {
			const message = phrase(['{why}; no DAG run was triggered', '{why}. DAG 실행을 트리거하지 않았습니다'], {
				why: unpaused.message,
			});
			return { ...unpaused, message };
		}
	}
	const now = ({ dagRunId: run, state: is }: { readonly dagRunId: string; readonly state: string }) =>
		isPaused
			? phrase(['{run} is {is}; the DAG is unpaused', '{run}: {is}. DAG의 일시 중지를 해제했습니다'], {
					run,
					is: taskStateText(is),
				})
			: phrase(['{run} is {is}', '{run}: {is}'], { run, is: taskStateText(is) });
	const look = async (): Promise<Outcome | null> => {
		try {
			const run = await airflow.dagRun(dagId, dagRunId, signal);
			return { outcome: 'done', message: now(run) };
		} catch (error) {
			if (failureOf(error).kind === 'not-found') return null;
			throw error;
		}
	};
	return once(
		tools,
		async () => {
			try {
				const request = { dagId, dagRunId, ...(text === '' ? {} : { conf: text }) };
				const run = await airflow.trigger(request, signal);
				return { outcome: 'done', message: now(run) };
			} catch (error) {
				// The id is unique: an earlier request of ours has started the run.
				if (failureOf(error).kind !== 'conflict') throw error;
				const there = await look();
				if (!there) throw error;
				const message = phrase(['{now} (already started)', '{now}(이미 시작됨)'], { now: there.message });
				return { ...there, message };
			}
		},
		look,
		phrase(['no run was started', '실행이 시작되지 않았습니다']),
	);
}

/**
 * An id like Airflow's for runs started by hand (`manual__` and the time), made unique by milliseconds and three random
 * letters.
 */
export function newRunId(now: number, random: () => number = Math.random): string {
	const letters = Array.from({ length: 3 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
	return `manual__${new Date(now).toISOString().replace('Z', '+00:00')}_${letters}`;
}
