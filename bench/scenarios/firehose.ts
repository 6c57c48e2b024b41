import { setTimeout as delay } from 'node:timers/promises';
import { docker, populate } from '../load.ts';
import { pssOfTree } from '../proc.ts';
import { isReady, type StartOptions, start } from '../programs.ts';
import { atRest, one, pressKeys, type Scenario } from '../scenario.ts';
import type { Screen } from '../screen.ts';

/** The first by name and the newest: the easiest to select in ctop and oxker. */
const noisy = '0-firehose';
const presses = 60;
/** Lines after which every program has filled its buffer. */
const full = 60_000;
/** The speed of a telephone in a train; it buffers nothing, so that the program itself has to wait. */
const slowLine = { bytesASecond: 10_000, roundTripMs: 0, bufferBytes: 1 };

const numbersIn = (text: string) => [...text.matchAll(/numbered (\d+)/g)].map(match => Number(match[1]));

/** Age of the newest line on the screen, in lines. */
async function linesBehind(screen: Screen): Promise<number | null> {
	const shown = numbersIn(screen.lines().join('\n'));
	const written = numbersIn(await docker('logs', '--tail', '1', noisy))[0];
	return shown.length === 0 || written === undefined ? null : written - Math.max(...shown);
}

function logScenario(name: string, about: string, linesASecond: number, options: StartOptions): Scenario {
	const isSlow = options.line !== undefined;
	let names: string[] = [];
	return {
		name,
		about,
		programs: all => all.filter(({ log }) => log !== undefined),
		async measure(program, { seconds }) {
			// Made again for each program: none of them starts with the log that grew while another was measured.
			names = await populate(12, { [noisy]: { linesASecond } });
			const screen = start(program, options);
			try {
				await screen.mustShow('the first names', isReady(program, names, Math.min(4, program.listed)), 60_000);
				await delay(1500);
				await program.log?.open(screen, noisy);
				await screen.mustShow('the log', lines => lines.some(line => /numbered \d/.test(line)), 60_000);
				await delay((full / linesASecond) * 1000 + 3000);
				const early = pssOfTree(screen.pid);
				const figures = await atRest(screen, isSlow ? seconds * 2 : seconds);
				const keys = program.log?.keys;
				const key = keys ? await pressKeys(screen, keys, isSlow ? presses / 3 : presses) : [];
				const behind = one(await linesBehind(screen));
				return { ...figures, key, behind, growth: one(pssOfTree(screen.pid) - early) };
			} finally {
				await screen.end();
				await docker('rm', '--force', noisy);
			}
		},
	};
}

const pressed = `${presses} presses a run`;

export const firehoseScenarios: readonly Scenario[] = [
	logScenario('logs-5000', `The log of a container that prints 5,000 lines a second; ${pressed}`, 5000, {}),
	logScenario('logs-50000', `The log of one that prints 50,000 lines a second; ${pressed}`, 50_000, {}),
	logScenario('slow', 'The log of 5,000 lines a second on a line that takes 10 kB/s', 5000, {
		line: slowLine,
	}),
];
