import type { UnmetDependency } from '../../model/airflow/airflow-watch.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { checkKey } from '../../model/check.ts';
import { runKey } from '../../model/state.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { say } from '../messages/message.ts';
import { type WaitRule, wait } from './wait.ts';

/** Age of an answer that no longer counts, ms: three looks. Conditions such as free slots change every second. */
const oldMs = 24_000;

/** What Airflow 3 says of a task that waits; empty if that is unknown. */
export function unmetDependencies(facts: DiagnosisFacts, task: TaskInstance): readonly UnmetDependency[] {
	if (task.state !== null && task.state !== 'scheduled') return [];
	const subject = runKey(task.dagId, task.dagRunId);
	const known = facts.check('dependencies', subject);
	const lookedAt = facts.state.checks[checkKey('dependencies', subject)]?.at ?? 0;
	if (!known || facts.now - lookedAt > oldMs) return [];
	const unmet = known.tasks.find(one => one.taskId === task.taskId && one.mapIndex === task.mapIndex)?.unmet ?? [];
	// That it has no state yet is a consequence.
	return unmet.filter(({ name }) => name !== 'Task Instance State');
}

/** No rule of laketop applies, but Airflow names a condition. */
export const dependency: WaitRule = ({ unmet }) => {
	const [first] = unmet;
	return first ? wait('dependency', say('waits.dependency', { reason: first.reason })) : null;
};
