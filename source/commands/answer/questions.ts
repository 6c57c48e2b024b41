import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { demandDag } from '../../command-line/names/dag-names.ts';
import type { Style } from '../../command-line/output/style.ts';
import { heading, since } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import { show } from '../../command-line/show/show.ts';
import type { Question } from '../../model/airflow/question.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { maskText } from '../../model/secrets/secrets.ts';

/** `laketop questions` */
export function run(context: CommandContext): Promise<number> {
	const [dagId] = context.given.words;
	let questions: readonly Question[] = [];
	return show<Document<'questions'>>(context, {
		watch: ['airflow address'],
		requires: ['addresses'],
		ask: async ({ clients }, signal) => {
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			const all = await (await airflow.airflow3('questions', signal)).questions(signal);
			questions = dagId === undefined ? all : all.filter(question => question.dagId === dagId);
			if (dagId !== undefined && questions.length === 0) await demandDag(airflow, dagId, signal);
		},
		document: (_, now) => ({
			schema: 'laketop/questions/1',
			at: rfc3339(now),
			questions: questions.map(question => ({
				dag_id: question.dagId,
				dag_run_id: question.dagRunId,
				task_id: question.taskId,
				map_index: question.mapIndex,
				subject: maskText(question.subject),
				body: maskText(question.body),
				options: [...question.options],
				defaults: [...question.defaults],
				multiple: question.multiple,
				params: question.params.map(({ name, value, description, schema }) => ({ name, value, description, schema })),
				assigned_users: [...question.assigned],
				created_at: question.askedAt === null ? null : rfc3339(question.askedAt),
			})),
		}),
		blocks: ({ questions: asked, at }, style) => [
			{
				columns: [
					{ title: 'DAG' },
					{ title: style.say(['DAG RUN', 'DAG 실행']), yields: 2 },
					{ title: style.say(['TASK', '작업']) },
					{ title: style.say(['WAITS', '대기']), align: 'right' },
					{ title: style.say(['OPTIONS', '선택지']), yields: 1 },
				],
				rows: asked.map(one => [
					{ text: one.dag_id },
					{ text: one.dag_run_id },
					{ text: nameOf(one) },
					{ text: since(one.created_at, at, style) },
					{ text: one.options.join(', ') },
				]),
				empty: style.say(['No task waits for an answer.', '답변을 기다리는 작업이 없습니다.']),
			},
			...asked.map(one => lines(one, style)),
		],
	});
}

type Asked = Document<'questions'>['questions'][number];

const nameOf = ({ task_id, map_index }: Asked) => taskName({ taskId: task_id, mapIndex: map_index });

/** Subject, body, defaults and params of one. */
function lines(asked: Asked, { say }: Style): Block {
	const { subject, body, options, defaults, multiple, params } = asked;
	return [
		heading(`${asked.dag_id} ${nameOf(asked)}: ${subject}`),
		...body.split('\n').flatMap(text => (text.trim() === '' ? [] : [[{ text: `  ${text}` }]])),
		[
			{
				text: multiple
					? say(['  Options (several): {options}', '  선택지(복수 선택): {options}'], { options: options.join(', ') })
					: say(['  Options: {options}', '  선택지: {options}'], { options: options.join(', ') }),
			},
		],
		...(defaults.length > 0
			? [
					[
						{
							text: say(['  Without an answer: {defaults}', '  답이 없을 때: {defaults}'], {
								defaults: defaults.join(', '),
							}),
						},
					],
				]
			: []),
		...params.map(({ name, value, description }) => [
			{ text: `  ${name}=${JSON.stringify(value)}` },
			{ text: description === null ? '' : `  ${description}`, tone: 'muted' as const },
		]),
	];
}
