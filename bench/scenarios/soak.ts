import { setTimeout as delay } from 'node:timers/promises';
import { docker, populate } from '../load.ts';
import { pssOfTree } from '../proc.ts';
import { isReady, start } from '../programs.ts';
import { one, type Scenario } from '../scenario.ts';
import type { Screen } from '../screen.ts';
import { median, slope } from '../statistics.ts';

const everyMs = 10_000;
let names: string[] = [];

export const soakScenario: Scenario = {
	name: 'soak',
	about:
		'Left alone for long, with 12 containers: how memory grows, by the line through the samples of the later two thirds',
	programs: all => all.filter(({ watches }) => watches === 'both'),
	async prepare() {
		names = await populate(12);
	},
	async measure(program, { minutes }) {
		const screen = start(program);
		try {
			await screen.mustShow('the first names', isReady(program, names, 4));
			const samples = await memory(screen, minutes);
			const later = samples.slice(Math.floor(samples.length / 3));
			return {
				slope: one(slope(later)),
				minutes: one(minutes),
				early: one(later[0]?.[1] ?? null),
				late: one(samples.at(-1)?.[1] ?? null),
				samples: samples.map(([, megabytes]) => megabytes),
			};
		} finally {
			await screen.end();
		}
	},
};

/** Samples of the memory, every ten seconds, with the hours since the start. */
async function memory(screen: Screen, minutes: number): Promise<[hours: number, megabytes: number][]> {
	const samples: [number, number][] = [];
	const begun = performance.now();
	while (performance.now() - begun < minutes * 60_000) {
		await delay(everyMs);
		samples.push([(performance.now() - begun) / 3_600_000, pssOfTree(screen.pid)]);
	}
	return samples;
}

const noisy = '0-firehose';
/** Samples in half a minute: momentary garbage is no growth. */
const halfAMinute = 3;

/** An endless log: memory after ten minutes must be what it was after one. */
export function logSoakScenario(linesASecond: number): Scenario {
	return {
		name: `soak-logs-${linesASecond}`,
		about: `The log of ${linesASecond.toLocaleString('en')} lines a second for long: memory in the second minute and in the last`,
		programs: all => all.filter(({ watches }) => watches === 'both'),
		async measure(program, { minutes }) {
			await populate(12, { [noisy]: { linesASecond } });
			const screen = start(program);
			try {
				await screen.mustShow('the first names', isReady(program, [noisy], 1), 60_000);
				await program.log?.open(screen, noisy);
				await screen.mustShow('the log', lines => lines.some(line => /numbered \d/.test(line)), 60_000);
				const samples = (await memory(screen, minutes)).map(([, megabytes]) => megabytes);
				const minute = 60_000 / everyMs;
				return {
					minutes: one(minutes),
					early: one(median(samples.slice(minute - 1, minute - 1 + halfAMinute))),
					late: one(median(samples.slice(-halfAMinute))),
					most: one(Math.max(...samples)),
					samples,
				};
			} finally {
				await screen.end();
				await docker('rm', '--force', noisy);
			}
		},
	};
}
