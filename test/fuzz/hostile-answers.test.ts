import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLaketop } from '../commands/harness.ts';
import { seed } from '../random.ts';
import type { AlteredDemo } from './altered-demo.ts';
import {
	dag,
	daily,
	expectOurs,
	experiment,
	shownId,
	shownName,
	startHostileDemo,
	withoutMarks,
} from './hostile-texts.ts';
import { fillNewer, newerOptions } from './newer-demo.ts';
import { newerReadCommands, type ReadCommand, readCommands } from './read-commands.ts';

let altered: AlteredDemo;
let newer: AlteredDemo;
beforeAll(async () => {
	altered = await startHostileDemo();
	newer = await startHostileDemo(undefined, newerOptions);
	await fillNewer(newer.demo);
});
afterAll(async () => {
	await altered.close();
	await newer.close();
});

const rows = (commands: readonly ReadCommand[]) => commands.map(command => [command.words.join(' '), command] as const);

test.each(rows(readCommands))('laketop %s writes no control sequence that a server sent', async (_, command) => {
	await expectHarmless(altered, command);
});

test.each(rows(newerReadCommands))('laketop %s writes none of Airflow 3', async (_, command) => {
	await expectHarmless(newer, { ...command, words: command.words.map(word => (word === 'DAILY' ? daily : word)) });
});

/** MLflow runs, which `compare` expects by the names that it shows. */
const compared = ['model_training', 'model_evaluation'];
const task = 'raw_to_bronze';

async function expectHarmless(of: AlteredDemo, command: ReadCommand): Promise<void> {
	const { isJson, shows } = command;
	const words = command.words.map(word =>
		compared.includes(word) ? shownName(word) : word === task ? shownId(word) : word,
	);
	const ran = await runLaketop([...words, ...of.addresses, '--dag', dag, '--experiment', experiment], {
		columns: 120,
	});
	expectOurs(ran.stdout + ran.stderr, {}, words.join(' '));
	// It was read and shown, not rejected as a whole: 1 is an unhealthy stack.
	expect(ran.exitCode, `seed ${seed}: ${ran.stderr}`).toBeLessThanOrEqual(1);
	expect(withoutMarks(ran.stdout), `seed ${seed}: ${ran.stderr}`).toMatch(shows);
	if (isJson) for (const line of jsonTexts(ran.stdout)) expect(JSON.parse(line), `seed ${seed}`).toBeTypeOf('object');
}

/** A document, or one per line. */
function jsonTexts(text: string): string[] {
	return text.startsWith('{\n') ? [text] : text.trim().split('\n');
}
