import { confProblems } from '../../model/airflow/dag-conf.ts';
import type { Answer, Question } from '../../model/airflow/question.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import type { StackState } from '../../model/state.ts';
import { inPath } from '../../model/text/outside-id.ts';
import { curlCommand } from '../../selectors/printed-commands/airflow-command.ts';
import { type Message, phrase } from '../../words/message.ts';
import { airflowOf, listed, runPath } from '../airflow.ts';
import { airflow3Unavailable } from '../airflow3.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Refusal } from '../plan/plan.ts';

/** Why an answer does not fit the question; null if it does. Airflow checks the options, but not the params. */
export function answerProblem(question: Question, { chosen, params }: Answer): Message | null {
	const { options, multiple } = question;
	const all = listed(options);
	const unknown = chosen.find(option => !options.includes(option));
	if (unknown !== undefined) {
		return phrase(
			['"{unknown}" is not an option (options: {all})', '"{unknown}"은(는) 선택지에 없습니다(선택지: {all})'],
			{
				unknown,
				all,
			},
		);
	}
	if (chosen.length === 0) return phrase(['Choose an option: {all}', '선택지를 고르세요: {all}'], { all });
	if (chosen.length > 1 && !multiple) {
		return phrase(['Only one option can be chosen: {all}', '하나만 선택할 수 있습니다: {all}'], { all });
	}
	return confProblems(question.params, JSON.parse(params))[0]?.problem ?? null;
}

const notNow = phrase(['No question can be answered now', '지금은 질문에 답할 수 없습니다']);

/** Why no question can be answered; null if nothing is known against it. */
export function questionsUnavailable(state: StackState): Refusal | null {
	return airflow3Unavailable(state, 'questions', notNow);
}

/** Answers what a task asks, so that it continues. */
export function planAnswer({ state }: Facts, question: Question, answer: Answer): Planned {
	const unavailable = questionsUnavailable(state);
	if (unavailable) return unavailable;
	const problem = answerProblem(question, answer);
	if (problem) return { refused: problem, kind: 'refused' };
	const { dagId, dagRunId, taskId, mapIndex, subject, assigned } = question;
	const { chosen, params } = answer;
	const named = { task: taskName(question), dag: dagId, run: dagRunId };
	const hasParams = question.params.length > 0;
	const path = `${runPath(dagId, dagRunId)}/taskInstances/${inPath(taskId)}/${mapIndex}/hitlDetails`;
	const done = (given: readonly string[]): Message =>
		phrase(['{task}: answered "{given}"', '{task}: "{given}"(으)로 답함'], { task: named.task, given: listed(given) });
	return {
		actionId: 'answer',
		title: phrase(['answer {task} of {dag}', '{dag}의 {task}에 답변'], named),
		effects: [
			phrase(
				['{task} of {dag}, DAG run {run}, asks: {subject}', '{dag}의 DAG 실행 {run}, 작업 {task}의 질문: {subject}'],
				{
					...named,
					subject: maskText(subject),
				},
			),
			phrase(['Answers: {chosen}', '답변: {chosen}'], { chosen: listed(chosen) }),
			...(hasParams ? [phrase(['Params: {params}', '파라미터: {params}'], { params: maskText(params) })] : []),
			...(assigned.length > 0
				? [
						phrase(['Only these users may answer: {users}', '답변할 수 있는 사용자: {users}'], {
							users: listed(assigned),
						}),
					]
				: []),
			phrase([
				'The task continues with this answer. It cannot be changed afterwards.',
				'작업이 이 답변으로 계속됩니다. 답변은 나중에 변경할 수 없습니다.',
			]),
		],
		command: curlCommand(state, 'PATCH', path, {
			chosen_options: chosen,
			params_input: JSON.parse(maskText(params)),
		}),
		targets: [`task ${dagId}/${dagRunId}/${named.task}`],
		async perform(tools) {
			const newer = await airflowOf(tools.clients).airflow3('questions', tools.signal);
			/** Whoever answered it: the same answer is what was wanted. */
			const look = async (): Promise<Outcome | null> => {
				const given = await newer.answerOf(question, tools.signal);
				if (given === null) return null;
				if (given.toSorted().join('\n') === chosen.toSorted().join('\n')) {
					return { outcome: 'done', message: done(given) };
				}
				const message = phrase(['somebody else answered "{given}"', '다른 사람이 "{given}"(으)로 답했습니다'], {
					given: listed(given),
				});
				return { outcome: 'failed', message, failure: 'refused' };
			};
			return once(
				tools,
				async () => {
					try {
						await newer.answer(question, answer, tools.signal);
						return { outcome: 'done', message: done(chosen) };
					} catch (error) {
						const there = failureOf(error).kind === 'conflict' ? await look() : null;
						if (!there) throw error;
						return there;
					}
				},
				look,
				phrase(['the task still waits for an answer', '작업이 아직 답변을 기다립니다']),
			);
		},
	};
}
