import { pythonJson } from '../../server/json.ts';
import { type Attempt, type DagRun, storyKeyOf, type TaskInstance } from '../airflow/airflow-state.ts';
import { figuresOf, type RunFigures, type StoryAction } from '../airflow/stage-story.ts';
import { print } from '../logs/task-log.ts';
import { createRandom, hash } from '../random.ts';
import { isMlflow3 } from '../versions.ts';
import type { World } from '../world.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { latestPoint, logMetric, MODEL_NAME, registerVersion, type TrackedRun } from './tracking-store.ts';

/** The attempt that an action belongs to, and its MLflow run. */
type StoryPlace = {
	readonly run: DagRun;
	readonly task: TaskInstance;
	readonly attempt: Attempt;
	readonly tracked: TrackedRun | undefined;
};

/** Carries out one action of a stage: prints a line, or logs to MLflow. `time`: ms since the epoch. */
export function perform(
	world: World,
	action: StoryAction,
	time: number,
	{ run, task, attempt, tracked }: StoryPlace,
): void {
	if (action.kind === 'say') print(attempt, time, action.text);
	else if (action.kind === 'register') register(world, run, task, attempt, time, tracked);
	else if (action.kind === 'params')
		for (const [key, value] of Object.entries(action.params)) tracked?.params.set(key, value);
	else {
		if (tracked === undefined) return;
		for (const [key, value] of Object.entries(action.metrics)) {
			logMetric(tracked, key, { value, timestamp: Math.floor(time), step: action.step });
		}
	}
}

/** As in the pipeline's own code: a run that an earlier try could not end is marked as killed. */
export function trackRun(world: World, task: TaskInstance, runId: string, time: number): void {
	for (const other of world.mlflow.runs.values()) {
		const same = other.tags.get('dag_run_id') === task.runId && other.tags.get('task_id') === task.taskId;
		if (!same || other.status !== 'RUNNING') continue;
		other.status = 'KILLED';
		other.endTime = Math.floor(time);
	}
	world.mlflow.runs.set(runId, {
		runId,
		experimentId: '1',
		name: task.taskId,
		userId: 'airflow',
		status: 'RUNNING',
		startTime: Math.floor(time),
		params: new Map(),
		tags: new Map([
			['dag_id', task.dagId],
			['dag_run_id', task.runId],
			['task_id', task.taskId],
			['try_number', String(task.tryNumber)],
			['mlflow.user', 'airflow'],
			['mlflow.source.name', `${task.dagId}.${task.taskId}`],
			['mlflow.source.type', 'JOB'],
			['mlflow.runName', task.taskId],
		]),
		metrics: new Map(),
		artifacts: [],
	});
}

const modelFeatures = ['age', 'orders', 'revenue', 'days_since_order', 'returns', 'visits', 'discount', 'tenure'];

/** The file that the DAG's training logs: its coefficients as JSON. */
function modelFile(run: TrackedRun): string {
	const random = createRandom(hash(`weights/${run.runId}`));
	const weight = () => Number((random.next() * 4 - 2).toFixed(16));
	const model = {
		model_type: run.params.get('model_type') ?? 'logistic_regression',
		features: modelFeatures,
		weights: modelFeatures.map(weight),
		bias: weight(),
		means: modelFeatures.map(weight),
		deviations: modelFeatures.map(() => Math.abs(weight())),
	};
	return pythonJson(model);
}

/** The figure that training code logs with its model; drawn once. */
function confusionPicture({ customers, left, precision, recall }: RunFigures): () => Buffer {
	// A fifth of the customers is kept for the test.
	const [tested, leaving] = [Math.round(customers / 5), Math.round(left / 5)];
	const found = Math.round(leaving * recall);
	const wrong = Math.round(found / precision) - found;
	let picture: Buffer | undefined;
	return () => {
		picture ??= confusionMatrix([Math.max(0, tested - leaving - wrong), wrong, leaving - found, found]);
		return picture;
	};
}

/** In MLflow 3 the model is an entity of its own, from which the version is made. Returns the version's source. */
function logModel({ mlflow }: World, run: TrackedRun | undefined, time: number): string | undefined {
	if (!isMlflow3(mlflow.version) || run === undefined) return undefined;
	const modelId = `m-${createRandom(hash(`model/${run.runId}`)).hex(32)}`;
	const metrics = [...run.metrics].flatMap(([key, points]): [string, number][] => {
		const value = latestPoint(points)?.value;
		return value === undefined ? [] : [[key, value]];
	});
	mlflow.loggedModels.push({
		modelId,
		experimentId: run.experimentId,
		name: 'model',
		createdAt: Math.floor(run.endTime ?? time),
		updatedAt: Math.floor(time),
		status: 'READY',
		modelType: 'sklearn',
		runId: run.runId,
		params: run.params,
		metrics: new Map(metrics),
	});
	return `models:/${modelId}`;
}

function register(
	world: World,
	run: DagRun,
	task: TaskInstance,
	attempt: Attempt,
	time: number,
	own: TrackedRun | undefined,
): void {
	const training = run.tasks.find(({ taskId }) => taskId === 'model_training');
	const trainedIn = training?.attempts.get(training.tryNumber)?.trackedRunId;
	const figures = figuresOf(world.random.fork(`${storyKeyOf(run)}/figures`), run);
	if (trainedIn === undefined || own === undefined) return;
	const trained = world.mlflow.runs.get(trainedIn);
	if (trained !== undefined && trained.artifacts.length === 0) {
		const content = modelFile(trained);
		trained.artifacts.push(
			{ path: 'model', isDir: true },
			{ path: 'model/model.json', isDir: false, content },
			{ path: 'plots', isDir: true },
			{ path: 'plots/confusion_matrix.png', isDir: false, content: confusionPicture(figures) },
		);
	}
	const { version, isChampion } = registerVersion(world.mlflow, {
		runId: trainedIn,
		source: logModel(world, trained, time) ?? `mlflow-artifacts:/1/${trainedIn}/artifacts/model`,
		time,
		f1Score: figures.f1Score,
		tags: new Map([
			['dag_id', task.dagId],
			['dag_run_id', task.runId],
			['task_id', task.taskId],
			['try_number', String(task.tryNumber)],
			['accuracy', figures.accuracy.toFixed(6)],
			['f1_score', figures.f1Score.toFixed(6)],
		]),
	});
	own.params.set('model_name', MODEL_NAME);
	own.params.set('model_version', String(version));
	print(attempt, time, `📦 [2/2] ${MODEL_NAME} version ${version}`);
	print(
		attempt,
		time,
		`📦 ${MODEL_NAME} version ${version} registered${isChampion ? ', the new champion' : ''} (모델 등록 완료)`,
	);
}
