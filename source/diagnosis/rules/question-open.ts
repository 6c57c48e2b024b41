import { taskName } from '../../model/airflow/task-name.ts';
import { openQuestions } from '../../selectors/dag-runs/questions.ts';
import { sayer } from '../../words/message.ts';
import { evidence, look, type Rule } from '../finding.ts';

/** Questions named in a finding. */
const questionsShown = 5;

const texts = {
	'question.title': [
		'{n} {n|task|tasks} of {dag} {n|waits|wait} for an answer',
		'{dag}의 작업 {n}개가 답변을 기다립니다',
	],
	'question.evidence': [
		'{task} in DAG run {run}, asked {at:date}: {subject}',
		'DAG 실행 {run}의 {task} 작업, 질문 시각 {at:date}: {subject}',
	],
	'question.unknown.evidence': [
		'{task} in DAG run {run} waits for input',
		'DAG 실행 {run}의 {task} 작업이 입력을 기다림',
	],
	'question.cause': [
		'The task asks a person, and continues when somebody answers',
		'작업이 사람에게 질문했으며, 답변을 받으면 계속됩니다',
	],
	'question.reason': ['Airflow lists it as a required action', 'Airflow의 필수 조치 목록에 있습니다'],
	'question.impact': ['DAG run {run} continues only after the answer', 'DAG 실행 {run}은(는) 답변을 받아야 계속됩니다'],
	'question.fix': ['Read the question, then answer it (laketop answer)', '질문을 확인한 뒤 답하세요(laketop answer)'],
} as const;
const say = sayer(texts);

/** Tasks that wait for an answer of a person (Airflow 3). One finding for each DAG: intended, and easily forgotten. */
export const questionOpen: Rule = {
	name: 'question open',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return [...Map.groupBy(openQuestions(facts.state), ({ dagId }) => dagId)].map(([dag, asked]) => {
			const runs = [...new Set(asked.map(({ dagRunId }) => dagRunId))];
			const asking = asked.slice(0, questionsShown);
			return {
				subject: dag,
				severity: 'notice' as const,
				since: asked[0]?.askedAt ?? null,
				title: say('question.title', { n: asked.length, dag }),
				evidence: asking.map(question => {
					const named = { task: taskName(question), run: question.dagRunId };
					const { subject, askedAt } = question;
					return evidence(
						askedAt === null || subject === ''
							? say('question.unknown.evidence', named)
							: say('question.evidence', { ...named, subject, at: askedAt }),
					);
				}),
				cause: say('question.cause'),
				reason: say('question.reason'),
				impact: runs.slice(0, questionsShown).map(run => say('question.impact', { run })),
				fixes: asking
					.slice(0, 1)
					.map(({ dagRunId, ...question }) =>
						look(say('question.fix'), 'question', taskName(question), { dagId: dag, dagRunId }),
					),
				breaks: runs.map(run => `run ${dag}/${run}` as const),
			};
		});
	},
};
