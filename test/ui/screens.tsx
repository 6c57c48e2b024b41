import { render } from 'ink-testing-library';
import { createStore } from 'zustand/vanilla';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import type { TaskInstance } from '../../source/model/airflow/pipeline.ts';
import type { Container } from '../../source/model/engine/container.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import type { Failure } from '../../source/model/source.ts';
import { initialState } from '../../source/model/state.ts';
import { App } from '../../source/ui/app.tsx';
import { present } from '../../source/ui/presenter.ts';
import { TerminalAnswers } from '../../source/ui/terminal-answers.ts';
import { inputOf, now, type Scene } from './input-of.ts';

export { inputOf, now, type Scene } from './input-of.ts';

const minutes = 60_000;

/** The screen of these facts, drawn by the real components; without colours, as a text for review. */
export function screenOf(scene: Scene): string {
	const input = inputOf(scene);
	// A log is indexed in slices of time: on a busy machine the first drawing may not reach its end.
	present(input);
	input.reader.advance(60_000);
	const screen = createStore(() => present(input));
	const nothing = () => undefined;
	const controller = {
		screen,
		view: () => input.view,
		dialog: () => input.dialog,
		press: nothing,
		mouse: nothing,
		paste: nothing,
		hint: nothing,
		resize: nothing,
		redrawn: nothing,
		setFocused: nothing,
		drawNow: nothing,
		close: nothing,
	};
	// The terminal of ink-testing-library has no rows; Ink would start `tput` for them, five times a picture.
	Object.assign(process.env, { COLUMNS: '100', LINES: '30' });
	const { frames, unmount } = render(
		<App controller={controller} onSuspender={nothing} answers={new TerminalAnswers()} />,
	);
	// Other writes are the terminal's focus reporting.
	const frame = frames.findLast(text => text.includes('\n')) ?? '';
	unmount();
	delete process.env.COLUMNS;
	delete process.env.LINES;
	return `${frame
		// Without a colour theme, only the reversed selection is left of SGR.
		.replaceAll(/\u001B\[[0-9;]*m/g, '')
		.split('\n')
		.map(row => row.trimEnd())
		.join('\n')}\n`;
}

const services = [
	'airflow-postgres',
	'airflow-redis',
	'airflow-scheduler',
	'airflow-webserver',
	'airflow-worker',
	'mlflow',
];

function container(name: string, more: Partial<Container> = {}): Container {
	return {
		id: `id-${name}`,
		name,
		image: 'image:1',
		project: 'mlops',
		service: name,
		configFiles: null,
		workingDirectory: null,
		state: 'running',
		health: 'healthy',
		createdAt: now - 130 * minutes,
		network: 'own',
		replica: null,
		isOneOff: false,
		ports: [],
		mounts: [{ type: 'bind', source: '/srv/mlops/dags', destination: '/opt/airflow/dags' }],
		...more,
	};
}

export const at = now - 5000;

/** Containers as the engine lists and inspects them; those named in `changed` differ. */
export function engine(
	changed: Readonly<Record<string, Partial<Container>>> = {},
	others: readonly Container[] = [],
): Observation[] {
	const all = [...services.map(name => container(name, changed[name])), ...others];
	return [
		{ type: 'source connected', at, source: 'docker', version: '27.1.0', address: 'unix:///var/run/docker.sock' },
		{ type: 'containers listed', at, containers: all },
		{ type: 'feed live', at, feed: 'containers' },
		...all.map(
			(one): Observation => ({
				type: 'container inspected',
				at,
				detail: {
					id: one.id,
					state: one.state,
					health: one.health,
					startedAt: now - 130 * minutes,
					finishedAt: one.state === 'exited' ? now - 3 * minutes : null,
					exitCode: one.state === 'exited' ? 137 : 0,
					oomKilled: one.state === 'exited',
					error: '',
					restartCount: 0,
					restartPolicy: 'unless-stopped',
					tty: false,
					failingStreak: one.health === 'unhealthy' ? 2 : 0,
					probes: [
						{
							startedAt: now - 22_000,
							endedAt: now - 20_000,
							exitCode: 1,
							output: '응답 없음: no answer\nfrom the node',
						},
						{
							startedAt: now - 12_000,
							endedAt: now - 10_000,
							exitCode: 1,
							output: '응답 없음: no answer\nfrom the node',
						},
					],
				},
			}),
		),
		...all.flatMap((one, index): Observation[] =>
			one.state === 'running' ? [0, 1].map(step => stats(one.id, index, step)) : [],
		),
		{ type: 'feed live', at, feed: 'stats' },
	];
}

function stats(id: string, index: number, step: number): Observation {
	return {
		type: 'container stats',
		at,
		sample: {
			id,
			sampledAt: at + step * 2000,
			cpuTotalNs: step * (index + 1) * 1e8,
			systemCpuNs: step * 4e9,
			onlineCpus: 2,
			memoryBytes: (index + 1) * 100 * 2 ** 20,
			memoryLimitBytes: 16 * 2 ** 30,
			receivedBytes: 1_200_000,
			sentBytes: 868_000,
			blockReadBytes: 0,
			blockWrittenBytes: 0,
			processes: 3,
		},
	};
}

/** A second Compose project on the same host. */
export const lakehouse: readonly Container[] = ['trino', 'grafana'].map(name =>
	container(name, { project: 'lakehouse', health: name === 'trino' ? 'healthy' : 'none' }),
);

const stages = [
	'raw_to_bronze',
	'bronze_to_silver',
	'silver_to_gold',
	'feature_engineering',
	'model_training',
	'model_evaluation',
	'model_registry',
];

