import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../source/commands/parse.ts';
import { findCommand } from '../../source/commands/table.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, runLaketop } from '../commands/harness.ts';
import { newerDags } from '../given/newer-dags.ts';
import { demandPastable, pasted } from '../given/pasted.ts';
import { commandsIn, pages, textOf } from './pages.ts';

test.each(pages)('%s: a shell and laketop understand its commands', async page => {
	await demandPastable(commandsIn(textOf(page)));
});

/** Options that select the stack; here it is the demo. */
const stackOptions = /^--(demo|project|profile|docker-host|airflow-url|mlflow-url|config|compose-file)$/;

/** Placeholders for the reader's own names and files, and the DAG that the rehearsal of faults adds to its stack. */
const readersOwn = /\bID\b|my_\w+|@\w|new_dag|\bmodel_rehearsal\b/;

/** Commands that end only when they are interrupted. */
const goesOn = (words: readonly string[]) => words.some(word => /^(-f|--follow|-w|--watch)$/.test(word));
const warningLine = '[2026-11-24 14:02:22,123: WARNING/MainProcess] the queue is long';

/** What needs Airflow 3. */
const ofAirflow3 = /^(?:backfills?|questions|answer|assets|materialize|events)\b|^source .*--(?:run|dag-version)\b/;

/** The commands of all pages, each once, as words. */
const all = [
	...new Map(
		pasted(pages.flatMap(page => commandsIn(textOf(page))))
			.flat()
			.filter(([program, ...words]) => program === 'laketop' && words.length > 0)
			.map(([, ...words]) => [words.join(' '), words] as const),
	).values(),
].filter(words => !words.some(word => stackOptions.test(word) || word === '--help' || readersOwn.test(word)));

const nameOf = async (words: readonly string[]) => {
	const parsed = await parseCommandLine(words);
	return parsed.kind === 'command' ? parsed.command.name : null;
};
const named = await Promise.all(all.map(async words => ({ words, line: words.join(' '), name: await nameOf(words) })));
const rowOf = (name: string | null) => (name === null ? undefined : findCommand(name));
const lookers = named.filter(({ name }) => rowOf(name)?.group === 'look' && name !== 'ack' && name !== 'try');
// A healthy stack has nothing to fix.
const changers = named.filter(
	({ name }) => name !== 'fix' && rowOf(name)?.options?.some(option => option.name === 'dry-run'),
);

describe.concurrent('on the demo', () => {
	let demo: DemoStack;
	let newer: DemoStack;
	/** Where commands write the files that they are told to write. */
	let workingDirectory: string;
	const demoFor = (line: string) => (ofAirflow3.test(line) ? newer : demo);
	beforeAll(async () => {
		workingDirectory = await mkdtemp(join(tmpdir(), 'laketop-docs-'));
		demo = await startDemo({ autonomous: false });
		newer = await startDemo({ autonomous: false, airflow: '3', dags: newerDags });
	});
	afterAll(() => Promise.all([demo.close(), newer.close(), rm(workingDirectory, { recursive: true })]));

	test('there are commands to run', () => {
		expect(lookers.length).toBeGreaterThan(20);
		expect(changers.length).toBeGreaterThan(10);
	});

	test.each(lookers.filter(({ words }) => !goesOn(words)))('laketop $line', async ({ words, line }) => {
		const { exitCode, stderr } = await runLaketop([...addressesOf(demoFor(line)), ...words], { workingDirectory });
		expect({ exitCode, stderr }).toMatchObject({ exitCode: expect.toBeOneOf([0, 1]) });
	});

	test.each(lookers.filter(({ words }) => goesOn(words)))(
		'laketop $line, until it has shown something',
		async ({ words, line }) => {
			const stack = demoFor(line);
			const abort = new AbortController();
			// A log of warnings shows nothing before there is one.
			const warning = setInterval(() => stack.scenario.emitLog('airflow-worker', warningLine), 100);
			const { exitCode, stdout, stderr } = await runLaketop([...addressesOf(stack), ...words], {
				signal: abort.signal,
				onOutput: () => abort.abort(),
			}).finally(() => clearInterval(warning));
			expect(stdout).not.toBe('');
			expect({ exitCode, stderr }).toMatchObject({ exitCode: expect.toBeOneOf([0, 1, 130]) });
		},
	);

	test.each(changers)('laketop $line, as a dry run', async ({ words, line }) => {
		const stack = demoFor(line);
		const { exitCode, stderr } = await runLaketop([...addressesOf(stack), ...words, '--dry-run'], {
			compose: stack.compose,
		});
		// 4: there is nothing to do on a healthy stack.
		expect({ exitCode, stderr }).toMatchObject({ exitCode: expect.toBeOneOf([0, 4]) });
	});
});
