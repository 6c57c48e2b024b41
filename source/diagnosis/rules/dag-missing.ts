import { closestNames } from '../../model/text/nearest.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';

const texts = {
	'dag missing.title': ['Airflow has no DAG {dag}', 'Airflow에 {dag} DAG가 없습니다'],
	'dag missing.evidence': ['DAGs in Airflow: {names}', 'Airflow의 DAG: {names}'],
	'dag missing.cause': [
		'No file that Airflow parses defines it',
		'Airflow가 읽는 파일 중 이 DAG를 정의한 파일이 없습니다',
	],
	'dag missing.reason': [
		'Airflow lists {count} {count|DAG|DAGs}, but not {dag}',
		'Airflow가 DAG {count}개를 보여 주지만 {dag}은(는) 없습니다',
	],
	'dag missing.fix': [
		'Check that its file is in the DAG folder, or choose another DAG with --dag',
		'DAG 폴더에 파일이 있는지 확인하거나 --dag로 다른 DAG를 지정하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** The DAG that somebody named is not in Airflow. */
export const dagMissing: Rule = {
	name: 'dag missing',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		const { state, dagId: dag, isAirflowLive } = facts;
		if (facts.isDagLeftToStack) return [];
		const notFound = state.feeds.pipeline.status === 'failed' && state.feeds.pipeline.failure.kind === 'not-found';
		if (state.dags === null || (!isAirflowLive && !notFound)) return [];
		const known = state.dags.find(({ dagId }) => dagId === dag);
		if (known?.isActive) return [];
		const ids = state.dags.flatMap(({ dagId, isActive }) => (isActive ? [dagId] : []));
		const names = closestNames(dag, ids);
		const reader = facts.of('dag reader');
		return [
			{
				subject: dag,
				severity: 'critical',
				since: null,
				title: say('dag missing.title', { dag }),
				evidence: names === '' ? [] : [evidence(say('dag missing.evidence', { names }))],
				cause: say('dag missing.cause'),
				reason: say('dag missing.reason', { count: ids.length, dag }),
				impact: [say('impact.schedule', { dag })],
				fixes: [
					fix(say('dag missing.fix'), { kind: 'advice' }),
					fix(say('fix.check'), { kind: 'check' }),
					...(reader ? [look(say('fix.inspect'), 'inspect', reader.container)] : []),
				],
				breaks: [`dag ${dag}`],
				dependsOn: ['mount dags', 'dag file', 'processor', 'scheduler', 'database', 'migration', 'login', 'webserver'],
			},
		];
	},
};
