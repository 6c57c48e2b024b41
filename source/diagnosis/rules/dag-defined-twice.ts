import { sayer } from '../../words/message.ts';
import { readerName } from '../airflow-facts.ts';
import { dagFiles, definedElsewhere } from '../dag-folder.ts';
import { evidence, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';

const texts = {
	'twice.title': ['{count} DAG files define {dag}', 'DAG 파일 {count}개가 {dag}을(를) 정의합니다'],
	'twice.evidence': ['Files that define {dag}:', '{dag}을(를) 정의하는 파일:'],
	'twice.cause': [
		'Airflow keeps one DAG per dag_id. The file parsed last owns {dag} until another one is parsed',
		'Airflow는 dag_id마다 DAG를 하나만 유지합니다. {dag}은(는) 마지막으로 파싱된 파일의 내용으로 바뀌며, 다른 파일이 파싱되면 또 바뀝니다',
	],
	'twice.reason': [
		'Python of the {reader} finds {dag} in {count} files, but Airflow shows only one of them',
		'{reader}의 Python은 {dag}을(를) 파일 {count}개에서 찾지만 Airflow에는 그중 하나만 표시됩니다',
	],
	'twice.impact': [
		'Tasks, schedule and code of {dag} change with each parse',
		'파싱할 때마다 {dag}의 작업, 스케줄, 코드가 바뀝니다',
	],
	'twice.fix': [
		'Change the dag_id in one of them, or delete the file you do not need',
		'한쪽의 dag_id를 바꾸거나 필요 없는 파일을 삭제하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/**
 * Several files that define the same DAG. Airflow parses each by itself and does not notice: the file that was parsed
 * last owns the DAG until the next one is parsed (airflow/models/dag.py (2.8.0), DAG.bulk_write_to_db sets `fileloc`).
 */
export const dagDefinedTwice: Rule = {
	name: 'dag defined twice',
	texts,
	find: facts => {
		if (facts.state.dags === null || !facts.isAirflowLive) return [];
		const found = dagFiles(facts).flatMap(file => definedElsewhere(facts, file).map(dag => ({ dag, file })));
		return [...Map.groupBy(found, ({ dag }) => dag.dagId)].flatMap(([dagId, pairs]) => {
			const owner = pairs[0]?.dag.fileLocation;
			const files = dagFiles(facts).filter(
				file => file.path === owner || pairs.some(pair => pair.file.path === file.path),
			);
			const paths = files.map(({ path }) => path).toSorted();
			return [
				{
					subject: dagId,
					severity: 'critical' as const,
					since: Math.max(...files.map(({ modifiedAt }) => modifiedAt)),
					title: say('twice.title', { dag: dagId, count: paths.length }),
					evidence: [evidence(say('twice.evidence', { dag: dagId }), paths)],
					cause: say('twice.cause', { dag: dagId }),
					reason: say('twice.reason', { reader: readerName(facts), dag: dagId, count: paths.length }),
					impact: [say('twice.impact', { dag: dagId })],
					fixes: [
						fix(say('twice.fix'), { kind: 'advice' as const }),
						look(say('fix.read source'), 'source', dagId, { dagId }),
					],
					breaks: [`dag ${dagId}` as const, ...paths.map(path => `dag file ${path}` as const)],
					dependsOn: ['mount dags' as const],
				},
			];
		});
	},
};
