import { setTimeout as delay } from 'node:timers/promises';
import { populate } from '../load.ts';
import { pssOfTree } from '../proc.ts';
import { isReady, start } from '../programs.ts';
import { one, type Scenario } from '../scenario.ts';
import { slope } from '../statistics.ts';

const everyMs = 10_000;
let names: string[] = [];

export const soakScenario: Scenario = {
	name: 'soak',
	about:
		'Left alone for long, with 12 containers: how memory grows, by the line through the samples of the later two thirds',
	programs: all => all.filter(({ name }) => name === 'laketop'),
	async prepare() {
		names = await populate(12);
	},
	async measure(program, { minutes }) {
		const screen = start(program);
		try {
			await screen.mustShow('the first names', isReady(program, names, 4));
			const samples: [hours: number, megabytes: number][] = [];
			const begun = performance.now();
			while (performance.now() - begun < minutes * 60_000) {
				await delay(everyMs);
				samples.push([(performance.now() - begun) / 3_600_000, pssOfTree(screen.pid)]);
			}
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
