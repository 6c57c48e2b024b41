import { EngineStatusError } from '../../source/clients/engine/engine-modem.ts';
import { engineProblem } from '../../source/clients/engine/engine-problem.ts';
import { HttpServer } from '../../source/clients/http/http.ts';
import type { DockerHost } from '../../source/model/engine/engine-address.ts';
import type { MlflowRun } from '../../source/model/mlflow/experiment.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { planContainers } from '../../source/operations/containers/containers.ts';
import { formQuestion } from '../../source/ui/actions/trigger-form.ts';
import { chartDialog } from '../../source/ui/chart-state.ts';
import { loadCharts } from '../../source/ui/dialogs/chart.ts';
import { chooseDialog } from '../../source/ui/dialogs/choose.ts';
import { confirmDialog } from '../../source/ui/dialogs/confirm.ts';
import type { Dialog } from '../../source/ui/dialogs/dialogs.ts';
import { formDialog } from '../../source/ui/dialogs/form.ts';
import { helpDialog } from '../../source/ui/dialogs/help.ts';
import { initialLogs } from '../../source/ui/panes/logs/logs-state.ts';
import type { ListId } from '../../source/ui/place.ts';
import type { Language } from '../../source/words/language.ts';
import { phrase } from '../../source/words/message.ts';
import { writer } from '../../source/words/write.ts';
import { chartState } from '../given/charts.ts';
import { oneOff, replica } from '../given/containers.ts';
import { historySeen, manyRuns } from '../given/many-runs.ts';
import { begun, choiceOf } from '../given/step-context.ts';
import { branching } from './branching.ts';
import { airflow, at, diagnosed, engine, failed, lakehouse, mlflow, type Scene } from './screens.tsx';
import { threadLists } from './thread-scenes.ts';

export const running = ['success', 'success', 'running'];
export const logs = [
	'[2026-11-24T14:02:21.077+0000] {dagrun.py:783} INFO - plain',
	'[2026-11-24 14:02:22,123: WARNING/ForkPoolWorker-1] 📥 데이터 10000건 수집',
	'ERROR: deadlock detected',
];
/** Two replicas, a one-off that runs and one that ended, and a project with the same names. */
const neighbours = [
	replica('mlops', 'api', 1),
	replica('mlops', 'api', 2),
	oneOff('mlops', 'airflow-worker', 'aaa-worker-run'),
	oneOff('mlops', 'api', 'mlops-api-run-5f2', { state: 'exited' }),
	replica('shop', 'airflow-worker'),
	replica('shop', 'orders'),
];
export const everything = [...engine({}, lakehouse), ...airflow(running), ...mlflow()];

/** Airflow 3: a task has deferred, another awaits input; its DAG runs are counted. */
const newer: readonly Observation[] = [
	...engine({}, lakehouse),
	...airflow(['success', 'deferred', 'awaiting_input', 'up_for_reschedule']).map(seen =>
		seen.type === 'source connected' ? { ...seen, version: '3.3.2' } : seen,
	),
	{
		type: 'run counts fetched',
		at,
		counts: [{ dagId: 'ml_pipeline_end_to_end', queued: 0, running: 1, success: 1204, failed: 37 }],
	},
	...mlflow(),
];

/** Redis has exited, the worker no longer reaches it, and a task has failed for another reason. */
export const failing = diagnosed([
	...engine({
		'airflow-redis': { state: 'exited', health: 'none' },
		'airflow-worker': { health: 'unhealthy' },
	}),
	...airflow(['success', 'failed', 'upstream_failed']),
	...mlflow(),
]);

/** A run that made a version of a model. */
const made = (runId: string, metrics: Readonly<Record<string, number>>): MlflowRun => ({
	...{ runId, runName: 'train', experimentId: '1', status: 'FINISHED', startedAt: 0, endedAt: 1, params: [], tags: [] },
	metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, loggedAt: 0 })),
});

/** The same task failed, without other problems. */
export const failedOnly = diagnosed([...engine(), ...airflow(['success', 'failed', 'upstream_failed']), ...mlflow()]);

/** Tasks of a DAG with groups. */
const groupedTasks = [
	...['raw_to_bronze', 'clean.orders', 'clean.users', 'clean.web.clicks', 'clean.web.views', 'features'],
	...['publish.table', 'publish.report', 'train', 'evaluate', 'register'],
];

