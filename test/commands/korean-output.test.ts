import { expect, test, vi } from 'vitest';
import { startMonitor } from '../../source/app/monitor.ts';
import { UsageError } from '../../source/command-line/arguments/given.ts';
import { commands } from '../../source/commands/table.ts';
import { type DemoOptions, type DemoStack, startDemo } from '../../source/demo/index.ts';
import { render } from '../../source/words/message.ts';
import { demoConfig } from '../demo-config.ts';
import { namesIn, sentencesIn } from '../given/demo-words.ts';
import { englishIn, type Known, knownOf } from '../given/english-words.ts';
import { newerDags } from '../given/newer-dags.ts';
import { soon } from '../patience.ts';
import { addressesOf, type RunOptions, runLaketop } from './harness.ts';

/** What every command prints with `--lang ko`: tables, questions, outcomes and errors hold no English word of ours. */

/** Those that only show. */
const reads = [
	'status',
	'services',
	'services --all --containers',
	'dags',
	'runs',
	'runs --state failed',
	'tasks',
	'tasks --tries',
	'task model_training',
	'task raw_to_bronze --xcom return_value',
	'gantt',
	'graph',
	'grid',
	'trend',
	'report',
	'report --format html',
	'gantt --svg',
	'grid --svg',
	'trend --svg',
	'graph --svg',
	'chart accuracy --svg',
	'chart accuracy',
	'compare model_training model_evaluation',
	'compare models:/lakehouse_model/1 models:/lakehouse_model@champion',
	'metrics',
	'metrics --run model_training',
	'mlflow-runs --filter metrics.accuracy>0.1 --order-by params.layer',
	'mlflow-runs --filter metrics.accuracy>7',
	'mlflow-runs --columns status,started,duration,metrics.accuracy,params.layer,dag-run,run-id',
	'artifacts model_training',
	'artifacts raw_to_bronze',
	'models',
	'df',
	'inspect airflow-scheduler',
	'config',
	'doctor',
	'doctor --deep',
	'trust --list',
	'try',
	'backfills',
	'questions',
	'assets',
	'assets --events',
	'events',
	'source --dag-version 9',
	'logs airflow-redis --tail 0',
	'logs --task raw_to_bronze --tail 0',
	'top airflow-worker',
];

const previews = [
	'fix',
	'ack airflow-redis',
	'ack airflow-redis --remove',
	'restart airflow-postgres --dry-run',
	'stop airflow-worker --dry-run',
	'start airflow-worker --dry-run',
	'kill airflow-worker --dry-run',
	'up --dry-run',
	'down --dry-run',
	'init --dry-run',
	'trigger --dry-run',
	'clear --run newest --all --dry-run',
	'mark --run newest --state failed --dry-run',
	'mark --run newest --task silver_to_gold --state success --dry-run',
	'stop-run --run newest --dry-run',
	'note --run newest --text 메모 --dry-run',
	'pause ml_pipeline_end_to_end --dry-run',
	'unpause ml_pipeline_end_to_end --dry-run',
	'reparse --dry-run',
	'backfill --from 7d --to 2d --dry-run',
	'backfill --pause --dry-run',
	'answer --choose Approve --dry-run',
	'materialize prices --dry-run',
	'edit-model lakehouse_model 1 --alias candidate --dry-run',
];

/** Names that are not there, values that are none, no terminal to ask at. */
const mistakes = [
	'services nowhere',
	'logs nowhere',
	'inspect nowhere',
	'top nowhere',
	'tasks nowhere',
	'runs nowhere',
	'gantt nowhere',
	'graph nowhere',
	'report nowhere',
	'report --run nowhere',
	'gantt --svg --output /nowhere/gantt',
	'gantt --output gantt --watch',
	'tasks --run nowhere',
	'metrics --run nowhere',
	'models nowhere',
	'mlflow-runs --filter metrics.accuracy>',
	'mlflow-runs --filter metrics.accuracy=x',
	'mlflow-runs --filter metrics.accuracyLIKE1',
	'mlflow-runs --filter accuracy>1',
	'mlflow-runs --order-by datasets.name',
	'mlflow-runs --columns accuracy',
	'artifacts model_training nowhere',
	'artifacts model_training plots/confusion_matrix.png',
	'artifacts model_training --output /nowhere/file',
	'events nowhere',
	'backfills nowhere',
	'questions nowhere',
	'source nowhere',
	'try nowhere',
	'exec nowhere true',
	'fix nowhere',
	'ack nowhere',
	'restart nowhere --yes',
	'trigger nowhere --yes',
	'trigger --conf {',
	'clear --run nowhere --yes',
	'mark --run newest --task nowhere --state success --yes',
	'backfill --from nowhere --to 2d',
	'backfill --from 2d --to 7d',
	'backfill nowhere --cancel --yes',
	'answer nowhere --choose nowhere --yes',
	'materialize nowhere --yes',
	'edit-model nowhere 1 --alias candidate --yes',
	'edit-model lakehouse_model 99 --alias candidate --yes',
	'restart airflow-worker',
	'runs --limit nowhere',
	'logs --since nowhere',
	'logs --grep [',
	'status --watch nowhere',
	'services --nowhere',
	'trust nowhere',
	'completion nowhere',
];
const lines = [...reads, ...previews, ...mistakes];

