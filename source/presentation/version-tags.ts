/** What the pipeline notes on a version for itself: the task that registered it. */
const identity = ['dag_id', 'dag_run_id', 'task_id', 'map_index', 'try_number'];

/** Whether a tag is neither of MLflow itself nor names the task that registered the version. */
export const isNotedTag = (key: string): boolean => !key.startsWith('mlflow.') && !identity.includes(key);

/** The tags of a model version that people set, as `key=value`. */
export function versionTags(tags: Iterable<readonly [key: string, value: string]>): string {
	return Array.from(tags)
		.filter(([key]) => isNotedTag(key))
		.map(([key, value]) => `${key}=${value}`)
		.join(' ');
}
