import type { DagRun } from '../../model/airflow/pipeline.ts';
import type { Text } from '../../words/language.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { StepContext } from './action.ts';

/** The facts that a plan is made from. */
export const factsOf = ({ state, now }: StepContext) => ({ state, now });

export const noRun: Text = ['No DAG run selected', '선택한 DAG 실행이 없습니다'];

/** The ID of the run, or the number of runs. */
export function targetOf({ say }: StepContext, runs: readonly DagRun[]): string {
	const [run] = runs;
	return run && runs.length === 1
		? run.dagRunId
		: say(['{count} DAG runs', 'DAG 실행 {count}개'], { count: runs.length });
}

/** The same for the title of a plan, which is rendered later. */
export function plainTarget(runs: readonly DagRun[]): string | Message {
	const [run] = runs;
	if (run && runs.length === 1) return run.dagRunId;
	return phrase(['{n} DAG runs', 'DAG 실행 {n}개'], { n: runs.length });
}
