import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import { changeAirflow3 } from '../../command-line/change/change-airflow3.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { paramsOf } from '../../model/airflow/answer-params.ts';
import type { Question } from '../../model/airflow/question.ts';
import { isTaskNamed, taskName } from '../../model/airflow/task-name.ts';
import { listed } from '../../operations/airflow.ts';
import { planAnswer, questionsUnavailable } from '../../operations/dag-runs/answer.ts';
import type { Refusal } from '../../operations/plan/plan.ts';
import { phrase } from '../../words/message.ts';

/** `laketop answer` */
export async function run(context: CommandContext): Promise<number> {
	const { given, signal } = context;
	const texts = given.list('param').map(written => {
		const [name = '', ...value] = written.split('=');
		if (value.length === 0 || name === '') {
			throw new UsageError(
				phrase(['--param {written}: NAME=VALUE expected', '--param {written}: NAME=VALUE 형식이어야 합니다'], {
					written,
				}),
				seeHelp('answer'),
			);
		}
		return [name, value.join('=')] as const;
	});
	return changeAirflow3(context, {
		feature: 'questions',
		unavailable: questionsUnavailable,
		plan: async (facts, airflow) => {
			const question = oneOf(context, await airflow.questions(signal));
			if ('refused' in question) return question;
			const params = paramsOf(question.params, Object.fromEntries(texts));
			if ('problem' in params) return { refused: params.problem, kind: 'refused' };
			const chosen = given.list('choose');
			return planAnswer(facts, question, {
				chosen: chosen.length > 0 ? chosen : question.defaults,
				params: params.text,
			});
		},
	});
}

/** The question that the command line names, if it is one. */
function oneOf({ given }: CommandContext, all: readonly Question[]): Question | Refusal {
	const [dagId] = given.words;
	const [run, task] = [given.text('run'), given.text('task')];
	const fitting = all.filter(
		question =>
			(dagId === undefined || question.dagId === dagId) &&
			(run === undefined || run === 'newest' || question.dagRunId === run) &&
			(task === undefined || isTaskNamed(question, task)),
	);
	const [only, ...others] = fitting;
	if (only && others.length === 0) return only;
	if (!only) {
		return {
			refused: phrase(['No such task waits for an answer', '답변을 기다리는 작업 중 조건에 맞는 작업이 없습니다']),
			kind: 'nothing',
		};
	}
	const names = fitting.map(question => `${question.dagId} --run ${question.dagRunId} --task ${taskName(question)}`);
	return {
		refused: phrase(['Several tasks wait for an answer: {names}', '답변을 기다리는 작업이 여러 개입니다: {names}'], {
			names: listed(names, 5),
		}),
		kind: 'refused',
	};
}