/** A log with all kinds of lines: levels, a traceback, JSON, a group, a line that is too long, wide characters. */
export const manyLogs = [
	'[2026-11-24T14:02:20.000+0000] {a.py:1} INFO - ::group::Pre task execution logs',
	'[2026-11-24T14:02:20.100+0000] {a.py:2} WARNING - inside the group',
	'[2026-11-24T14:02:20.200+0000] {a.py:3} INFO - ::endgroup::',
	...logs,
	'Traceback (most recent call last):',
	'  File "/opt/airflow/dags/ml_pipeline/stages.py", line 93, in run',
	'    return self.stage.work(self)',
	'ConnectionError: source shop-api closed the connection after 6000 of 10000 rows',
	'127.0.0.1 - - [24/Nov/2026:14:02:30 +0000] "GET /health HTTP/1.1" 200 283 "-" "curl/7.88.1"',
	'{"level":"warning","msg":"queue is long","waiting":[12,7]}',
	`a long line of ${'many words '.repeat(14)}and 데이터 정제 완료 🧹`,
	'2026-11-24 14:02:33.715 UTC [1] LOG:  database system is ready to accept connections',
];
export const inLogs = { focus: 'logs' as const, zoomed: true };

const socket: DockerHost = {
	kind: 'unix',
	address: 'unix:///var/run/docker.sock',
	origin: 'default socket',
	foundBy: { kind: 'default' },
	tlsDirectory: null,
};
const systemError = (code: string) => Object.assign(new Error(code), { code });

/** As the client of the engine reports it, in both languages. */
const ofEngine = (error: Error) => engineProblem(socket, error).failure;

/** As the client of a server reports it. */
const ofServer = (title: 'Airflow' | 'MLflow', url: string, code: string) =>
	new HttpServer(title, url).lost(systemError(code)).failure;

/** A list of its kind. */
const listed = (kind: ListId): Scene['view'] => ({
	browse: { kind, filter: '', sort: null, state: null, selected: null, back: null },
});

const happened: readonly Observation[] = [
	{ type: 'action started', at, id: 'a', actionId: 'restart', title: phrase(['restart mlflow', 'mlflow 재시작']) },
	{
		type: 'action finished',
		at: at + 1,
		id: 'a',
		outcome: 'failed',
		message: ofEngine(new EngineStatusError(404, 'No such container: mlflow')).message,
	},
	...(['kill', 'die', 'start', 'health_status: healthy'] as const).map(
		(action, index): Observation => ({
			type: 'container event',
			at,
			event: {
				id: 'id-mlflow',
				name: 'mlflow',
				action,
				project: 'mlops',
				service: 'mlflow',
				exitCode: action === 'die' ? 137 : null,
				happenedAt: at + 1000 * index,
			},
		}),
	),
];

/** The usual durations of the tasks: the running one is at 39 s. */
const history: Observation = {
	type: 'check finished',
	at,
	subject: 'ml_pipeline_end_to_end',
	result: {
		check: 'task history',
		history: { runs: 3, tasks: [{ taskId: 'silver_to_gold', usualMs: 60_000 }], usualIdleMs: 1000 },
	},
};

/** Two workers, one of which is unhealthy. */
const twoWorkers = diagnosed([
	...engine({ 'airflow-worker': { name: 'mlops-airflow-worker-1', replica: 1 } }, [
		replica('mlops', 'airflow-worker', 2, { health: 'unhealthy' }),
		replica('shop', 'orders'),
	]),
	...airflow(running),
]);
const logsOf = {
	'mlops-airflow-worker-1': ['task received', 'task succeeded', 'task received'],
	'mlops-airflow-worker-2': ['lost connection', 'retrying'],
};
const worker = 'mlops/airflow-worker';

/** Two tasks wait for answers, one of them of another DAG. */
const asking = diagnosed([
	...engine({}, lakehouse),
	...airflow(['success', 'success', 'awaiting_input']),
	{
		type: 'questions fetched',
		at,
		questions: [
			{
				...{ dagId: 'ml_pipeline_end_to_end', dagRunId: 'manual__1', taskId: 'silver_to_gold', mapIndex: -1 },
				...{ subject: '모델을 운영에 배포할까요? Release model 7?', askedAt: at - 240_000 },
			},
			{
				...{ dagId: 'release', dagRunId: 'manual__7', taskId: 'approve', mapIndex: 2 },
				...{ subject: 'Which regions?', askedAt: at - 60_000 },
			},
		],
	},
	...mlflow(),
]);

