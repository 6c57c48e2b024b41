import { expect, test, vi } from 'vitest';
import { startMonitor } from '../../source/app/monitor.ts';
import { UsageError } from '../../source/commands/given.ts';
import { commands } from '../../source/commands/table.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { DAGS } from '../../source/demo/world/dag-catalogue.ts';
import { render } from '../../source/words/message.ts';
import { demoConfig } from '../demo-config.ts';
import { englishIn, type Known, knownOf, stringsOf } from '../given/english-words.ts';
import { soon } from '../patience.ts';
import { addressesOf, runLaketop } from './harness.ts';

/** What every command prints with `--lang ko`: tables, questions, outcomes and errors hold no English word of ours. */

/** `logs`, `source`, `exec` and `completion` print the words of others; `top` those of ps. */
const lines = [
	'status',
	'services',
	'services --all --containers',
	'dags',
	'runs',
	'runs --state failed',
	'tasks',
	'metrics',
	'metrics --run model_training',
	'models',
	'df',
	'inspect airflow-scheduler',
	'config',
	'doctor',
	'doctor --deep',
	'fix',
	'ack airflow-redis',
	'ack airflow-redis --remove',
	'trust --list',
	'try',
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
	// Names that are not there, values that are none, no terminal to ask at.
	'services nowhere',
	'logs nowhere',
	'inspect nowhere',
	'top nowhere',
	'tasks nowhere',
	'runs nowhere',
	'tasks --run nowhere',
	'metrics --run nowhere',
	'models nowhere',
	'fix nowhere',
	'ack nowhere',
	'restart nowhere --yes',
	'trigger nowhere --yes',
	'trigger --conf {',
	'clear --run nowhere --yes',
	'mark --run newest --task nowhere --state success --yes',
	'restart airflow-worker',
	'runs --limit nowhere',
	'logs --since nowhere',
	'logs --grep [',
	'status --watch nowhere',
	'services --nowhere',
	'trust nowhere',
] as const;

/** Names in these lines, of this machine, of commands (in errors), and what V8 says of JSON and regular expressions. */
const more = [
	'nowhere',
	'test',
	'admin',
	...commands.map(({ name }) => name),
	...DAGS.flatMap(({ params }) => Object.keys(params)),
];
const texts = [
	...stringsOf(DAGS),
	'Unterminated character class',
	'Expected property name or in JSON at position 1 line 1 column',
];

/** Names and values that one command prints: keys of the configuration, ids of findings, answers of programs. */
const named: Readonly<Record<string, string>> = {
	config: 'config profile project true experiment pages false symbols theme mouse language off bad',
	'doctor --deep': 'PONG pong node online',
	'inspect airflow-scheduler': 'CeleryExecutor false PATH',
	'ack airflow-redis --remove': 'container exited engine unreachable',
	'ack airflow-redis': 'container exited engine unreachable',
	'ack nowhere': 'container exited engine unreachable',
};

async function knownIn(demo: DemoStack): Promise<Known> {
	const monitor = startMonitor({ config: demoConfig(demo), compose: demo.compose });
	await vi.waitFor(() => expect(monitor.store.current().mlflowRuns?.length).toBeGreaterThan(0), soon);
	await vi.waitFor(() => expect(Object.keys(monitor.store.current().taskInstances).length).toBeGreaterThan(0), soon);
	await vi.waitFor(() => expect(monitor.store.current().diagnosedAt).not.toBeNull(), soon);
	await monitor.dueChecks();
	const known = knownOf(monitor.store.current(), texts, more);
	await monitor.stop();
	return known;
}

/** What a command prints, an error of the command line included. */
async function printed(line: string, demo: DemoStack): Promise<string> {
	try {
		const ran = await runLaketop([...line.split(' '), '--lang', 'ko', ...addressesOf(demo)], {
			compose: demo.compose,
			columns: 200,
		});
		return `${ran.stdout}\n${ran.stderr}`;
	} catch (error) {
		if (error instanceof UsageError) return `${render(error.what, 'ko')}\n${render(error.fix, 'ko')}`;
		throw error;
	}
}

async function englishOf(demo: DemoStack, known: Known): Promise<Record<string, readonly string[]>> {
	const found: Record<string, readonly string[]> = {};
	for (const line of lines) {
		const own = named[line]?.split(' ') ?? [];
		const words = englishIn(await printed(line, demo), known).filter(word => !own.includes(word));
		if (words.length > 0) found[line] = [...new Set(words)];
	}
	return found;
}

test('on a healthy stack', async () => {
	const demo = await startDemo({ autonomous: false });
	expect(await englishOf(demo, await knownIn(demo))).toEqual({});
	await demo.close();
});

test('on a stack with faults', async () => {
	const demo = await startDemo({ autonomous: false });
	const failed = demo.scenario.triggerRun({ rows: 5 });
	demo.scenario.setTaskState(failed, 'raw_to_bronze', 'failed');
	demo.scenario.setRunState(failed, 'failed');
	demo.scenario.killContainer('airflow-redis');
	demo.scenario.setHealth('airflow-worker', 'unhealthy', 'Error: No nodes replied within time constraint');
	demo.scenario.addImportError(
		'/opt/airflow/dags/broken.py',
		'ModuleNotFoundError: No module named great_expectations',
	);
	expect(await englishOf(demo, await knownIn(demo))).toEqual({});
	await demo.close();
});

test('on a stack whose servers are gone', async () => {
	const demo = await startDemo({ autonomous: false });
	const known = await knownIn(demo);
	for (const server of ['docker', 'airflow', 'mlflow'] as const) await demo.scenario.takeDown(server);
	expect(await englishOf(demo, known)).toEqual({});
	await demo.close();
});
