/** The raw results, stored in a file, so that scenarios measured at different times share one page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const figuresShape = z.record(z.string(), z.array(z.nullable(z.number())));

const measuredShape = z.object({
	date: z.string(),
	runs: z.number(),
	/** One-minute load average at the start. */
	load: z.number(),
	machine: z.string(),
	engine: z.string(),
	/** The measured commit. */
	commit: z.string(),
	versions: z.record(z.string(), z.string()),
	/** By program, by figure: one value for each run, or each try of each run; null: no value. */
	figures: z.record(z.string(), figuresShape),
});

export type Figures = z.infer<typeof figuresShape>;
export type Measured = z.infer<typeof measuredShape>;
/** By the scenario's name. */
export type Results = Record<string, Measured>;

export const resultsFile = join(import.meta.dirname, 'results.json');

/** Throws if this program has not written the text. */
export function parseResults(text: string): Results {
	const parsed = z.safeParse(z.record(z.string(), measuredShape), JSON.parse(text));
	if (parsed.success) return parsed.data;
	throw new Error(`bench/results.json: ${z.prettifyError(parsed.error)}. Remove it and measure again`);
}

export function readResults(): Results {
	let text: string;
	try {
		text = readFileSync(resultsFile, 'utf8');
	} catch {
		return {};
	}
	return parseResults(text);
}

const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);

export function writeResults(results: Results): void {
	const lines = JSON.stringify(results, rounded, '\t')
		// A list of figures on one line.
		.replaceAll(/\[[\d\s.,nule+-]*\]/g, list => list.replaceAll(/\s+/g, ' '));
	writeFileSync(resultsFile, `${lines}\n`);
}

/** The values that exist. */
export function valuesOf(results: Results, scenario: string, program: string, figure: string): number[] {
	return (results[scenario]?.figures[program]?.[figure] ?? []).filter(value => value !== null);
}
