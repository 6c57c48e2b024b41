import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { openQuestionOf } from '../../model/airflow/question.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { Fact } from '../../model/observation.ts';
import { reachOf } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';

/**
 * Observes the unanswered questions of tasks of all DAGs, one request. An Airflow before 3.1 has none, and not every user
 * may list them: that is no failure. Throws ClientError if Airflow does not answer.
 */
export async function fetchQuestions(
	client: Pick<AirflowClient, 'airflow3'>,
	state: StackState,
	observe: (fact: Fact) => void,
	signal: AbortSignal,
): Promise<void> {
	if (!isAirflow3(state)) return;
	try {
		const requests = await client.airflow3('questions', signal);
		const questions = await requests.questions(signal);
		observe({ type: 'questions fetched', questions: questions.map(openQuestionOf) });
	} catch (error) {
		if (signal.aborted || ['nobody', 'busy'].includes(reachOf(failureOf(error).kind))) throw error;
		observe({ type: 'questions fetched', questions: null });
	}
}
