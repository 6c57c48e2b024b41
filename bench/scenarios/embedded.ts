/**
 * Short measurements on the embedded servers, for a comparison of two builds beside other work: times of the processor,
 * counts of bytes, and times of which the ratio counts.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Embedded, startEmbedded } from '../embedded.ts';
import { services } from '../load.ts';
import { cpuOfThreads } from '../proc.ts';
import { isReady, type Program, showsFigures, start } from '../programs.ts';
import type { Figures } from '../results.ts';
import { atRest, one, pressKeys, type Scenario } from '../scenario.ts';

/** Enough for a median of each round. */
const presses = 14;
/** After the start's own work, without what happens only once a minute. */
const settleMs = 8000;

let embedded: Embedded | undefined;

const onEmbedded = {
	isOnEmbedded: true,
	isForBuilds: true,
	programs: all => all.filter(({ watches }) => watches === 'both'),
	startOptions: program => embedded?.startOptions(program) ?? {},
	async prepare() {
		embedded = await startEmbedded();
	},
	async finish() {
		embedded?.stop();
	},
} satisfies Partial<Scenario>;

const begin = (program: Program) => start(program, onEmbedded.startOptions(program));

export const embeddedScenario: Scenario = {
	...onEmbedded,
	name: 'embedded',
	about: `The start and ${presses} presses a run, on the embedded servers`,
	async measure(program): Promise<Figures> {
		const screen = begin(program);
		try {
			const named = await screen.mustShow('the names', isReady(program, services), 60_000);
			const cpu = cpuOfThreads(screen.pid);
			const figures = await screen.waitFor(showsFigures(program, services), 60_000);
			const bytes = screen.bytes;
			await delay(1000);
			const before = { bytes: screen.bytes, cpu: cpuOfThreads(screen.pid) };
			const key = program.keys ? await pressKeys(screen, program.keys, presses) : [];
			return {
				'first frame that names the services, ms': one(named - screen.startedAt),
				'its CPU time, ms': one(cpu * 1000),
				'CPU and memory of all, ms': one(figures === null ? null : figures - screen.startedAt),
				'bytes until then': one(bytes),
				'key → screen, ms': key,
				'CPU time a key, ms': one(((cpuOfThreads(screen.pid) - before.cpu) / presses) * 1000),
				'bytes a key': one((screen.bytes - before.bytes) / presses),
			};
		} finally {
			await screen.end();
		}
	},
};

export const embeddedRestScenario: Scenario = {
	...onEmbedded,
	name: 'embedded-rest',
	about: 'Left alone on the embedded servers, all runs of both at the same time',
	isSimultaneous: true,
	async measure(program, { seconds }): Promise<Figures> {
		const screen = begin(program);
		try {
			await screen.mustShow('the names', isReady(program, services), 60_000);
			await delay(settleMs);
			const [began, before] = [performance.now(), cpuOfThreads(screen.pid)];
			const { bytes = [], frames = [], pss = [] } = await atRest(screen, seconds);
			const elapsed = (performance.now() - began) / 1000;
			return {
				'CPU time a minute at rest, ms': one(((cpuOfThreads(screen.pid) - before) / elapsed) * 60_000),
				'bytes/s at rest': bytes,
				'writes/s at rest': frames,
				// The copies of both builds share the pages of Node.
				'memory without shared pages (PSS), MB': pss,
			};
		} finally {
			await screen.end();
		}
	},
};
