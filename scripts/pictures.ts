/**
 * `npm run pictures`: the pictures of the documentation, taken from the built program on the embedded stack, for dark
 * and light pages. Names as arguments select only those. The clock of the program starts at the same moment each time,
 * so that a picture does not show the date on which it was taken.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Scenario, startDemo } from '../source/demo/index.ts';
import { readingMs } from '../source/operations/plan/answer-gate.ts';
import { actions } from '../source/ui/actions/table.ts';
import { type Condition, type Key, type OpenTerminal, openTerminal } from '../test/terminal/harness.ts';
import { fixedClock } from './fixed-clock.ts';
import { root } from './root.ts';
import { type Scheme, screenToSvg } from './screen-to-svg.ts';

/**
 * What to do once the screen shows what is awaited: the key of an action (by its id, because keys may be rebound), a
 * key inside a dialog, a text, or an event on the stack.
 */
type Step = {
	waitFor: Condition;
	action?: string;
	press?: Key;
	type?: string;
	happens?: (scenario: Scenario) => void;
};

type Picture = {
	/** The file's name in docs/pictures, without its extension. */
	name: string;
	title: string;
	cols?: number;
	rows?: number;
	/** With a scene, only this happens on the stack; without one it is the ordinary demo. */
	scene?: (scenario: Scenario) => void;
	steps: Step[];
	/** When the picture is taken. */
	waitFor: Condition;
	/** The shown DAG, if it is not the one of the guide. */
	dag?: string;
	/** The clock stands still from this moment on, ms after the start: for a picture that nothing else changes. */
	stillAfterMs?: number;
};

const has =
	(...patterns: RegExp[]): Condition =>
	screen =>
		patterns.every(pattern => pattern.test(screen.join('\n')));

/** Every pane has something to show: services with charts of some length, the pipeline's tasks, metrics. */
const filled = [/airflow-worker .*healthy/, /airflow-redis .*[▁-█]{8} .*MiB/, /raw_to_/, /accuracy/];
/** The same at the start, where charts are short. */
const live = [/airflow-worker .*healthy/, /raw_to_/, /accuracy/];

const brokenFile = `Traceback (most recent call last):
  File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
  File "/opt/airflow/dags/ml_pipeline_dag.py", line 16, in <module>
    from ml_pipeline.stages import STAGES, Stage, Task
ImportError: cannot import name 'Task' from 'ml_pipeline.stages' (/opt/airflow/dags/ml_pipeline/stages.py)
`;

/** The help page's text for an action, in English. */
const helpOf = (id: string): string => actions.find(action => action.id === id)?.help[0] ?? '';

