import { setTimeout as delay } from 'node:timers/promises';
import { populate, usualContainers, watchedServers } from '../load.ts';
import { bareNode, isReady, nobody, start } from '../programs.ts';
import { atRest, type Scenario } from '../scenario.ts';

/** Time for the work of the start, and until frequent code is compiled. */
const settleSeconds = 20;
/**
 * Longer than laketop's two minutes, after which it polls less often (`source/feeds/quiet.ts`): it is left open all
 * day.
 */
const quietSeconds = 150;

/** @param isQuiet after minutes without news, not after seconds */
export function restScenario(containers: number, isQuiet = false): Scenario {
	const settle = isQuiet ? quietSeconds : settleSeconds;
	let names: string[] = [];
	return {
		name: `${isQuiet ? 'quiet' : 'rest'}-${containers}`,
		about: `Left alone ${isQuiet ? 'for minutes ' : ''}with ${containers} containers: CPU, memory, bytes to the terminal, CPU of the engine and of Airflow and MLflow`,
		programs: all => [
			nobody,
			...(containers === usualContainers ? [bareNode] : []),
			...all.filter(({ watches }) => watches !== 'airflow'),
		],
		async prepare() {
			names = await populate(containers);
			await delay(3000);
		},
		async measure(program, { seconds }) {
			const screen = start(program);
			try {
				await screen.mustShow('the first names', isReady(program, names, Math.min(4, program.listed)));
				await delay(settle * 1000);
				return await atRest(screen, seconds, await watchedServers());
			} finally {
				await screen.end();
			}
		},
	};
}