/** Everything that can be on the screen, each in a usual state. */
export const scenes: Readonly<Record<string, Scene>> = {
	overview: { seen: [...everything, history], logs: manyLogs },
	'overview with findings': { seen: failing, logs: manyLogs },
	'overview with questions': { seen: asking, logs },
	loading: { seen: [] },
	'nothing there': {
		seen: [
			{ type: 'containers listed', at, containers: [] },
			{ type: 'feed live', at, feed: 'containers' },
			{ type: 'dags fetched', at, dags: [] },
			{ type: 'dag runs fetched', at, dagId: 'ml_pipeline_end_to_end', runs: [] },
			{ type: 'feed live', at, feed: 'pipeline' },
			{ type: 'feed live', at, feed: 'dags' },
			{ type: 'feed live', at, feed: 'models' },
			{ type: 'experiment fetched', at, name: 'lakehouse_ml_pipeline', experiment: null },
			{ type: 'feed live', at, feed: 'experiment' },
		],
	},
	unreachable: {
		seen: [
			failed('containers', ofEngine(systemError('EACCES'))),
			failed('pipeline', ofServer('Airflow', 'http://localhost:8082', 'ECONNREFUSED')),
			failed('experiment', ofServer('MLflow', 'http://localhost:5000', 'ECONNREFUSED')),
		],
	},
	stale: {
		seen: [
			...everything,
			failed('containers', ofEngine(systemError('ECONNRESET'))),
			failed('pipeline', ofServer('Airflow', 'http://localhost:8082', 'ETIMEDOUT')),
			failed('experiment', ofServer('MLflow', 'http://localhost:5000', 'ECONNREFUSED')),
		],
		logs,
	},
	'a service': {
		seen: engine({ 'airflow-worker': { health: 'unhealthy' } }),
		view: { zoomed: true, selectedService: 'airflow-worker' },
	},
	'an exited service': {
		seen: engine({ 'airflow-redis': { state: 'exited', health: 'none' } }),
		view: { zoomed: true, selectedService: 'airflow-redis' },
	},
	'one-off containers': {
		seen: [...engine({}, neighbours), ...airflow(running)],
		view: { zoomed: true, selectedService: 'mlops-api-2' },
	},
	'two workers': { seen: twoWorkers, logsOf, view: { selectedService: worker } },
	'two workers unfolded': { seen: twoWorkers, logsOf, view: { selectedService: 'mlops-airflow-worker-2' } },
	'two workers opened': { seen: twoWorkers, logsOf, view: { selectedService: worker, zoomed: true } },
	'two workers in the logs': {
		seen: twoWorkers,
		logsOf,
		view: { focus: 'logs', zoomed: true, logs: { ...initialLogs, selection: { kind: 'container', name: worker } } },
	},
	'two workers in findings': { seen: twoWorkers, view: { focus: 'findings', zoomed: true } },
	pipeline: {
		seen: [...airflow([...running, 'up_for_retry']), history],
		view: { zoomed: true, focus: 'pipeline' },
	},
	gantt: {
		seen: [...everything, history],
		view: { focus: 'pipeline', zoomed: true, pipelineView: 'gantt' },
	},
	graph: {
		seen: [...everything, ...branching],
		view: { focus: 'pipeline', zoomed: true, pipelineView: 'graph', taskId: 'choose' },
	},
	'graph without a selection': {
		seen: [...everything, ...branching],
		view: {
			...{ focus: 'pipeline', zoomed: true, pipelineView: 'graph' },
			graph: { folded: ['group ingest.orders'], group: null },
		},
	},
	grid: {
		seen: [...everything, ...historySeen(manyRuns({ runs: 120, tasks: groupedTasks }), at, { loaded: 70, total: 412 })],
		view: {
			...{ focus: 'pipeline', zoomed: true, pipelineView: 'grid', graph: { folded: ['group publish'], group: null } },
			...{ dagRunId: 'scheduled__0117', taskId: 'register' },
		},
	},
	trend: {
		seen: [...everything, ...historySeen(manyRuns({ runs: 120, tasks: groupedTasks }), at, { loaded: 70, total: 412 })],
		view: {
			...{ focus: 'pipeline', zoomed: true, pipelineView: 'trend', graph: { folded: ['group publish'], group: null } },
			...{ dagRunId: 'scheduled__0115', taskId: 'train' },
		},
	},
	logs: { seen: everything, logs: manyLogs, view: inLogs },
	'filtered logs': {
		seen: everything,
		logs: manyLogs,
		view: { ...inLogs, logs: { ...initialLogs, search: 'connection', minLevel: 'warning', cursor: 5, times: 'utc' } },
	},
	mlflow: { seen: mlflow(), view: { zoomed: true, focus: 'mlflow' } },
	'mlflow 3': {
		seen: [
			...mlflow(),
			{
				type: 'logged models fetched',
				at,
				models: [
					{ modelId: 'm-2', name: 'churn', status: 'PENDING', modelType: null, runId: null, createdAt: at - 60_000 },
					{
						modelId: 'm-1',
						name: '이탈 예측',
						status: 'UPLOAD_FAILED',
						modelType: 'sklearn',
						runId: null,
						createdAt: at - 7_200_000,
					},
					{
						modelId: 'm-0',
						name: 'churn',
						status: 'READY',
						modelType: 'sklearn',
						runId: null,
						createdAt: at - 86_400_000,
					},
				],
			},
			{ type: 'traces counted', at, traces: { windowMs: 3_600_000, count: 240, failed: 3, p95Ms: 1240 } },
			{
				type: 'prompts fetched',
				at,
				prompts: [
					{ name: 'greet', version: '2', aliases: [{ alias: 'production', version: '1' }], updatedAt: at - 60_000 },
				],
			},
			{
				type: 'model versions fetched',
				at,
				versions: [
					{
						...{ name: 'fraud', version: '2', status: 'READY', stage: 'None', aliases: ['challenger'], runId: 'new' },
						...{ modelId: 'm-0', tags: [{ key: 'validated', value: 'yes' }], createdAt: at - 60_000 },
					},
					{
						...{ name: 'fraud', version: '1', status: 'READY', stage: 'None', aliases: ['champion'], runId: 'old' },
						...{ modelId: null, tags: [], createdAt: at - 86_400_000 },
					},
				],
			},
			{
				type: 'version runs fetched',
				at,
				runs: [made('new', { f1_score: 0.8497, log_loss: 0.31 }), made('old', { f1_score: 0.8922, log_loss: 0.35 })],
			},
		],
		view: { zoomed: true, focus: 'mlflow' },
	},
	'a deleted experiment': {
		seen: [
			...everything,
			{ type: 'experiment fetched', at, name: 'churn', experiment: null, isDeleted: true },
			{ type: 'experiments fetched', at, names: ['Default', 'churn_v2', 'ranking'] },
		],
		view: { focus: 'mlflow', experiment: 'churn', zoomed: true },
	},
	findings: { seen: failing, view: { focus: 'findings', zoomed: true } },
	'no findings': { seen: diagnosed(everything), view: { focus: 'findings' } },
	'airflow 3': { seen: newer, logs },
	'DAG list of Airflow 3': { seen: newer, view: listed('dags') },
	'no engine': { seen: [...airflow(running), ...mlflow(), history], hasEngine: false, view: { focus: 'pipeline' } },
	'DAG list': { seen: everything, view: listed('dags') },
	'DAG runs': { seen: everything, view: listed('runs') },
	'MLflow runs': { seen: everything, view: listed('mlflow-runs') },
	...threadLists,
	timeline: { seen: [...everything, ...happened], view: listed('timeline') },
};

