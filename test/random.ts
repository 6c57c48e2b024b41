/**
 * Random input of tests, the same on every run, so that a test which was green does not fail at random. For a search for
 * faults (`npm run hunt`) both are set from outside:
 * - FUZZ_SEED: the seed, or `random` for another one on each run, which `vitest.config.ts` chooses and prints
 * - FUZZ_TIMES: how many times as many inputs are tried
 */
const usual = 20_261_130;
/** Seeds of fast-check are 32-bit integers. */
const seeds = 2 ** 31;

/** @throws Error for what is no seed: a search with a mistyped one would repeat the usual run */
export function chosenSeed(text: string | undefined): number {
	if (text === 'random') return Math.floor(Math.random() * seeds);
	return wholeNumber('FUZZ_SEED', text, usual);
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
	if (text === undefined || text === '') return otherwise;
	if (!/^\d{1,10}$/.test(text) || Number(text) >= seeds) throw new Error(`${name} is no whole number: "${text}"`);
	return Number(text);
}

/** Of all random input of this run; the failure of a property prints it too. */
export const seed = chosenSeed(process.env.FUZZ_SEED);
const times = wholeNumber('FUZZ_TIMES', process.env.FUZZ_TIMES, 1);

/** How many inputs are tried where `npm test` tries `few`. */
export const runs = (few: number) => few * times;
/** As long as `npm test` waits, for as many times as many inputs, ms. */
export const longer = (ms: number) => ms * times;