export function task(taskId: string, state: string | null, more: Partial<TaskInstance> = {}): TaskInstance {
	const ran = state === 'success' || state === 'failed';
	return {
		dagId: 'ml_pipeline_end_to_end',
		dagRunId: 'manual__1',
		taskId,
		mapIndex: -1,
		state,
		tryNumber: state === null ? 0 : 1,
		maxTries: 1,
		queuedAt: state === null ? null : now - 40_000,
		startedAt: state === null ? null : now - 39_000,
		endedAt: ran ? now - 30_000 : null,
		durationSeconds: ran ? 9 : null,
		hostname: state === null ? '' : 'worker-1',
		pool: 'default_pool',
		note: null,
		...more,
	};
}

/** Airflow with the guide's DAG; its stages in these states, the rest waiting. */
export function airflow(
	states: readonly (string | null)[],
	more: readonly Partial<TaskInstance>[] = [],
): Observation[] {
	const dagId = 'ml_pipeline_end_to_end';
	const run = { dagId, runType: 'scheduled', conf: null, note: null };
	return [
		{ type: 'source connected', at, source: 'airflow', version: '2.8.0', address: 'http://localhost:8082' },
		{
			type: 'dags fetched',
			at,
			dags: [
				{
					dagId,
					isPaused: false,
					isActive: true,
					description: null,
					schedule: 'daily',
					nextRunAt: null,
					owners: ['airflow'],
					tags: [],
					fileLocation: '/opt/airflow/dags/ml_pipeline_dag.py',
					fileToken: null,
					lastParsedAt: null,
					hasImportErrors: false,
				},
			],
		},
		{
			type: 'dag tasks fetched',
			at,
			dagId,
			tasks: stages.map((taskId, index) => ({
				taskId,
				operator: 'PythonOperator',
				downstreamTaskIds: stages.slice(index + 1, index + 2),
			})),
		},
		{
			type: 'dag runs fetched',
			at,
			dagId,
			runs: [
				{
					...run,
					dagRunId: 'manual__1',
					runType: 'manual',
					state: 'running',
					logicalDate: now - 41_000,
					queuedAt: null,
					startedAt: now - 41_000,
					endedAt: null,
				},
				...[1, 2, 3].map(day => ({
					...run,
					dagRunId: `scheduled__${day}`,
					state: day === 2 ? 'failed' : 'success',
					logicalDate: now - (day + 1) * 24 * 60 * minutes,
					queuedAt: null,
					startedAt: now - day * 24 * 60 * minutes,
					endedAt: now - day * 24 * 60 * minutes + 85_000,
				})),
			],
		},
		{
			type: 'task instances fetched',
			at,
			dagId,
			dagRunId: 'manual__1',
			taskInstances: stages.map((taskId, index) => task(taskId, states[index] ?? null, more[index])),
		},
		{ type: 'feed live', at, feed: 'pipeline' },
		{ type: 'feed live', at, feed: 'dags' },
	];
}

/** MLflow with three runs of the evaluation, one active, and a model. */
export function mlflow(): Observation[] {
	const run = (index: number, accuracy: number | 'NaN') => ({
		runId: `r${index}`,
		runName: 'model_evaluation',
		experimentId: '1',
		status: 'FINISHED',
		startedAt: now - index * 60 * minutes,
		endedAt: now - index * 60 * minutes + 1000,
		metrics: [
			{ key: 'accuracy', value: accuracy, step: 0, loggedAt: now },
			{ key: 'f1_score', value: 0.9, step: 0, loggedAt: now },
			{ key: '정확도 손실', value: 1.7976931348623157e308, step: 0, loggedAt: now },
		],
		params: [
			{ key: 'layer', value: 'model' },
			{ key: 'model_type', value: '로지스틱 회귀' },
		],
		tags: [],
	});
	return [
		{ type: 'source connected', at, source: 'mlflow', version: '2.9.2', address: 'http://localhost:5000' },
		{
			type: 'experiment fetched',
			at,
			name: 'lakehouse_ml_pipeline',
			experiment: { experimentId: '1', name: 'lakehouse_ml_pipeline', artifactLocation: null },
		},
		{
			type: 'mlflow runs fetched',
			at,
			experimentId: '1',
			runs: [run(1, 0.932), run(2, 0.928), run(3, 'NaN'), run(4, 0.91)],
		},
		{
			type: 'model versions fetched',
			at,
			versions: [
				{
					name: 'lakehouse_model',
					version: '4',
					status: 'READY',
					stage: 'None',
					aliases: ['champion'],
					runId: 'r1',
					createdAt: now - 60 * minutes,
				},
				{
					name: 'lakehouse_model',
					version: '3',
					status: 'FAILED_REGISTRATION',
					stage: 'Archived',
					aliases: [],
					runId: 'r2',
					createdAt: now - 120 * minutes,
				},
			],
		},
		{ type: 'feed live', at, feed: 'experiment' },
		{ type: 'feed live', at, feed: 'models' },
	];
}

/** A feed that has failed a minute ago. */
export function failed(feed: 'containers' | 'pipeline' | 'experiment', failure: Failure): Observation {
	return {
		type: 'feed failed',
		at: now - minutes,
		feed,
		failure,
		retryAt: now + 5000,
	};
}

/** These facts, and the findings from them. */
export function diagnosed(seen: readonly Observation[]): Observation[] {
	const diagnosisOptions = {
		project: 'mlops',
		dagId: 'ml_pipeline_end_to_end',
		experiment: 'lakehouse_ml_pipeline',
		airflowUser: 'admin',
	};
	const findings = diagnose(seen.reduce(reduce, initialState), now, diagnosisOptions);
	return [...seen, { type: 'findings changed', at, findings }, { type: 'checks complete', at, deep: false }];
}