/** Of these commands, those that show or change otherwise with Airflow 3. */
const ofAirflow = new Set(
	`status doctor dags runs tasks task gantt graph grid trend report backfills questions assets events source logs try trigger clear mark note
	backfill answer materialize`.split(/\s+/),
);
const linesOf = (airflow: '2' | '3', from: readonly string[]) =>
	airflow === '2' ? from : from.filter(line => ofAirflow.has(line.split(' ')[0] ?? ''));

/** Carried out one after the other. */
const changes = [
	'pause ml_pipeline_end_to_end --yes',
	'pause ml_pipeline_end_to_end --yes',
	'unpause ml_pipeline_end_to_end --yes',
	'trigger --yes --run-id mine',
	'trigger --yes --run-id mine',
	'trigger --yes --run-id other --wait --timeout 1 --conf {"pace":900}',
	'note --run mine --text 메모 --yes',
	'note --run mine --remove --yes',
	'mark --run other --task raw_to_bronze --state success --yes',
	'stop-run --run other --yes',
	'stop-run --run other --yes',
	'mark --run other --state success --yes',
	'clear --run other --task raw_to_bronze --yes --wait --timeout 1',
	'clear --run mine --yes',
	'restart mlflow --yes --wait --timeout 1',
	'stop mlflow --yes',
	'stop mlflow --yes',
	'start mlflow --yes',
	'kill mlflow --yes',
	'up --yes',
	'edit-model lakehouse_model 1 --alias candidate --tag checked=mine --yes',
	'edit-model lakehouse_model 1 --alias candidate --yes',
	'edit-model lakehouse_model 1 --stage Staging --yes',
	'edit-model lakehouse_model 1 --remove-alias candidate --remove-tag checked --yes',
	'reparse --yes',
	'init --yes',
	'down --yes',
];
const newerChanges = [
	'backfill daily_prices --from 7d --to 2d --yes',
	'backfill daily_prices --from 9d --to 2d --yes',
	'backfill daily_prices --pause --yes',
	'backfill daily_prices --pause --yes',
	'backfills daily_prices',
	'backfill daily_prices --unpause --yes',
	'backfill daily_prices --cancel --yes',
	'backfills',
	'questions',
	'answer release --task approve --choose nowhere --yes',
	'answer release --task approve --choose Approve --yes',
	'answer release --task choose --choose eu --param share=1000 --yes',
	'answer release --task choose --choose eu --param share=20 --yes',
	'materialize prices --yes',
	'assets --events',
	'events',
	'runs release',
	'tasks release --tries',
	'gantt release',
	'dags',
	'source report --dag-version 9',
];

/** What they print to standard output is of others: logs, files, processes, what a shell reads. */
const printsOfOthers = new Set(['logs', 'source', 'exec', 'top', 'completion', 'man', '__complete']);

/** They pass on what Docker Compose and Airflow print: lines without a Korean word. */
const runsPrograms = new Set(['up', 'down', 'init']);

test('every command is run here', () => {
	const run = new Set([...lines, ...changes, ...newerChanges].map(line => line.split(' ')[0]));
	// Hidden ones and the manual page are for programs; those that open the screen print nothing.
	const left = commands.filter(one => !one.hidden && !('opensScreen' in one) && one.name !== 'man');
	expect(left.map(({ name }) => name).filter(name => !run.has(name))).toEqual([]);
});

/** Names in these lines, of commands (in errors), and what V8 says of JSON and regular expressions. */
const more = ['nowhere', 'mine', 'other', 'manual', 'candidate', 'checked', ...commands.map(({ name }) => name)];
const texts = [
	'Unterminated character class',
	'Expected property name or in JSON at position 1 line 1 column',
	// Airflow 3, of a version that is not there.
	'The source code of the Dag with ID and version number was not found',
	'There is already a running backfill for dag',
	// A task that has returned nothing, of Airflow 2 and 3.
	'XCom entry not found',
	'XCom entry with key not found',
	// The last line of `airflow users create`, in the outcome of init.
	'admin already exist in the db',
];

/** Names and values that one command prints: keys of the configuration, ids of findings, answers of programs. */
const named: Readonly<Record<string, string>> = {
	config: 'config profile project true experiment pages false symbols theme images mouse language off critical',
	'doctor --deep': 'PONG pong node online',
	'inspect airflow-scheduler': 'CeleryExecutor false PATH',
	'ack airflow-redis --remove': 'container exited engine unreachable',
	'ack airflow-redis': 'container exited engine unreachable',
	'ack nowhere': 'container exited engine unreachable',
	'completion nowhere': 'SHELL bash zsh fish',
	'mlflow-runs --columns accuracy': 'status started duration metrics params dag-run run-id',
};

