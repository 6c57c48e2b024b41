/** Words of others that the screen shows and no state holds: see `english-words.ts`. */
import type { DemoOptions } from '../../source/demo/index.ts';
import { DAGS } from '../../source/demo/world/airflow/dag-catalogue.ts';
import { LAKEHOUSE_CONTAINERS } from '../../source/demo/world/containers/lakehouse-containers.ts';
import { MLOPS_CONTAINERS } from '../../source/demo/world/containers/mlops-containers.ts';
import { reprocessBehaviors } from '../../source/model/airflow/backfill.ts';
import { stringsOf } from './english-words.ts';

/** Sentences: descriptions of DAGs and params, their sources, commands of containers, `docker top`, questions of tasks. */
export function sentencesIn({ dags = [], containers = [] }: DemoOptions): readonly string[] {
	return [
		...stringsOf([DAGS, dags]),
		...[...MLOPS_CONTAINERS, ...LAKEHOUSE_CONTAINERS, ...containers].map(({ entrypoint, command }) =>
			[...entrypoint, ...command].join(' '),
		),
		'ENOENT: no such file or directory, open',
		// What the servers answer in `outages.test.ts`.
		'all boom boom boom all',
		'USER PID PPID CPU MEM ELAPSED COMMAND',
		// V8, of JSON that it cannot read.
		'Unexpected non-whitespace character after JSON at position line column',
		'Unexpected token is not valid JSON',
		// MLflow's language for filters, in the help and the prompt of `Q`.
		'AND metrics.loss and params.layer gold and tags.mlflow.user LIKE a MLflow',
		'metrics.accuracy and params.layer gold',
		// The refusal of a backfill by Airflow.
		'report has a non-periodic schedule that does not support backfills',
	];
}

/** Names: of the host and the user, of params, profiles, assets, the options of questions, and fields that are typed as JSON. */
export function namesIn({ dags = [] }: DemoOptions): readonly string[] {
	const all = [...DAGS, ...dags];
	const tasks = all.flatMap(dag => dag.tasks);
	return [
		...['test', 'admin', 'staging', 'production', 'true', 'false'],
		// The fields of a backfill and of an answer, as in their JSON and their options.
		...['from', 'reprocess', 'backwards', ...reprocessBehaviors, 'answer', 'chosen'],
		...all.flatMap(({ params }) => Object.keys(params)),
		...all.flatMap(({ scheduledBy = [] }) => scheduledBy),
		...tasks.flatMap(({ taskId, outlets = [] }) => [taskId, ...outlets]),
		...tasks.flatMap(({ asks }) => [...(asks?.options ?? []), ...Object.keys(asks?.params ?? {})]),
	];
}
