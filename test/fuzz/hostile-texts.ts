import fc from 'fast-check';
import { expect } from 'vitest';
import type { DemoOptions } from '../../source/demo/index.ts';
import { cleanText } from '../../source/model/text/clean-text.ts';
import { cleanId } from '../../source/model/text/outside-id.ts';
import { seed } from '../random.ts';
import { offendingSequences } from '../terminal/allowed-sequences.ts';
import { type AlteredDemo, startAlteredDemo } from './altered-demo.ts';

/** Added to each text of each response. */
const parts = fc.sample(
	fc
		.array(
			fc.constantFrom(
				...['\x1b[2J', '\x1b]52;c;ZXZpbA==\x07', '\x1bP1q\x1b\\', '\x9b31m', '\x9d0;t\x9c', '\x1b', '\x07', '\b'],
				...['\u202e', '\u2066', '\u200b', '\ufeff', '\u{e0041}', '\u0300', '\r', '\n', '\t', '\0', '\x7f', '[31m'],
			),
			{ minLength: 1, maxLength: 6 },
		)
		.map(all => all.join('')),
	{ numRuns: 50 },
);

/** Words that the program acts on, times, and its login: with others the response means something else. */
const kept =
	/^(?:id|Id|ID|ImageID|state|status|type|Type|class_name|health|Status|State|IP|.*(?:_date|_at|_time|heartbeat|after|when|timestamp|version|Version|current_stage|value|content|access_token))$/;

/** The fields that `kept` leaves, and the labels of containers: each kind is spoiled in a demo of its own. */
export const keptKinds = {
	'versions, values and contents': /^(?:version|Version|value|content|current_stage|ServerVersion|ApiVersion)$/,
	'states, types and health': /^(?:state|status|type|Type|class_name|health|Status|State|IP)$/,
	times: /(?:_date|_at|_time|heartbeat|after|when|timestamp)$/,
	ids: /^(?:id|Id|ID|ImageID)$/,
	labels: /^Labels$/,
} as const;
export type KeptKind = keyof typeof keptKinds;

/** Equal texts get equal additions: names of one object still match. */
function spoiledText(text: string): string {
	const sum = [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7);
	return `${text}${parts[sum % parts.length]}`;
}

function spoiled(value: unknown, kind?: KeptKind, name = ''): unknown {
	const isOfKind = kind !== undefined && keptKinds[kind].test(name);
	if (typeof value === 'string') {
		if ((kept.test(name) && !isOfKind) || value === '' || value === experiment || value === metric) return value;
		return spoiledText(value);
	}
	if (Array.isArray(value)) return value.map(one => spoiled(one, kind, name));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([field, one]) => {
			if (field === 'Labels') return [field, kind === 'labels' ? spoiled(one, kind) : one];
			// `schedule_interval.value` and similar fields belong to the field around them.
			return [field, spoiled(one, kind, field)];
		}),
	);
}

/** What our client sends, without the additions. */
function restored(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), (_, value: unknown) => (typeof value === 'string' ? plain(value) : value));
	} catch {
		return plain(text);
	}
}

function plain(text: string): string {
	return parts.toSorted((a, b) => b.length - a.length).reduce((rest, part) => rest.replaceAll(part, ''), text);
}

/** The DAG's name in the servers' responses. */
export const dag = spoiledText('ml_pipeline_end_to_end');
/** The same of the DAG with a backfill (`newer-demo.ts`). */
export const daily = spoiledText('daily_prices');
/** A name as the program shows it, and expects it to be typed. */
export const shownName = (name: string) => cleanText(spoiledText(name));
/** The same of an id, of which every character counts. */
export const shownId = (id: string) => cleanId(spoiledText(id));
/** Unchanged, because it is requested by name. */
export const experiment = 'lakehouse_ml_pipeline';
/** The same. */
export const metric = 'accuracy';

/**
 * A demo whose three servers add control sequences to every text of their responses, and one to each line of a log.
 * @param kind texts that the program acts on, which are spoiled too: then the screen shows another stack, or an error
 */
export async function startHostileDemo(kind?: KeptKind, options?: DemoOptions): Promise<AlteredDemo> {
	const altered = await startAlteredDemo({ answer: value => spoiled(value, kind), request: restored }, options);
	// The second is the log that the screen opens first.
	for (const container of ['airflow-scheduler', 'airflow-postgres'])
		for (const part of parts) altered.demo.scenario.emitLog(container, `a line ${part}`);
	return altered;
}

/** Only our own sequences, and nothing that reorders or hides text, came through. */
export function expectOurs(written: string, more: Parameters<typeof offendingSequences>[1], where: string): void {
	expect(offendingSequences(written, more), `${where}, seed ${seed}`).toEqual([]);
	expect(written, `${where}, seed ${seed}`).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
}

/** A mark added to a name changes its last letter: `mlflow` is searched without it. */
export function withoutMarks(text: string): string {
	return text.normalize('NFD').replaceAll('\u0300', '');
}
