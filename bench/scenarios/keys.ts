import { setTimeout as delay } from 'node:timers/promises';
import { busyLoops, makeBusy } from '../busy.ts';
import { populate, usualContainers } from '../load.ts';
import { isReady, start } from '../programs.ts';
import { pressKeys, type Scenario } from '../scenario.ts';

const presses = 40;

export function keysScenario(isBusy: boolean): Scenario {
	let names: string[] = [];
	let makeIdle: (() => void) | undefined;
	return {
		name: isBusy ? 'keys-busy' : 'keys',
		about: `From a key to the screen at rest, ${presses} presses a run; ${usualContainers} containers${isBusy ? `; ${busyLoops} processes compute meanwhile` : ''}`,
		programs: all => all.filter(({ keys }) => keys !== undefined),
		async prepare() {
			names = await populate(usualContainers);
			if (isBusy) makeIdle = makeBusy();
		},
		async measure(program) {
			const screen = start(program);
			try {
				await screen.mustShow('the first names', isReady(program, names, Math.min(4, program.listed)), 60_000);
				await delay(isBusy ? 10_000 : 2500);
				return { key: program.keys ? await pressKeys(screen, program.keys, presses) : [] };
			} finally {
				await screen.end();
			}
		},
		async finish() {
			makeIdle?.();
		},
	};
}
