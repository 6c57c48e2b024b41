/** What the pipeline notes on a version for itself: the task that registered it. */
const identity = ['dag_id', 'dag_run_id', 'task_id', 'try_number'];

/** The tags of a model version that people set, as `key=value`: without those of the pipeline and of MLflow. */
export function versionTags(tags: Iterable<readonly [key: string, value: string]>): string {
	return Array.from(tags)
		.filter(([key]) => !key.startsWith('mlflow.') && !identity.includes(key))
		.map(([key, value]) => `${key}=${value}`)
		.join(' ');
}
