import { describe, expect, test } from 'vitest';
import { gatherMs } from '../../source/command-line/show/show.ts';
import { cleanId } from '../../source/model/text/outside-id.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { runLaketop } from '../commands/harness.ts';
import { seed } from '../random.ts';
import type { AlteredDemo } from './altered-demo.ts';
import { dag, daily, expectOurs, experiment, type KeptKind, keptKinds, startHostileDemo } from './hostile-texts.ts';
import { fillNewer, newerOptions } from './newer-demo.ts';
import { newerReadCommands, type ReadCommand, readCommands } from './read-commands.ts';
import { walkScreen } from './walk-screen.ts';

/**
 * Control sequences in the texts that the program acts on: versions, values, states, types, times, ids and labels. Such
 * a response becomes another stack or an error; in every case the output contains only the program's own sequences.
 */
const kinds = Object.keys(keptKinds) as KeptKind[];

/** A stack in such states is never complete: without this, each command waits 12 s for the rest. */
const hasty: Clock = {
	now: systemClock.now,
	sleep: (ms, signal) => systemClock.sleep(ms === gatherMs ? 3000 : ms, signal),
};

describe.each(kinds)('%s', kind => {
	test('no command that reads writes a control sequence', { timeout: 300_000 }, async () => {
		const altered = await startHostileDemo(kind);
		try {
			for (const command of readCommands) await expectHarmless(altered, command);
		} finally {
			await altered.close();
		}
		const newer = await startHostileDemo(kind, newerOptions);
		try {
			await fillNewer(newer.demo);
			for (const command of newerReadCommands) await expectHarmless(newer, command);
		} finally {
			await newer.close();
		}
	});

	async function expectHarmless(altered: AlteredDemo, { words, isJson }: ReadCommand): Promise<void> {
		const named = words.map(word => (word === 'DAILY' ? daily : word));
		const argv = [...named, ...altered.addresses, '--project', 'mlops', '--dag', dag, '--experiment', experiment];
		const ran = await runLaketop(argv, { columns: 120, clock: hasty });
		expectOurs(ran.stdout + ran.stderr, {}, `${kind}: ${words.join(' ')}`);
		// 1: not healthy; 2: unknown name; 3: unreachable; 4: refused. Nothing else ends it.
		expect([0, 1, 2, 3, 4], `seed ${seed}: ${words.join(' ')}: ${ran.stderr}`).toContain(ran.exitCode);
		if (isJson && ran.stdout.startsWith('{\n')) expect(JSON.parse(ran.stdout)).toBeTypeOf('object');
	}

	test('no screen shows a control sequence', { timeout: 300_000 }, async () => {
		const altered = await startHostileDemo(kind);
		try {
			const more = { dag: cleanId(dag), experiment };
			const check = (text: string, where: string) =>
				expectOurs(text, { csi: 'm', c0: '\n', esc: '', modes: [] }, `${kind}: ${where}`);
			const seen = await walkScreen(altered, more, check, false);
			expect(seen.length).toBeGreaterThan(10_000);
		} finally {
			await altered.close();
		}
	});
});