async function knownIn(demo: DemoStack, options: DemoOptions): Promise<Known> {
	const monitor = startMonitor({ config: demoConfig(demo), compose: demo.compose });
	await vi.waitFor(() => expect(monitor.store.current().mlflowRuns?.length).toBeGreaterThan(0), soon);
	await vi.waitFor(() => expect(Object.keys(monitor.store.current().taskInstances).length).toBeGreaterThan(0), soon);
	await vi.waitFor(() => expect(monitor.store.current().diagnosedAt).not.toBeNull(), soon);
	await monitor.dueChecks();
	const sentences = [...sentencesIn(options), ...texts];
	const known = knownOf(monitor.store.current(), sentences, [...namesIn(options), ...more]);
	await monitor.stop();
	return known;
}

/** What a command of ours prints, an error of the command line included. */
async function printed(line: string, demo: DemoStack, options: RunOptions = {}): Promise<string> {
	const words = line.split(' ');
	try {
		// Before the command: what follows `exec SERVICE` belongs to another one.
		const ran = await runLaketop(['--lang', 'ko', ...addressesOf(demo), ...words], {
			compose: demo.compose,
			columns: 200,
			...options,
		});
		const all = `${printsOfOthers.has(words[0] ?? '') ? '' : ran.stdout}\n${ran.stderr}`;
		return runsPrograms.has(words[0] ?? '') ? all.replaceAll(/^[^\p{Script=Hangul}\n]*$/gmu, '') : all;
	} catch (error) {
		if (error instanceof UsageError) return `${render(error.what, 'ko')}\n${render(error.fix, 'ko')}`;
		throw error;
	}
}

/** What a person reads of a picture or a page: text and labels, without tags. */
function withoutMarkup(text: string): string {
	if (!/<(svg|html)\b/.test(text)) return text;
	const labels = [...text.matchAll(/ (?:aria-label|alt|title)="([^"]*)"/g)].map(([, label]) => label);
	return [text.replaceAll(/<style>[\s\S]*?<\/style>/g, '').replaceAll(/<[^>]*>/g, ' '), ...labels].join('\n');
}

async function englishOf(
	demo: DemoStack,
	known: Known,
	of: readonly string[],
): Promise<Record<string, readonly string[]>> {
	const found: Record<string, readonly string[]> = {};
	for (const line of of) {
		const own = named[line]?.split(' ') ?? [];
		const words = englishIn(withoutMarkup(await printed(line, demo)), known).filter(word => !own.includes(word));
		if (words.length > 0) found[line] = [...new Set(words)];
	}
	return found;
}

const generations = ['2', '3'] as const;
/** Fifty commands one after the other; on a machine with thirty other processes each takes three seconds. */
const limit = { timeout: 400_000 };

test.each(generations)('on a healthy stack, Airflow %s', limit, async airflow => {
	const options = { autonomous: false, airflow, dags: newerDags };
	const demo = await startDemo(options);
	expect(await englishOf(demo, await knownIn(demo, options), linesOf(airflow, lines))).toEqual({});
	await demo.close();
});

test.each(generations)('on a stack with faults, Airflow %s', limit, async airflow => {
	const options = { autonomous: false, airflow, dags: newerDags };
	const demo = await startDemo(options);
	const failed = demo.scenario.triggerRun({ rows: 5 });
	demo.scenario.setTaskState(failed, 'raw_to_bronze', 'failed');
	demo.scenario.setRunState(failed, 'failed');
	demo.scenario.killContainer('airflow-redis');
	demo.scenario.setHealth('airflow-worker', 'unhealthy', 'Error: No nodes replied within time constraint');
	demo.scenario.addImportError(
		'/opt/airflow/dags/broken.py',
		'ModuleNotFoundError: No module named great_expectations',
	);
	const seen = [...reads, ...previews, ...mistakes.filter(line => /^(fix|ack|restart)/.test(line))];
	expect(await englishOf(demo, await knownIn(demo, options), linesOf(airflow, seen))).toEqual({});
	await demo.close();
});

test.each(generations)('on a stack whose servers are gone, Airflow %s', limit, async airflow => {
	const options = { autonomous: false, airflow };
	const demo = await startDemo(options);
	const known = await knownIn(demo, options);
	for (const server of ['docker', 'airflow', 'mlflow'] as const) await demo.scenario.takeDown(server);
	expect(await englishOf(demo, known, linesOf(airflow, [...reads, ...previews]))).toEqual({});
	await demo.close();
});

test.each(generations)('changes that are carried out, Airflow %s', limit, async airflow => {
	const options = { autonomous: false, airflow, dags: newerDags };
	const demo = await startDemo(options);
	const known = await knownIn(demo, options);
	demo.scenario.pauseDag('daily_prices');
	demo.scenario.triggerRun({}, 'release');
	if (airflow === '3') {
		await vi.waitFor(async () => expect(await printed('questions', demo)).toContain('choose'), soon);
	}
	expect(await englishOf(demo, known, [...(airflow === '3' ? newerChanges : []), ...changes])).toEqual({});
	await demo.close();
});

test('questions on a terminal', async () => {
	const options = { autonomous: false };
	const demo = await startDemo(options);
	const known = await knownIn(demo, options);
	const asked = await printed('restart mlflow', demo, { input: 'n\n' });
	expect(asked).toContain('[y/N]');
	expect(englishIn(asked, known)).toEqual([]);
	await demo.close();
});
