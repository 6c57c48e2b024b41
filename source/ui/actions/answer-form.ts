import { paramsOf } from '../../model/airflow/answer-params.ts';
import type { DagParam } from '../../model/airflow/dag-params.ts';
import type { Question } from '../../model/airflow/question.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { type Json, parsedJson } from '../../model/text/json.ts';
import { answerProblem, planAnswer } from '../../operations/dag-runs/answer.ts';
import { age } from '../../presentation/format.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, FormField, FormQuestion, Problems } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { withAirflow3 } from './newer-common.ts';
import { cannot, planned } from './step.ts';
import { targetInstance, targetRun, targetStage } from './targets.ts';
import { fieldOf } from './trigger-form.ts';

/** Lines of the body in the form; the rest is on Airflow's page. */
const bodyLines = 8;

/** Answers the question of the selected task, or of one of those that wait. */
export function answerForm(context: StepContext): Effect {
	const { now, say, language } = context;
	return withAirflow3(context, 'questions', async newer => {
		const questions = await newer.questions(context.signal);
		const [only, ...others] = selectedOf(context, questions);
		if (!only) return cannot(say(['No task waits for an answer', '답변을 기다리는 작업이 없습니다']));
		if (others.length === 0) return formOf(context, only);
		const all = [only, ...others];
		return {
			kind: 'choose',
			question: {
				title: say(['Answer which question?', '어느 질문에 답할까요?']),
				filters: true,
				choices: all.map((question, index) => ({
					id: String(index),
					label: `${question.dagId} ${taskName(question)}: ${maskText(question.subject)}`,
					hint:
						question.askedAt === null
							? ''
							: say(['waits {age}', '{age} 대기'], { age: age(now - question.askedAt, language) }),
				})),
				next: id => {
					const chosen = all[Number(id)];
					return chosen ? formOf(context, chosen) : { kind: 'nothing' };
				},
			},
		};
	});
}

/** Those of the selected task or of its chosen instance, else all. */
function selectedOf(context: StepContext, questions: readonly Question[]): readonly Question[] {
	const [run, stage, instance] = [targetRun(context), targetStage(context), targetInstance(context)];
	const here = questions.filter(
		({ dagId, dagRunId, taskId }) => run?.dagId === dagId && run.dagRunId === dagRunId && stage?.taskId === taskId,
	);
	const chosen = here.filter(({ mapIndex }) => mapIndex === instance?.mapIndex);
	return [chosen, here].find(some => some.length > 0) ?? questions;
}

function formOf(context: StepContext, question: Question): Effect {
	const { state, now, say } = context;
	return {
		kind: 'form',
		question: answerQuestion(question, say, (chosen, params) =>
			planned(planAnswer({ state, now }, question, { chosen, params })),
		),
	};
}

const plain = ['{message}', '{message}'] as const;

/** A field for the option, or one for each where several may be chosen; then one for each param. */
export function answerQuestion(
	question: Question,
	say: Writer,
	next: (chosen: readonly string[], params: string) => Effect,
): FormQuestion {
	const { options, defaults, multiple, params, subject, body } = question;
	const free = (name: string): string => (params.some(param => param.name === name) ? free(`${name}*`) : name);
	const answerField = free('answer');
	const optionFields = options.map(option => ({ option, name: free(option) }));
	const chosenIn = (values: Readonly<Record<string, string>>): string[] => {
		if (multiple) return optionFields.filter(({ name }) => values[name] === 'true').map(({ option }) => option);
		const answer = values[answerField] ?? '';
		return answer === '' ? [] : [answer];
	};
	const fieldsOfOptions: readonly FormField[] = multiple
		? optionFields.map(({ option, name }) => ({
				name,
				wanted: say(['choose it: true or false', '선택: true 또는 false']),
				description: '',
				initial: String(defaults.includes(option)),
				values: ['true', 'false'],
			}))
		: [
				{
					name: answerField,
					wanted: options.join(', '),
					description: '',
					initial: defaults[0] ?? '',
					values: [...options],
				},
			];
	return {
		title: say(['{task} of {dag} asks', '{dag}의 {task} 질문'], { task: taskName(question), dag: question.dagId }),
		intro: [
			maskText(subject),
			...maskText(body)
				.split('\n')
				.filter(line => line.trim() !== '')
				.slice(0, bodyLines),
			...(defaults.length > 0
				? [say(['Without an answer: {defaults}', '답이 없을 때: {defaults}'], { defaults: defaults.join(', ') })]
				: []),
		],
		label: say(['answer', '답변']),
		fields: [...fieldsOfOptions, ...params.map(param => fieldOf(param, say))],
		recent: [],
		conf(values) {
			const texts = Object.fromEntries(params.map(({ name }) => [name, values[name] ?? '']));
			const read = readParams(params, texts, say);
			if ('problems' in read) return read;
			const chosen = chosenIn(values);
			const problem = answerProblem(question, { chosen, params: read.text });
			if (problem) return { problems: { [multiple ? '' : answerField]: say(plain, { message: problem }) } };
			return { conf: `{"chosen":${JSON.stringify(chosen)},"params":${read.text}}` };
		},
		values(text) {
			const read = parsedJson(text);
			if (!isAnswer(read)) {
				return {
					problem: say(['write it as {example}', '{example} 형식으로 입력하세요'], {
						example: '{"chosen": ["…"], "params": {}}',
					}),
				};
			}
			const given = Object.entries(read.params).map(([name, value]) => [
				name,
				typeof value === 'string' ? value : JSON.stringify(value),
			]);
			const picked = multiple
				? optionFields.map(({ option, name }) => [name, String(read.chosen.includes(option))])
				: [[answerField, read.chosen[0] ?? '']];
			return { values: Object.fromEntries([...picked, ...given]) };
		},
		next: conf => {
			const read = parsedJson(conf);
			if (!isAnswer(read)) return { kind: 'nothing' };
			return next(read.chosen, JSON.stringify(read.params));
		},
	};
}

/** The params one by one, so that each problem is at its field. */
function readParams(
	params: readonly DagParam[],
	texts: Readonly<Record<string, string>>,
	say: Writer,
): { readonly text: string } | { readonly problems: Problems } {
	const problems: Record<string, string> = {};
	for (const param of params) {
		const read = paramsOf([param], { [param.name]: texts[param.name] ?? '' });
		if ('problem' in read) problems[param.name] = say(plain, { message: read.problem });
	}
	if (Object.keys(problems).length > 0) return { problems };
	const read = paramsOf(params, texts);
	return 'problem' in read ? { problems: { '': say(plain, { message: read.problem }) } } : read;
}

type Written = { readonly chosen: readonly string[]; readonly params: { readonly [name: string]: Json } };

function isAnswer(read: Json | undefined): read is Json & Written {
	if (typeof read !== 'object' || read === null || Array.isArray(read)) return false;
	const { chosen, params } = read;
	if (!Array.isArray(chosen) || !chosen.every(option => typeof option === 'string')) return false;
	return typeof params === 'object' && params !== null && !Array.isArray(params);
}
