import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLaketop } from '../commands/harness.ts';
import type { AlteredDemo } from './altered-demo.ts';
import { dag, expectOurs, experiment, seed, startHostileDemo, withoutMarks } from './hostile-texts.ts';
import { readCommands } from './read-commands.ts';

let altered: AlteredDemo;
beforeAll(async () => {
	altered = await startHostileDemo();
});
afterAll(() => altered.close());

test.each(readCommands.map(command => [command.words.join(' '), command] as const))(
	'laketop %s writes no control sequence that a server sent',
	async (_, { words, isJson, shows }) => {
		const ran = await runLaketop([...words, ...altered.addresses, '--dag', dag, '--experiment', experiment], {
			columns: 120,
		});
		expectOurs(ran.stdout + ran.stderr, {}, words.join(' '));
		// It was read and shown, not rejected as a whole: 1 is an unhealthy stack.
		expect(ran.exitCode, `seed ${seed}: ${ran.stderr}`).toBeLessThanOrEqual(1);
		expect(withoutMarks(ran.stdout), `seed ${seed}: ${ran.stderr}`).toMatch(shows);
		if (isJson) for (const line of jsonTexts(ran.stdout)) expect(JSON.parse(line), `seed ${seed}`).toBeTypeOf('object');
	},
	60_000,
);

/** A document, or one per line. */
function jsonTexts(text: string): string[] {
	return text.startsWith('{\n') ? [text] : text.trim().split('\n');
}
