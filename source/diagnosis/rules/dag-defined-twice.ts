import { readerName } from '../airflow-facts.ts';
import { dagFiles, definedElsewhere } from '../dag-folder.ts';
import { evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';

/**
 * Several files that define the same DAG. Airflow parses each by itself and does not notice: the file that was parsed
 * last owns the DAG until the next one is parsed (airflow/models/dag.py (2.8.0), DAG.bulk_write_to_db sets `fileloc`).
 */
export const dagDefinedTwice: Rule = {
	name: 'dag defined twice',
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
