/**
 * `npm run pictures`: the pictures of the documentation, taken from the built program on the embedded stack. A name or
 * several as arguments take only those.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Condition, type Key, type OpenTerminal, openTerminal } from '../test/terminal/harness.ts';
import { root } from './root.ts';
import { screenToSvg } from './screen-to-svg.ts';

/** A key to press, or a text to type, once the screen is as awaited. */
type Step = { waitFor: Condition; press?: Key; type?: string };

type Picture = {
	/** The file's name in docs/pictures, without its ending. */
	name: string;
	title: string;
	cols: number;
	rows: number;
	steps: Step[];
	/** When the picture is taken. */
	waitFor: Condition;
};

const has =
	(...patterns: RegExp[]): Condition =>
	screen =>
		patterns.every(pattern => pattern.test(screen.join('\n')));

/** Every pane has something to show: services with charts of some length, the pipeline's tasks, metrics. */
const filled = [/airflow-worker .*healthy/, /[▂-█]{8}/, /raw_to_/, /accuracy/];

const pictures: Picture[] = [
	{
		name: 'overview',
		title: 'laketop: services, a pipeline that runs, logs and metrics',
		cols: 120,
		rows: 40,
		steps: [],
		waitFor: has(...filled, /Pipeline .*running/, /● silver_/),
	},
	{
		name: 'unhealthy',
		title: 'laketop: a service that is unhealthy',
		cols: 120,
		rows: 40,
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
		title: 'laketop asks before it starts a run',
		cols: 120,
		rows: 40,
		steps: [
			{ waitFor: has(...filled), type: 't' },
			{ waitFor: /: params/, press: 'enter' },
		],
		waitFor: /trigger ml_pipeline_end_to_end\?/,
	},
	{
		name: 'form',
		title: 'laketop: the params of a run',
		cols: 120,
		rows: 40,
		steps: [
			{ waitFor: has(...filled), type: 't' },
			{ waitFor: /: params/, press: 'down' },
			{ waitFor: /▸ fail_at/, press: 'right' },
		],
		waitFor: /conf \{"fail_at"/,
	},
	{
		name: 'dags',
		title: 'laketop: all DAGs',
		cols: 120,
		rows: 40,
		steps: [{ waitFor: has(...filled), type: 'D' }],
		waitFor: /iceberg_compaction.*success/,
	},
	{
		name: 'palette',
		title: 'laketop: any action by a few letters',
		cols: 120,
		rows: 40,
		steps: [
			{ waitFor: has(...filled), type: ':' },
			{ waitFor: /Do or go to/, type: 'res' },
		],
		waitFor: /▸ +r +restart/,
	},
	{
		name: 'help',
		title: 'laketop: the keys',
		cols: 120,
		rows: 40,
		steps: [{ waitFor: has(...filled), type: '?' }],
		waitFor: /Restart the selected or marked/,
	},
];

const program = join(root, 'dist/cli.js');
const folder = join(root, 'docs/pictures');

async function perform(terminal: OpenTerminal, { waitFor, press, type }: Step): Promise<void> {
	await terminal.waitFor(waitFor);
	if (press !== undefined) {
		terminal.press(press);
	}
	if (type !== undefined) {
		terminal.write(type);
	}
}

async function take({ name, title, cols, rows, steps, waitFor }: Picture): Promise<string> {
	await using terminal = await openTerminal({ command: process.execPath, args: [program, '--demo'], cols, rows });
	for (const step of steps) {
		await perform(terminal, step);
	}
	// The embedded stack's story takes about a minute.
	await terminal.waitFor(waitFor, { timeoutMs: 120_000, what: `the picture ${name}` });
	const file = join(folder, `${name}.svg`);
	await writeFile(file, screenToSvg(terminal.cells(), { title }));
	return relative(root, file);
}

async function main(wanted: readonly string[]): Promise<void> {
	if (!existsSync(program)) {
		console.error('pictures: dist/cli.js does not exist: npm run build');
		process.exitCode = 1;
		return;
	}
	const unknown = wanted.filter(name => !pictures.some(picture => picture.name === name));
	if (unknown.length > 0) {
		console.error(
			`pictures: no picture is called ${unknown.join(', ')}; there are ${pictures.map(({ name }) => name).join(', ')}`,
		);
		process.exitCode = 1;
		return;
	}
	await mkdir(folder, { recursive: true });
	for (const picture of pictures) {
		if (wanted.length === 0 || wanted.includes(picture.name)) {
			console.log(await take(picture));
		}
	}
}

await main(process.argv.slice(2));
