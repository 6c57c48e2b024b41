import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Container } from '../../model/engine/container.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { StackState } from '../../model/state.ts';

/** What belongs to a task instance. A guess rests on names and times, everything else on ids. */
export type Linked<Item> = { readonly item: Item; readonly isGuess: boolean };

/** Clocks of the task's host and of MLflow differ by less, ms. */
const clockToleranceMs = 2000;

/** What a pipeline tags: MLflow runs and model versions. */
export type Tagged = { readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined };

const tagOf = ({ tags }: Tagged, key: string): string | undefined => tags?.find(tag => tag.key === key)?.value;

/** A task instance by its names in Airflow. */
export type NamedTask = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'>;

/** The DAG run that the tags of the pipeline name; null: they do not. */
export function dagRunInTags(item: Tagged): Pick<NamedTask, 'dagId' | 'dagRunId'> | null {
	const [dagId, dagRunId] = [tagOf(item, 'dag_id'), tagOf(item, 'dag_run_id')];
	return dagId && dagRunId ? { dagId, dagRunId } : null;
}

/** The task instance that the tags of the pipeline name; null: they do not. */
export function taskInTags(item: Tagged): NamedTask | null {
	const dagRun = dagRunInTags(item);
	const taskId = tagOf(item, 'task_id');
	if (!dagRun || !taskId) return null;
	const index = tagOf(item, 'map_index') ?? '';
	return { ...dagRun, taskId, mapIndex: /^\d{1,9}$/.test(index) ? Number(index) : -1 };
}

/** Whether the tags of the pipeline name this task; a tag that is missing names any. */
export function isTagged(item: Tagged, task: NamedTask): boolean {
	const { dagId, dagRunId, taskId, mapIndex } = task;
	return (
		tagOf(item, 'dag_run_id') === dagRunId &&
		tagOf(item, 'task_id') === taskId &&
		(tagOf(item, 'dag_id') ?? dagId) === dagId &&
		(tagOf(item, 'map_index') ?? String(mapIndex)) === String(mapIndex)
	);
}

/**
 * The MLflow run that a task instance logged: by the tags `dag_run_id`, `task_id`, `dag_id`, `map_index` and
 * `try_number`, else the run without such tags that has the name of the task, or is the only one that started while the
 * task ran.
 * @param now ms by the servers' clock
 */
export function mlflowRunOf(runs: readonly MlflowRun[], task: TaskInstance, now: number): Linked<MlflowRun> | null {
	const tagged = runs.filter(run => isTagged(run, task)).toSorted((a, b) => b.startedAt - a.startedAt);
	const ofTry = tagged.find(run => tagOf(run, 'try_number') === String(task.tryNumber)) ?? tagged[0];
	if (ofTry) {
		// Without the index, the run may be of any instance.
		return { item: ofTry, isGuess: task.mapIndex >= 0 && tagOf(ofTry, 'map_index') === undefined };
	}
	const { startedAt, endedAt } = task;
	if (startedAt === null) return null;
	const until = endedAt ?? now;
	const meanwhile = runs.filter(
		run =>
			tagOf(run, 'task_id') === undefined &&
			tagOf(run, 'dag_run_id') === undefined &&
			run.startedAt >= startedAt - clockToleranceMs &&
			run.startedAt <= until + clockToleranceMs,
	);
	const name = (task.taskId.split('.').at(-1) ?? task.taskId).toLowerCase();
	const named = meanwhile.filter(run => run.runName.toLowerCase().includes(name));
	const [likely, other] = named.length > 0 ? named : meanwhile;
	return likely && (named.length > 0 || other === undefined) ? { item: likely, isGuess: true } : null;
}

/** The model version that it registered, or that was made from its MLflow run. The newest, if there are several. */
export function modelVersionOf(
	versions: readonly ModelVersion[],
	task: TaskInstance,
	run: Linked<MlflowRun> | null,
): Linked<ModelVersion> | null {
	const newestFirst = versions.toSorted((a, b) => b.createdAt - a.createdAt);
	const registered = newestFirst.find(version => isTagged(version, task));
	if (registered) return { item: registered, isGuess: false };
	const made = run && newestFirst.find(({ runId }) => runId === run.item.runId);
	return made ? { item: made, isGuess: run.isGuess } : null;
}

/** The known task instances that ran in a container: those that run first, then the newest. */
export function tasksIn(state: Pick<StackState, 'containers' | 'taskInstances'>, name: string): TaskInstance[] {
	const isHere = new Map<string, boolean>();
	const ranHere = ({ hostname }: TaskInstance) => {
		const known = isHere.get(hostname) ?? containerOf(state, hostname)?.item.name === name;
		isHere.set(hostname, known);
		return known;
	};
	const rank = ({ state: is, startedAt }: TaskInstance) => (is === 'running' ? 1e15 : 0) + (startedAt ?? 0);
	return Object.values(state.taskInstances)
		.flat()
		.filter(ranHere)
		.toSorted((a, b) => rank(b) - rank(a));
}

/** Docker's default host name is the beginning of the container's id. */
const shortId = /^[0-9a-f]{12}$/;

/** The container in which it ran: by its id, else the one that has the name of the host. null: none that is known. */
export function containerOf(state: Pick<StackState, 'containers'>, hostname: string): Linked<Container> | null {
	if (hostname === '') return null;
	const all = Object.values(state.containers).map(({ container }) => container);
	if (shortId.test(hostname)) {
		const item = all.find(({ id }) => id.startsWith(hostname));
		return item ? { item, isGuess: false } : null;
	}
	const [host = hostname] = hostname.split('.');
	const named = all.filter(({ name, service }) => [name, service].some(one => one === hostname || one === host));
	const [item] = named;
	return item && named.length === 1 ? { item, isGuess: true } : null;
}