const restart = () => {
	const state = everything.reduce(reduce, initialState);
	const containers = Object.values(state.containers).filter(({ container }) => container.name === 'airflow-worker');
	const plan = planContainers('restart', containers, 'mlops', state);
	if ('refused' in plan) throw new Error('the plan was refused');
	return confirmDialog(plan);
};

const params = [
	{ name: 'rows', value: 10_000, title: null, description: '처리할 행 수', schema: { type: 'integer', minimum: 1 } },
	{ name: 'dry_run', value: false, title: null, description: null, schema: { type: 'boolean' } },
] as const;

await loadCharts();

/** What opens over the panes, as a language has it. */
export const dialogs: Readonly<Record<string, (language: Language) => Dialog>> = {
	help: () => helpDialog,
	palette: language => chooseDialog(choiceOf(begun('palette', { language }))),
	menu: language => chooseDialog(choiceOf(begun('stack', { language }))),
	question: restart,
	chart: () => chartDialog(chartState({ cursor: 12 }, at)),
	'logarithmic chart by time': () => chartDialog(chartState({ axis: 'time', isLog: true, smoothing: 30 }, at)),
	form: language =>
		formDialog(
			formQuestion('ml_pipeline_end_to_end', params, ['{"rows":5}'], writer(language), () => ({ kind: 'nothing' })),
		),
};
