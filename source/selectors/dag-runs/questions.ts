import { isActiveRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { askedSince, type OpenQuestion, waitsForAnswer } from '../../model/airflow/question.ts';
import { runKey, type StackState } from '../../model/state.ts';

type Known = Pick<StackState, 'questions' | 'dagRuns' | 'taskInstances'>;

/** The unanswered questions, oldest first. Where Airflow does not list them, those of the known runs, by their states. */
export function openQuestions({ questions, dagRuns, taskInstances }: Known): readonly OpenQuestion[] {
	if (questions !== null) return questions;
	return Object.values(dagRuns)
		.flatMap(runs => runs.filter(isActiveRun))
		.flatMap(run => taskInstances[runKey(run.dagId, run.dagRunId)] ?? [])
		.filter(waitsForAnswer)
		.map(task => ({ ...askedBy(task), subject: '', askedAt: askedSince(task) }))
		.toSorted((a, b) => (a.askedAt ?? 0) - (b.askedAt ?? 0));
}

const askedBy = ({ dagId, dagRunId, taskId, mapIndex }: TaskInstance) => ({ dagId, dagRunId, taskId, mapIndex });

/** What a task instance asks; undefined if it asks nothing, or Airflow does not say what. */
export function questionOf({ questions }: Pick<StackState, 'questions'>, task: TaskInstance): OpenQuestion | undefined {
	return questions?.find(
		one =>
			one.taskId === task.taskId &&
			one.mapIndex === task.mapIndex &&
			one.dagRunId === task.dagRunId &&
			one.dagId === task.dagId,
	);
}