const pictures: Picture[] = [
	{
		name: 'overview',
		title: 'laketop: services, a running pipeline, logs and metrics',
		steps: [],
		waitFor: has(...filled, /Pipeline .*running/, /● silver_/),
	},
	{
		name: 'unhealthy',
		title: 'laketop: a service is unhealthy',
		steps: [],
		waitFor: has(...filled, /airflow-worker .*unhealthy/),
	},
	{
		name: 'small',
		title: 'laketop in a terminal of 80×24',
		cols: 80,
		rows: 24,
		steps: [],
		waitFor: has(/airflow-worker .*healthy.*\d%.* MiB/, /raw_to_/, /accuracy/),
	},
	{
		name: 'trigger',
		title: 'laketop asks before it triggers a DAG run',
		steps: [
			{ waitFor: has(...filled), action: 'trigger' },
			{ waitFor: /fail_times/, press: 'enter' },
		],
		waitFor: /airflow dags trigger|POST .*dagRuns|manual__/,
	},
	{
		name: 'form',
		title: 'laketop: the params of a DAG run',
		steps: [
			{ waitFor: has(...filled), action: 'trigger' },
			{ waitFor: /fail_times/, press: 'down' },
			{ waitFor: /▸ fail_at/, press: 'right' },
		],
		waitFor: /\{"fail_at"/,
	},
	{
		name: 'dags',
		title: 'laketop: all DAGs',
		steps: [{ waitFor: has(...live), action: 'browse-dags' }],
		waitFor: /iceberg_compaction.*success/,
		// Before the first DAG run of the demo begins.
		stillAfterMs: 4000,
	},
	{
		name: 'palette',
		title: 'laketop: the palette finds an action by a few letters',
		steps: [
			{ waitFor: has(...filled), action: 'palette' },
			{ waitFor: /ml_pipeline_end_to_end/, type: 'rest work' },
		],
		waitFor: /▸.* restart airflow-worker/i,
	},
	{
		name: 'help',
		title: 'laketop: the keys',
		steps: [{ waitFor: has(...filled), action: 'help' }],
		waitFor: screen => screen.join(' ').includes(helpOf('restart').slice(0, 20)),
	},
	{
		name: 'failed-run',
		title: 'laketop: a task failed, and why',
		scene: scenario => void scenario.triggerRun({ fail_at: 'model_training' }),
		steps: [{ waitFor: has(...live), action: 'pane-findings' }],
		waitFor: has(/✖ .*model_training/, /▸ \S .*model_training/),
	},
	{
		name: 'failed-log',
		title: 'laketop: the log of the failed task, at its error',
		scene: scenario => void scenario.triggerRun({ fail_at: 'bronze_to_silver' }),
		steps: [
			{ waitFor: has(...live, /✖ .*bronze_to_silver/), action: 'pane-pipeline' },
			{ waitFor: has(...live), action: 'task-log' },
			{ waitFor: /ValueError: invalid literal.*│/, action: 'zoom' },
		],
		waitFor: has(/Traceback/, /ValueError/),
	},
	{
		name: 'slow-run',
		title: 'laketop: a DAG run takes longer than usual, and why',
		scene: scenario => void scenario.triggerRun({ pace: 90 }),
		steps: [
			{ waitFor: has(...live), action: 'pane-findings' },
			{ waitFor: /▸ \S .*manual__/, action: 'open-finding' },
		],
		waitFor: /raw_to_bronze.* 1m 30s/,
	},
	{
		name: 'graph',
		title: 'laketop: a DAG as a graph, with its task groups',
		dag: 'store_sales_nightly',
		scene: scenario => void scenario.triggerRun({}, 'store_sales_nightly'),
		steps: [
			{ waitFor: /start_cluster/, action: 'pane-pipeline' },
			{ waitFor: /▸2 Pipeline/, action: 'next-view' },
			{ waitFor: /critical path|0:00/, action: 'next-view' },
		],
		waitFor: has(/ingest/, /publish/, /● /),
	},
	{
		name: 'grid',
		title: 'laketop: the states of all tasks in the last DAG runs',
		steps: [
			{ waitFor: has(...live), action: 'pane-pipeline' },
			...(['next-view', 'next-view', 'next-view'] as const).map(action => ({ waitFor: /▸2 Pipeline/, action })),
		],
		waitFor: screen => /runs 1-\d+ of/.test(screen.join('\n')) && !screen.join('\n').includes('not loaded'),
	},
	{
		name: 'trend',
		title: 'laketop: durations over the last DAG runs',
		scene: scenario => void scenario.triggerRun({ pace: 10 }),
		steps: [
			{ waitFor: has(...live), action: 'pane-pipeline' },
			...(['next-view', 'next-view', 'next-view', 'next-view'] as const).map(action => ({
				waitFor: /▸2 Pipeline/,
				action,
			})),
		],
		waitFor: has(/MEDIAN/, /\+\d+%/),
	},
	{
		name: 'chart',
		title: 'laketop: a metric over its steps',
		steps: [
			{ waitFor: has(...live), action: 'pane-mlflow' },
			{ waitFor: /▸4 MLflow/, action: 'chart-metric' },
			{ waitFor: /val_loss/, type: 'loss' },
			{ waitFor: /▸ *loss/, press: 'enter' },
		],
		waitFor: has(/loss · by step/, /lowest/),
	},
	{
		name: 'compare',
		title: 'laketop: the metrics of MLflow runs side by side',
		steps: [
			{ waitFor: has(...live), action: 'pane-mlflow' },
			{ waitFor: /▸4 MLflow/, action: 'browse-mlflow-runs' },
			{ waitFor: /MLFLOW RUN/, action: 'filter' },
			{ waitFor: /Filter/, type: 'model_training' },
			{ waitFor: /model_training/, press: 'enter' },
			{ waitFor: /▸ +model_training/, action: 'mark' },
			// A mark moves the selection on.
			{ waitFor: /1 marked/, action: 'mark' },
			{ waitFor: /2 marked/, action: 'compare-mlflow-runs' },
		],
		waitFor: /Params that differ/,
	},
	{
		name: 'bad-deployment',
		title: 'laketop: a DAG file cannot be imported, and why',
		scene: scenario => scenario.addImportError('ml_pipeline_dag.py', brokenFile),
		steps: [
			{ waitFor: has(...live), action: 'pane-findings' },
			{ waitFor: /▸ \S .*ml_pipeline_dag\.py/, action: 'open-finding' },
		],
		waitFor: /File "\/opt\/airflow/,
	},
	{
		name: 'disk',
		title: 'laketop: disk use of images, containers and volumes',
		steps: [{ waitFor: has(...filled), action: 'disk' }],
		waitFor: /mlops_postgres-data/,
	},
];

/** Time for responses that no pane shows, such as the list of DAGs. */
const settledMs = 3000;

const program = join(root, 'dist/cli.js');
const folder = process.env.PICTURES_FOLDER ?? join(root, 'docs/pictures');
const clock = join(import.meta.dirname, 'with-fixed-clock.ts');

/** As a terminal sends it. */
function pressed(terminal: OpenTerminal, id: string): void {
	const key = actions.find(action => action.id === id)?.keys[0];
	if (key === undefined) throw new Error(`no action ${id} with a key`);
	if ([...key].length === 1) terminal.write(key);
	else terminal.press(key as Key);
}

async function perform(terminal: OpenTerminal, step: Step, scenario: Scenario | undefined): Promise<void> {
	const { waitFor, action, press, type, happens } = step;
	await terminal.waitFor(waitFor, { timeoutMs: 300_000 });
	if (action !== undefined) pressed(terminal, action);
	if (press !== undefined) terminal.press(press);
	if (type !== undefined) terminal.write(type);
	if (scenario !== undefined) happens?.(scenario);
}

async function take(picture: Picture, scheme: Scheme): Promise<string> {
	const { name, title, cols = 120, rows = 40, scene, dag, steps, waitFor, stillAfterMs } = picture;
	// In step with the program, which is opened next.
	const now = fixedClock(performance.now());
	const demo = scene === undefined ? undefined : await startDemo({ autonomous: false, now });
	// Not as flags, which the commands on the screen would repeat.
	const addresses =
		demo === undefined
			? {}
			: {
					LAKETOP_DOCKER_HOST: demo.dockerHost,
					LAKETOP_AIRFLOW_URL: demo.airflowUrl,
					LAKETOP_MLFLOW_URL: demo.mlflowUrl,
				};
	if (demo !== undefined) scene?.(demo.scenario);
	try {
		const openedAt = performance.now();
		await using terminal = await openTerminal({
			command: process.execPath,
			args: ['--import', clock, program, ...(demo === undefined ? ['--demo'] : []), '--theme', scheme],
			cols,
			rows,
			cwd: '/',
			// The user's own configuration must not appear in the pictures.
			env: {
				XDG_CONFIG_HOME: '/nonexistent',
				XDG_STATE_HOME: '/nonexistent',
				TZ: 'UTC',
				...(stillAfterMs === undefined ? {} : { STOP_CLOCK_AFTER_MS: String(stillAfterMs) }),
				...(dag === undefined ? {} : { LAKETOP_DAG: dag }),
				...addresses,
			},
		});
		for (const [index, step] of steps.entries()) {
			if (index === 0) await terminal.waitFor(step.waitFor, { timeoutMs: 300_000 });
			if (index === 0) await setTimeout(settledMs);
			await perform(terminal, step, demo?.scenario);
		}
		// The embedded stack's story takes about a minute.
		await terminal.waitFor(waitFor, { timeoutMs: 120_000, what: `the picture ${name}` });
		// Until a question accepts an answer, and shows that.
		await setTimeout(readingMs * 3);
		// Every earlier request has its response, and is drawn.
		if (stillAfterMs !== undefined)
			await setTimeout(Math.max(0, openedAt + stillAfterMs - performance.now()) + settledMs);
		const file = join(folder, `${name}${scheme === 'light' ? '-light' : ''}.svg`);
		await writeFile(file, screenToSvg(terminal.cells(), { title, scheme }));
		return relative(root, file);
	} finally {
		await demo?.close();
	}
}

async function main(wanted: readonly string[]): Promise<void> {
	if (!existsSync(program)) {
		console.error('pictures: dist/cli.js does not exist. Run npm run build');
		process.exitCode = 1;
		return;
	}
	const unknown = wanted.filter(name => !pictures.some(picture => picture.name === name));
	if (unknown.length > 0) {
		console.error(
			`pictures: unknown picture ${unknown.join(', ')} (known: ${pictures.map(({ name }) => name).join(', ')})`,
		);
		process.exitCode = 1;
		return;
	}
	await mkdir(folder, { recursive: true });
	for (const picture of pictures) {
		if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
		for (const file of await Promise.all([take(picture, 'dark'), take(picture, 'light')])) console.log(file);
	}
}

await main(process.argv.slice(2));
