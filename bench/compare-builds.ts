/** Measures two builds of laketop in turn. */
import { resolve } from 'node:path';
import type { Builds, Round } from './compare.ts';
import { buildIn, type Program, warmUp } from './programs.ts';
import type { Figures } from './results.ts';
import type { Options, Scenario } from './scenario.ts';

/** Called after each measurement of a program; runs count from 0. */
export type OnFigures = (program: Program, run: number, figures: Figures) => void;

/** One round: the programs one after the other, every second round in the other order; or all at the same time. */
async function round(
	scenario: Scenario,
	programs: readonly Program[],
	run: number,
	options: Options,
	onFigures: OnFigures,
): Promise<Round[]> {
	const measured: Record<string, Figures> = {};
	const measure = async (program: Program) => {
		const figures = await scenario.measure(program, options);
		measured[program.name] = figures;
		onFigures(program, run, figures);
	};
	if (scenario.isSimultaneous) await Promise.all(programs.map(measure));
	else for (const program of run % 2 === 0 ? programs : programs.toReversed()) await measure(program);
	const { old: older, new: newer } = measured;
	return older && newer ? [{ older, newer }] : [];
}

/** Two builds in turn, each round starting with the other one. Nothing is stored. */
export async function measureBuilds(
	scenario: Scenario,
	{ older, newer }: Builds,
	{ runs, ...options }: Options & { readonly runs: number },
	onFigures: OnFigures,
): Promise<Round[]> {
	const builds = [buildIn(resolve(older), 'old'), buildIn(resolve(newer), 'new')];
	const programs = scenario.programs(builds).filter(program => builds.includes(program));
	const numbers = Array.from({ length: runs }, (_, run) => run);
	try {
		await scenario.prepare?.();
		if (scenario.isSimultaneous)
			return (await Promise.all(numbers.map(run => round(scenario, programs, run, options, onFigures)))).flat();
		for (const program of programs) await warmUp(program, scenario.startOptions?.(program));
		const rounds: Round[] = [];
		for (const run of numbers) rounds.push(...(await round(scenario, programs, run, options, onFigures)));
		return rounds;
	} finally {
		await scenario.finish?.();
	}
}
