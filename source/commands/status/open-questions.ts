import { optionalTime } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { cellSpan } from '../../command-line/output/text-parts.ts';
import type { StackState } from '../../model/state.ts';
import type { Line } from '../../presentation/text.ts';
import { openQuestions } from '../../selectors/dag-runs/questions.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';

type Questions = Document<'status'>['questions'];

/** The unanswered questions of the stack; null: Airflow 2, or no answer. */
export function questionParts(state: StackState): Questions {
	if (!isAirflow3(state)) return null;
	return openQuestions(state).map(({ dagId, dagRunId, taskId, mapIndex, subject, askedAt }) => ({
		dag_id: dagId,
		dag_run_id: dagRunId,
		task_id: taskId,
		map_index: mapIndex,
		subject,
		created_at: optionalTime(askedAt),
	}));
}

/** `2 tasks wait for an answer (laketop questions)` */
export function questionLines(questions: Questions, style: Style): Line[] {
	const n = questions?.length ?? 0;
	if (n === 0) return [];
	const text = style.say(
		[
			'{n} {n|task|tasks} {n|waits|wait} for an answer (laketop questions)',
			'작업 {n}개가 답변을 기다립니다(laketop questions)',
		],
		{ n },
	);
	return [[cellSpan({ text, symbol: 'awaitingInput', tone: 'warning' }, style)]];
}
