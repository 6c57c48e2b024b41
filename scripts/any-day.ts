/**
 * Runs the tests of `npm test` (unit, and terminal on one day) on other days, in other time zones and languages and in
 * a shuffled order: no test may depend on any of these. Needs `faketime` (Debian's package of that name).
 *
 * The rows cover: the end of November, where the demo's history once depended on the date; the first of a month and of
 * a year; a leap day; both daylight-saving changes; zones ahead of and behind UTC, by whole and half hours; `LANG=C`,
 * Korean and German. The terminal's tests run on one of them, as they take a minute of CI.
 *
 * node scripts/any-day.ts           all rows
 * node scripts/any-day.ts 2 5       only these, counted from 1
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

type Row = {
	/** Local time of the zone at the start of the tests. */
	readonly date: string;
	readonly zone: string;
	readonly language: string;
	/** Shuffles files, and the tests in them, by this seed: a failure comes again. */
	readonly shuffled?: number;
	/** The built program in a terminal too, which takes half as long again. */
	readonly inTerminal?: boolean;
	readonly why: string;
};

const rows: readonly Row[] = [
	{
		date: '2026-11-28 23:58:30',
		zone: 'UTC',
		language: 'C.UTF-8',
		why: 'midnight while the tests run',
	},
	{
		date: '2026-12-01 09:00:00',
		zone: 'Asia/Seoul',
		language: 'ko_KR.UTF-8',
		why: 'the first of a month; +09:00',
	},
	{
		date: '2027-01-01 00:10:00',
		zone: 'Pacific/Kiritimati',
		language: 'C',
		inTerminal: true,
		why: 'a new year, +14:00, no UTF-8',
	},
	{
		date: '2028-02-29 12:00:00',
		zone: 'America/St_Johns',
		language: 'C',
		shuffled: 20280229,
		why: 'a leap day; -03:30',
	},
	{
		date: '2026-03-29 01:30:00',
		zone: 'Europe/Berlin',
		language: 'C.UTF-8',
		why: 'the clock goes forward at two',
	},
	{
		date: '2026-10-25 02:30:00',
		zone: 'Europe/Berlin',
		language: 'de_DE.UTF-8',
		why: 'this hour comes twice',
	},
];

/** Left out because its results depend only on the source, not on time, zone or language. */
const leftOut = ['scripts'];
/** The walk through every screen in Korean takes a quarter of the tests' time; one day, in Korea, is enough for it. */
const walks = ['ui/korean'];

const root = join(import.meta.dirname, '..');

async function run({ date, zone, language, shuffled, inTerminal = false, why }: Row): Promise<boolean> {
	const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit', '--reporter', 'dot'];
	if (inTerminal) vitest.push('--project', 'terminal');
	const order = shuffled ? ['--sequence.shuffle.files', '--sequence.shuffle.tests', `--sequence.seed=${shuffled}`] : [];
	const without = language.startsWith('ko') ? leftOut : [...leftOut, ...walks];
	// The monotonic clock stays true: Node's timers run on it.
	const child = spawn('faketime', [date, process.execPath, ...vitest, ...order], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			...{ TZ: zone, TEST_TZ: zone, TEST_LANG: language, TEST_LEFT_OUT: without.join(',') },
			FAKETIME_DONT_FAKE_MONOTONIC: '1',
		},
	});
	const pieces: Buffer[] = [];
	for (const output of [child.stdout, child.stderr]) output.on('data', (piece: Buffer) => pieces.push(piece));
	const [status] = await once(child, 'close').catch((error: unknown) => {
		throw new Error(`faketime cannot be run: ${error}. Install Debian's package faketime`);
	});
	console.log(`\n${date} ${zone} ${language}${shuffled ? `, shuffled by ${shuffled}` : ''}: ${why}`);
	console.log(Buffer.concat(pieces).toString());
	return status === 0;
}

const wanted = process.argv.slice(2).map(Number);
const failed: Row[] = [];
// In sequence: two at a time fail in tests that give a program a second to respond.
for (const [index, row] of rows.entries())
	if (wanted.length === 0 || wanted.includes(index + 1)) if (!(await run(row))) failed.push(row);
for (const { date, zone, language } of failed) console.log(`failed: ${date} ${zone} ${language}`);
process.exitCode = failed.length > 0 ? 1 : 0;
