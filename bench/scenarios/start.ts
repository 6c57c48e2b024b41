import { busyLoops, makeBusy } from '../busy.ts';
import { populate, usualContainers } from '../load.ts';
import { isReady, shownOf, showsFigures, start } from '../programs.ts';
import type { Figures } from '../results.ts';
import { one, type Scenario } from '../scenario.ts';

/** A busy host: seconds, not fractions of one. */
const timeoutMs = 60_000;

export function startScenario(isBusy: boolean): Scenario {
	let names: string[] = [];
	let makeIdle: (() => void) | undefined;
	return {
		name: isBusy ? 'start-busy' : 'start',
		about: `From the start of the process to the containers on the screen, and to their CPU and memory; ${usualContainers} containers${isBusy ? `; ${busyLoops} processes compute meanwhile` : ''}`,
		programs: all => all,
		async prepare() {
			names = await populate(usualContainers);
			if (isBusy) makeIdle = makeBusy();
		},
		async measure(program): Promise<Figures> {
			const screen = start(program);
			try {
				const named = await screen.mustShow('the names', isReady(program, names), timeoutMs);
				if (program.hasFigures === undefined) return { named: one(named - screen.startedAt) };
				// Half of them: in some programs an idle container has no CPU figure.
				const enough = Math.ceil(shownOf(program, names) / 2);
				const first = await screen.waitFor(showsFigures(program, names, enough));
				const all = await screen.waitFor(showsFigures(program, names));
				const since = (at: number | null) => one(at === null ? null : at - screen.startedAt);
				return { named: since(named), 'first figures': since(first), figures: since(all) };
			} finally {
				await screen.end();
			}
		},
		async finish() {
			makeIdle?.();
		},
	};
}
