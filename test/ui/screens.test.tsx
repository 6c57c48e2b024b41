import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Observation } from '../../source/model/observation.ts';
import { knownTaskStates, taskStateLook } from '../../source/model/task-state.ts';
import { formQuestion } from '../../source/ui/actions/trigger-form.ts';
import { chooseDialog } from '../../source/ui/dialogs/choose.ts';
import { confirmDialog } from '../../source/ui/dialogs/confirm.ts';
import { formDialog } from '../../source/ui/dialogs/form.ts';
import { helpDialog } from '../../source/ui/dialogs/help.ts';
import { initialLogs } from '../../source/ui/panes/logs/logs-state.ts';
import type { ListId } from '../../source/ui/place.ts';
import { quoted } from '../../source/words/message.ts';
import { oneOff, replica } from '../given/containers.ts';
import { korean } from '../given/english.ts';
import { begun, choiceOf } from '../given/step-context.ts';
import { inUtc } from '../in-utc.ts';
import { frameProblems } from '../terminal/frame-problems.ts';
import { airflow, at, diagnosed, engine, failed, lakehouse, mlflow, type Scene, screenOf, task } from './screens.tsx';

inUtc();

const running = ['success', 'success', 'running'];
const logs = [
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
const everything = [...engine({}, lakehouse), ...airflow(running), ...mlflow()];

/** Redis has exited, the worker no longer reaches it, and a task has failed for another reason. */
const failing = diagnosed([
	...engine({
		'airflow-redis': { state: 'exited', health: 'none' },
		'airflow-worker': { health: 'unhealthy' },
	}),
	...airflow(['success', 'failed', 'upstream_failed']),
	...mlflow(),
]);

/** The same task failed, without other problems. */
const failedOnly = diagnosed([...engine(), ...airflow(['success', 'failed', 'upstream_failed']), ...mlflow()]);

/** A log with all kinds of lines: levels, a traceback, JSON, a group, a line that is too long, wide characters. */
const manyLogs = [
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
const inLogs = { focus: 'logs' as const, zoomed: true };

const params = [
	{ name: 'rows', value: 10_000, title: null, description: '처리할 행 수', schema: { type: 'integer', minimum: 1 } },
	{ name: 'dry_run', value: false, title: null, description: null, schema: { type: 'boolean' } },
] as const;

/** A list of its kind, of one state only where that is named. */
const listed = (kind: ListId, state: string | null = null): Scene['view'] => ({
	browse: { kind, filter: '', sort: null, state, selected: null, back: null },
});

const happened: readonly Observation[] = [
	{ type: 'action started', at, id: 'a', actionId: 'restart', title: quoted('mlflow 재시작') },
	{ type: 'action finished', at: at + 1, id: 'a', outcome: 'failed', message: quoted('No such container: mlflow') },
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

/** The usual sizes, and a large screen. */
const sizes = [
	[80, 24],
	[120, 40],
	[200, 60],
] as const;

/** In Korean, where a syllable takes two cells, on the smallest and on a large screen. */
const inKoreanAt = (name: string, scene: Scene): Readonly<Record<string, Scene>> => ({
	[`${name} 80x24`]: { ...scene, language: 'ko', columns: 80, rows: 24 },
	[`${name} 120x40`]: { ...scene, language: 'ko', columns: 120, rows: 40 },
	[`${name} 200x60`]: { ...scene, language: 'ko', columns: 200, rows: 60 },
});

const scenes: Readonly<Record<string, Scene>> = {
	'overview 100x30': { seen: everything, logs },
	'overview 120x40': { seen: everything, logs, columns: 120, rows: 40 },
	'overview 80x24': { seen: everything, logs, columns: 80, rows: 24 },
	'narrow symbols': { seen: everything, logs, glyphs: 'narrow' },
	'ascii symbols': { seen: everything, logs, glyphs: 'ascii' },
	'one pane at a time': { seen: everything, logs, columns: 50, rows: 12 },
	'logs zoomed': { seen: everything, logs: manyLogs, view: inLogs },
	'logs with a search, a filter and a chosen line': {
		seen: everything,
		logs: manyLogs,
		view: { ...inLogs, logs: { ...initialLogs, search: 'connection', minLevel: 'warning', cursor: 5, times: 'utc' } },
	},
	'logs cut, tracebacks folded, JSON in full': {
		seen: everything,
		logs: manyLogs,
		view: {
			...inLogs,
			logs: {
				...initialLogs,
				wraps: false,
				folds: { changed: new Set([0]), records: true },
				opened: new Set([11]),
				bookmarks: new Set([3]),
				times: 'off',
			},
		},
	},
	'logs of several containers': {
		seen: everything,
		logs: manyLogs,
		view: { ...inLogs, logs: { ...initialLogs, selection: { kind: 'several', names: ['airflow-worker', 'mlflow'] } } },
	},
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
	'mlflow 3 zoomed': {
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
						...{ name: 'fraud', version: '2', status: 'READY', stage: 'None', aliases: ['challenger'], runId: null },
						...{ modelId: 'm-0', tags: [{ key: 'validated', value: 'yes' }], createdAt: at - 60_000 },
					},
				],
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
	'all away from the start': {
		seen: [
			failed('containers', 'Docker at unix:///var/run/docker.sock: permission denied', 'Join the group docker'),
			failed('pipeline', 'Airflow at http://localhost:8082: connection refused'),
			failed('experiment', 'MLflow at http://localhost:5000: connection refused'),
		],
	},
	'all away, with older facts': {
		seen: [
			...everything,
			failed('containers', 'Docker at unix:///var/run/docker.sock: the connection was closed'),
			failed('pipeline', 'Airflow at http://localhost:8082: timed out'),
			failed('experiment', 'MLflow at http://localhost:5000: connection refused'),
		],
		logs,
	},
	'service detail': {
		seen: engine({ 'airflow-worker': { health: 'unhealthy' } }),
		view: { zoomed: true, selectedService: 'airflow-worker' },
	},
	'ended service': {
		seen: engine({ 'airflow-redis': { state: 'exited', health: 'none' } }),
		view: { zoomed: true, selectedService: 'airflow-redis' },
	},
	'replicas, one-offs and a second project': {
		seen: [...engine({}, neighbours), ...airflow(running)],
		view: { zoomed: true, selectedService: 'mlops-api-2' },
		columns: 100,
		rows: 30,
	},
	'pipeline zoomed': { seen: airflow([...running, 'up_for_retry']), view: { zoomed: true, focus: 'pipeline' } },
	'a task tried again, another failed': {
		seen: airflow(['success', 'failed', 'upstream_failed', 'upstream_failed'], [{ tryNumber: 2 }, { tryNumber: 2 }]),
		columns: 130,
	},
	'MLflow runs': {
		seen: mlflow(),
		columns: 100,
		view: {
			focus: 'mlflow',
			browse: { kind: 'mlflow-runs', filter: '', sort: 'began', state: null, selected: null, back: null },
		},
	},
	'mlflow zoomed': { seen: mlflow(), view: { zoomed: true, focus: 'mlflow' } },
	help: { seen: everything, dialog: helpDialog, rows: 40 },
	'read-only help': { seen: everything, dialog: helpDialog, rows: 40, readOnly: true },
	'question about much': {
		seen: everything,
		columns: 80,
		rows: 24,
		dialog: {
			...confirmDialog({
				actionId: 'clear',
				title: quoted('clear 7 runs'),
				effects: Array.from({ length: 28 }, (_, index) =>
					quoted(`raw_to_bronze of 실행 ${index + 1}: success, cleared.`),
				),
				command: Array.from({ length: 7 }, (_, index) => `curl -X POST http://localhost:8082/${index}`).join('\n'),
				targets: [],
				perform: async () => ({ outcome: 'done', message: quoted('') }),
			}),
			scroll: 3,
		},
	},
	question: {
		seen: everything,
		dialog: {
			...confirmDialog({
				actionId: 'restart',
				title: quoted('restart airflow-worker'),
				effects: [quoted('Stops container airflow-worker and starts it again. Its grace period is 10 s.')],
				command: 'docker restart airflow-worker',
				targets: [],
				perform: async () => ({ outcome: 'done', message: quoted('') }),
			}),
			scroll: 0,
		},
	},
	findings: { seen: failing, columns: 120, rows: 40 },
	'findings 80x24': { seen: failing, columns: 80, rows: 24, view: { focus: 'findings' } },
	'findings filtered': {
		seen: failing,
		columns: 80,
		rows: 24,
		view: { focus: 'findings', findings: { filter: 'redis', sort: '-age' } },
	},
	'findings without a match in Korean': {
		seen: failing,
		columns: 80,
		rows: 24,
		language: 'ko',
		view: { focus: 'findings', findings: { filter: '없음', sort: null } },
	},
	'findings opened': { seen: failing, columns: 120, rows: 40, view: { focus: 'findings', zoomed: true } },
	'findings in Korean 80x24': { seen: failedOnly, columns: 80, rows: 24, language: 'ko', view: { focus: 'findings' } },
	'findings in Korean': {
		seen: failing,
		columns: 120,
		rows: 40,
		view: { focus: 'findings', zoomed: true },
		language: 'ko',
	},
	...inKoreanAt('help in Korean', { seen: everything, dialog: helpDialog }),
	...inKoreanAt('palette in Korean', {
		seen: everything,
		dialog: chooseDialog(choiceOf(begun('palette', { language: 'ko' }))),
	}),
	...inKoreanAt('menu in Korean', {
		seen: everything,
		dialog: chooseDialog(choiceOf(begun('stack', { language: 'ko' }))),
	}),
	...inKoreanAt('question in Korean', {
		seen: everything,
		dialog: confirmDialog({
			actionId: 'restart',
			title: quoted('airflow-worker 재시작'),
			effects: [quoted('컨테이너 airflow-worker을(를) 중지한 뒤 다시 시작합니다.')],
			command: 'docker restart airflow-worker',
			targets: [],
			perform: async () => ({ outcome: 'done', message: quoted('') }),
		}),
	}),
	...inKoreanAt('form in Korean', {
		seen: everything,
		dialog: formDialog(
			formQuestion('ml_pipeline_end_to_end', params, ['{"rows":5}'], korean.say, () => ({ kind: 'nothing' })),
		),
	}),
	...inKoreanAt('DAG list in Korean', { seen: everything, view: listed('dags') }),
	...inKoreanAt('DAG runs in Korean', { seen: everything, view: listed('runs', 'failed') }),
	...inKoreanAt('MLflow runs in Korean', { seen: everything, view: listed('mlflow-runs') }),
	...inKoreanAt('timeline in Korean', { seen: [...everything, ...happened], view: listed('timeline') }),
	...Object.fromEntries(
		(['en', 'ko'] as const).flatMap(language =>
			sizes.flatMap(([columns, rows]): [string, Scene][] => [
				[
					`${language} overview ${columns}x${rows}`,
					{ seen: [...everything, history], logs: manyLogs, columns, rows, language },
				],
				[
					`${language} findings opened ${columns}x${rows}`,
					{ seen: failing, view: { focus: 'findings', zoomed: true }, columns, rows, language },
				],
				[
					`${language} gantt ${columns}x${rows}`,
					{
						seen: everything,
						view: { focus: 'pipeline', zoomed: true, pipelineView: 'gantt' },
						columns,
						rows,
						language,
					},
				],
				[
					`${language} DAG runs ${columns}x${rows}`,
					{ seen: everything, view: listed('runs'), columns, rows, language },
				],
			]),
		),
	),
	'no findings': { seen: diagnosed(everything), view: { focus: 'findings' } },
	'an action that failed': {
		seen: [
			...everything,
			{ type: 'action started', at, id: 'a', actionId: 'restart', title: quoted('restart mlflow') },
			{ type: 'action finished', at, id: 'a', outcome: 'failed', message: quoted('No such container: mlflow') },
		],
	},
};

/** Every pane in Korean, whose syllables take two cells, on the sizes that people use most. */
const inKorean = Object.entries({
	overview: { seen: everything, logs },
	'nothing there': scenes['nothing there'],
	'all away': scenes['all away, with older facts'],
	services: scenes['service detail'],
	'ended service': scenes['ended service'],
	'one-offs': scenes['replicas, one-offs and a second project'],
	pipeline: scenes['pipeline zoomed'],
	logs: scenes['logs with a search, a filter and a chosen line'],
	mlflow: scenes['mlflow zoomed'],
	'a deleted experiment': scenes['a deleted experiment'],
	'mlflow 3': scenes['mlflow 3 zoomed'],
	'no findings': scenes['no findings'],
}).flatMap(([name, scene]): [string, Scene][] =>
	(
		[
			[80, 24],
			[120, 40],
		] as const
	).map(([columns, rows]) => [
		`Korean ${name} ${columns}x${rows}`,
		{ seen: [], ...scene, columns, rows, language: 'ko', readOnly: name === 'services' },
	]),
);

test.each([...Object.entries(scenes), ...inKorean])('%s', async (name, scene) => {
	const screen = screenOf(scene);
	await expect(screen).toMatchFileSnapshot(
		join(import.meta.dirname, 'golden', `${name.replaceAll(/[ ,]+/g, '-')}.txt`),
	);
	// A box that lies over the panes interrupts their borders.
	if (scene.dialog) return;
	expect(frameProblems(screen.trimEnd().split('\n'), scene.columns ?? 100)).toEqual([]);
});

/** Names and units that are the same in every language. */
const sameInKorean = new Set(
	'laketop host Airflow MLflow Docker Compose docker compose dags yml DAG CPU CONF OOM Esc Tab Enter MiB GiB NaN'.split(
		' ',
	),
);
const stateWords = new Set(
	[...knownTaskStates.map(state => taskStateLook(state).word[0]), 'healthy', 'unhealthy', 'exited', 'finished'].filter(
		// Also a type of run, which is Airflow's own name.
		word => word !== 'scheduled',
	),
);

test.each(inKorean)('%s: all words of ours are Korean', (_, scene) => {
	const facts = JSON.stringify([everything, scene])
		.replaceAll('\\n', ' ')
		.split(/[^\w]+/);
	const known = (word: string) => sameInKorean.has(word) || facts.some(fact => fact.includes(word));
	// Log lines are quoted unchanged.
	const { logs: _logs, ...withoutLogs } = scene;
	const words = screenOf({ ...withoutLogs, seen: scene.seen }).match(/[A-Za-z_]{3,}/g) ?? [];
	expect(words.filter(word => !known(word) || stateWords.has(word))).toEqual([]);
});

test.each(knownTaskStates)('task state %s is drawn by symbol and word', state => {
	const screen = screenOf({ seen: airflow([state]), columns: 140 });
	const [firstWord = ''] = taskStateLook(state).word[0].split(' ');
	expect(screen).toContain(firstWord);
});

test('every known task state has a symbol of its own', () => {
	const symbols = knownTaskStates.map(state => taskStateLook(state).symbol);
	// shutdown is from older versions, and stops like a container.
	expect(new Set(symbols).size).toBe(symbols.length);
});

test('a state of a newer Airflow is drawn by its name', () => {
	expect(screenOf({ seen: airflow(['brand_new_state']), columns: 140 })).toContain('brand_new_state');
});

test.each([
	['boxes', false],
	['a flow', false],
	['a table', true],
] as const)('a mapped task in %s: its instances by state, and its time from the first start on', (form, zoomed) => {
	const minutes = (count: number) => at - count * 60_000;
	const done = (startedAt: number, endedAt: number) => ({
		startedAt,
		endedAt,
		durationSeconds: (endedAt - startedAt) / 1000,
	});
	const mapped = [
		task('raw_to_bronze', 'success', { mapIndex: 0, ...done(minutes(12), minutes(11)) }),
		task('raw_to_bronze', 'failed', { mapIndex: 1, ...done(minutes(3), minutes(3) + 8000) }),
		task('raw_to_bronze', null, { mapIndex: 2 }),
		task('raw_to_bronze', null, { mapIndex: 3 }),
	];
	const screen = screenOf({
		seen: [
			...airflow(['success']),
			{
				type: 'task instances fetched',
				at,
				dagId: 'ml_pipeline_end_to_end',
				dagRunId: 'manual__1',
				taskInstances: mapped,
			},
		],
		view: { focus: 'pipeline', zoomed },
		columns: form === 'a flow' ? 90 : 140,
	});
	expect(screen).toContain('1✖ 1✔ 2○');
	expect(screen).toContain('9:08');
});
