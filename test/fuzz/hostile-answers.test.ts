import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLaketop } from '../commands/harness.ts';
import { offendingSequences } from '../terminal/allowed-sequences.ts';
import { type AlteredDemo, startAlteredDemo } from './altered-demo.ts';
import { readCommands } from './read-commands.ts';

/** What is put into each text of each answer; printed where a run fails. */
const seed = Number(process.env.LAKETOP_FUZZ_SEED ?? Date.now() % 2 ** 31);
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
	{ seed, numRuns: 50 },
);

/** Words that the program acts upon, and times: an answer with others is another answer. */
const kept =
	/^(?:id|Id|ID|ImageID|state|status|type|Type|class_name|health|Status|State|IP|.*(?:_date|_at|_time|heartbeat|after|when|timestamp|version|Version|current_stage|value|content))$/;

/** The same text has the same added wherever it stands: names of one thing still fit each other. */
function spoiledText(text: string): string {
	const sum = [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7);
	return `${text}${parts[sum % parts.length]}`;
}

function spoiled(value: unknown, name = ''): unknown {
	if (typeof value === 'string') {
		if (kept.test(name) || value === '' || value === experiment) return value;
		return spoiledText(value);
	}
	if (Array.isArray(value)) return value.map(one => spoiled(one, name));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([field, one]) => [field, field === 'Labels' ? one : spoiled(one, field)]),
	);
}

/** What our client sends, without what was put into it. */
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

const dag = spoiledText('ml_pipeline_end_to_end');
/** Left as it is: it is asked for by its name. */
const experiment = 'lakehouse_ml_pipeline';

let altered: AlteredDemo;
beforeAll(async () => {
	altered = await startAlteredDemo({ answer: value => spoiled(value), request: restored });
	for (const part of parts) altered.demo.scenario.emitLog('airflow-scheduler', `a line ${part}`);
});
afterAll(() => altered.close());

/** Ours alone: no sequence, and nothing that reorders or hides text, came through. */
function expectOurs(written: string, more: Parameters<typeof offendingSequences>[1], where: string): void {
	expect(offendingSequences(written, more), `${where}, seed ${seed}`).toEqual([]);
	expect(written, `${where}, seed ${seed}`).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
}

test.each(readCommands.map(command => [command.words.join(' '), command] as const))(
	'laketop %s writes no control sequence that a server sent',
	async (_, { words, isJson, shows }) => {
		const ran = await runLaketop([...words, ...altered.addresses, '--dag', dag, '--experiment', experiment], {
			columns: 120,
		});
		expectOurs(ran.stdout + ran.stderr, {}, words.join(' '));
		// It was read and shown, and not refused as a whole: 1 is a stack that is not well.
		expect(ran.exitCode, `seed ${seed}: ${ran.stderr}`).toBeLessThanOrEqual(1);
		expect(ran.stdout, `seed ${seed}: ${ran.stderr}`).toMatch(shows);
		if (isJson) for (const line of jsonTexts(ran.stdout)) expect(JSON.parse(line), `seed ${seed}`).toBeTypeOf('object');
	},
	60_000,
);

/** A document, or one on each line. */
function jsonTexts(text: string): string[] {
	return text.startsWith('{\n') ? [text] : text.trim().split('\n');
}
