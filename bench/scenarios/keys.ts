import { setTimeout as delay } from 'node:timers/promises';
import { populate } from '../load.ts';
import { isReady, start } from '../programs.ts';
import { pressKeys, type Scenario } from '../scenario.ts';

const presses = 40;
let names: string[] = [];

export const keysScenario: Scenario = {
	name: 'keys',
	about: `From a key to the screen at rest, ${presses} presses a run; 12 containers`,
	programs: all => all.filter(({ keys }) => keys !== undefined),
	async prepare() {
		names = await populate(12);
	},
	async measure(program) {
		const screen = start(program);
		try {
			await screen.mustShow('the first names', isReady(program, names, Math.min(4, program.listed)));
			await delay(2500);
			return { key: program.keys ? await pressKeys(screen, program.keys, presses) : [] };
		} finally {
			await screen.end();
		}
	},
};
