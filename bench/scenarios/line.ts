import { setTimeout as delay } from 'node:timers/promises';
import { type Drawn, DrawnCells } from '../drawn.ts';
import { type Embedded, startEmbedded } from '../embedded.ts';
import { services } from '../load.ts';
import { isReady, type Program, type StartOptions, showsFigures, start } from '../programs.ts';
import type { Figures } from '../results.ts';
import { one, pressKeys, type Scenario } from '../scenario.ts';

/** A telephone in a train, through ssh. */
const shape = { bytesASecond: 10_000, roundTripMs: 300, bufferBytes: 64_000 };
const presses = 10;

let embedded: Embedded | undefined;
const startOptions = (program: Program): StartOptions => embedded?.startOptions(program) ?? {};

const drawn = (part: string, { bytes, again }: Drawn): Figures => ({
	[`${part} bytes`]: one(bytes),
	[`${part} again`]: one(again * 100),
});

export const lineScenario: Scenario = {
	name: 'line',
	about: `A line of 10 kB/s with a round trip of 300 ms, on the embedded servers; ${presses} presses a run`,
	programs: all => all.filter(({ watches }) => watches === 'both' || watches === 'containers'),
	startOptions,
	isOnEmbedded: true,
	async prepare() {
		embedded = await startEmbedded();
	},
	async measure(program, { seconds }): Promise<Figures> {
		const output: Buffer[] = [];
		const screen = start(program, { ...startOptions(program), line: shape, onOutput: data => output.push(data) });
		const cells = new DrawnCells();
		// Whole characters: the program's pauses between these parts are longer than a cut one.
		const drawnSince = () => cells.add(Buffer.concat(output.splice(0)).toString());
		try {
			// A short list has containers of other projects first.
			const enough = program.listed > 5 ? 4 : 1;
			const named = await screen.mustShow('the names', isReady(program, services, enough), 60_000);
			const figures = await screen.waitFor(showsFigures(program, services, enough));
			await delay(5000);
			const begun = await drawnSince();
			const key = program.keys ? await pressKeys(screen, program.keys, presses) : [];
			await delay(1000);
			const pressed = await drawnSince();
			await delay(seconds * 1000);
			const rested = await drawnSince();
			const since = (at: number | null) => one(at === null ? null : at - screen.startedAt);
			return {
				...{ named: since(named), figures: since(figures), key },
				...drawn('start', begun),
				...drawn('keys', pressed),
				...drawn('rest', rested),
			};
		} finally {
			cells.dispose();
			await screen.end();
		}
	},
	async finish() {
		embedded?.stop();
	},
};
