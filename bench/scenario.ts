/** The type of a scenario, and functions that several scenarios use. */
import { setTimeout as delay } from 'node:timers/promises';
import { cpuOfGroup, cpuOfNames, cpuOfTree, pssOfTree } from './proc.ts';
import type { Program, StartOptions } from './programs.ts';
import type { Figures } from './results.ts';
import type { Screen } from './screen.ts';

export type Options = {
	/** Length of an idle window. */
	readonly seconds: number;
	/** Length of the soak. */
	readonly minutes: number;
};

export type Scenario = {
	name: string;
	about: string;
	programs: (all: readonly Program[]) => readonly Program[];
	/** How a program is started, after `prepare`; by default without options. */
	startOptions?: (program: Program) => StartOptions;
	/** It needs no container engine and no stack. */
	isOnEmbedded?: boolean;
	/** Only for a comparison of two builds: what every build has in common is missing or halved. */
	isForBuilds?: boolean;
	/** Two builds and all runs of them are measured at the same time: they wait, and see the same. */
	isSimultaneous?: boolean;
	/** Before the first run. */
	prepare?: () => Promise<void>;
	/** Measures one program once. */
	measure: (program: Program, options: Options) => Promise<Figures>;
	/** After the last run, also after a failure. */
	finish?: () => Promise<void>;
};

export const one = (value: number | null) => [value];

/** Containers whose CPU is watched, each with a process of its control group. */
export type Watched = Readonly<Record<string, number>>;

/** Waits this long: the cost of the program and of the servers that it polls. CPU in % of a core. */
export async function atRest(screen: Screen, seconds: number, watched: Watched = {}): Promise<Figures> {
	const engine = ['dockerd', 'containerd'];
	const count = () => ({
		at: performance.now(),
		bytes: screen.bytes,
		bursts: screen.bursts,
		cpu: cpuOfTree(screen.pid),
		engine: cpuOfNames(engine),
		watched: Object.values(watched).map(cpuOfGroup),
	});
	const before = count();
	const memory: number[] = [];
	for (let part = 0; part < 3; part++) {
		await delay((seconds / 3) * 1000);
		memory.push(pssOfTree(screen.pid));
	}
	const after = count();
	const elapsed = (after.at - before.at) / 1000;
	const percent = (from: number, to: number) => one(((to - from) / elapsed) * 100);
	return {
		cpu: percent(before.cpu, after.cpu),
		engine: percent(before.engine, after.engine),
		bytes: one((after.bytes - before.bytes) / elapsed),
		frames: one((after.bursts - before.bursts) / elapsed),
		pss: one(memory.toSorted((a, b) => a - b)[1] ?? 0),
		...Object.fromEntries(
			Object.keys(watched).map((name, index) => [
				name,
				percent(before.watched[index] ?? 0, after.watched[index] ?? Number.NaN),
			]),
		),
	};
}

/** Presses two keys in turn, at uneven times, and measures the time to their changes, ms. */
export async function pressKeys(
	screen: Screen,
	keys: NonNullable<Program['keys']>,
	presses: number,
): Promise<(number | null)[]> {
	const answers: (number | null)[] = [];
	for (let press = 0; press < presses; press++) {
		answers.push(await screen.keyToChange(press % 2 === 0 ? keys.forth : keys.back, keys.look));
		await delay(60 + Math.random() * 120);
	}
	return answers;
}
