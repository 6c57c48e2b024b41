import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { containerStream, streamOf } from '../../source/model/logs/log-watch.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { good } from '../../source/ui/hint.ts';
import { Cells } from '../../source/ui/panes/logs/cells.ts';
import { quoted } from '../../source/words/message.ts';
import { inUtc } from '../in-utc.ts';
import { LogsPane } from './logs-pane.ts';
import { airflow, at, now } from './screens.tsx';

inUtc();

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `line ${from + index}`);
const log = [
	'INFO: one',
	'WARNING: two',
	'ERROR: three',
	'Traceback (most recent call last):',
	'  File "x.py", line 1, in <module>',
	'ValueError: boom',
	'INFO: four',
	'{"level":"info","msg":"json","a":[1,2]}',
];

describe('reading', () => {
	test('the end is followed; up and down move a line, and the end follows again', async () => {
		const pane = new LogsPane().say(numbered(30));
		expect(pane.lines().at(-1)).toMatch(/line 29$/);
		expect(pane.title()).toContain('airflow-worker');
		await pane.press('up');
		expect(pane.chosen()).toMatch(/line 28$/);
		expect(pane.title()).toMatch(/paused, 1 newer/);
		// New lines move nothing.
		const before = pane.lines();
		pane.say(numbered(5, 30));
		expect(pane.lines()).toEqual(before);
		expect(pane.title()).toMatch(/6 newer/);
		await pane.press('down');
		expect(pane.chosen()).toMatch(/line 29$/);
		await pane.press('G');
		expect(pane.lines().at(-1)).toMatch(/line 34$/);
		expect(pane.title()).not.toMatch(/paused/);
	});

	test('pages and the ends', async () => {
		const pane = new LogsPane().say(numbered(100));
		const height = pane.lines().length;
		await pane.press('pageup');
		expect(pane.lines()[0]).toMatch(new RegExp(`line ${100 - height - (height - 1)}$`));
		await pane.press('g');
		expect(pane.lines()[0]).toMatch(/line 0$/);
		expect(pane.chosen()).toMatch(/line 0$/);
		await pane.press('pagedown');
		expect(pane.lines()[0]).toMatch(new RegExp(`line ${height - 1}$`));
		for (let page = 0; page < 12; page++) await pane.press('pagedown');
		expect(pane.view.logs.cursor).toBeNull();
	});

	test('a line that was dropped meanwhile gives its place to the oldest', async () => {
		const pane = new LogsPane().say(numbered(30));
		await pane.press('g');
		pane.say(numbered(3000, 30));
		expect(pane.chosen()).toMatch(/line 1030$/);
		expect(pane.title()).toMatch(/1030 older lines dropped/);
	});

	test('long lines go on in the next row, or are cut and moved sideways', async () => {
		const text = `start ${'x'.repeat(60)} middle ${'한글'.repeat(20)} end`;
		const pane = new LogsPane({ columns: 60 }).say([text]);
		expect(pane.lines().length).toBeGreaterThan(2);
		expect(pane.lines().at(-1)).toMatch(/end$/);
		await pane.press('w');
		expect(pane.lines()).toHaveLength(1);
		expect(pane.lines()[0]).toMatch(/start x+…$/);
		await pane.press('right right right right');
		expect(pane.lines()[0]).toMatch(/xx middle 한글/);
		await pane.press('right right right');
		expect(pane.lines()[0]).toMatch(/글 end$/);
		await pane.press('left left left left left left left');
		expect(pane.lines()[0]).toMatch(/start/);
	});

	test('a line higher than the pane is scrolled through row by row', async () => {
		const pane = new LogsPane({ columns: 40, rows: 10 }).say(['before', 'y'.repeat(2000), 'after']);
		await pane.press('up up');
		const seen = new Set<string>();
		for (let step = 0; step < 200 && pane.view.logs.cursor !== null; step++) {
			seen.add(pane.lines()[0] ?? '');
			await pane.press('up');
		}
		expect(pane.lines()[0]).toMatch(/before$/);
	});

	test('times: local, UTC, how long ago, off', async () => {
		const pane = new LogsPane().say(['INFO: one']);
		expect(pane.lines()[0]).toMatch(/^13:53:21 INFO {2}one$/);
		await pane.press('ctrl-t ctrl-t');
		expect(pane.lines()[0]).toMatch(/^ *10m INFO {2}one$/);
		await pane.press('ctrl-t');
		expect(pane.lines()[0]).toBe('INFO  one');
	});

	test('colours of the program are shown when asked for, and only as laketop writes them', async () => {
		const pane = new LogsPane().say([{ text: 'red and plain', styles: [0, 2, 3, 0] }]);
		expect(pane.lines()[0]).toMatch(/red and plain$/);
		await pane.press('~');
		expect(pane.lines()[0]).toMatch(/red and plain$/);
	});
});

test('lines that arrive faster than they are read: the title shows the delay', () => {
	const pane = new LogsPane();
	const buffer = pane.store.buffer(containerStream('airflow-worker'));
	const line = (loggedAt: number) => ({ stamp: null, loggedAt, channel: 'stdout' as const, text: 'x' });
	// Old lines of a log that is just opened are no delay.
	buffer.push([line(now - 60_000)], now - 3000);
	expect(pane.title()).not.toMatch(/behind/);
	for (let ago = 2500; ago >= 0; ago -= 500) buffer.push([line(now - 12_000 - ago)], now - ago);
	expect(pane.title()).toMatch(/12s behind/);
});

describe('without lines', () => {
	const failedStream = (kind: 'unreachable' | 'unauthorised'): Observation => ({
		type: 'log stream',
		at: at - 60_000,
		stream: containerStream('airflow-worker'),
		status: 'failed',
		note: quoted('why'),
		fix: null,
		kind,
	});

	test.each([
		['unreachable', /no answer since .*: why/],
		// An answer, although not the log.
		['unauthorised', /failing since .*: why/],
	] as const)('a log that cannot be read: %s', (kind, words) => {
		expect(new LogsPane({ seen: [failedStream(kind)] }).lines().join(' ')).toMatch(words);
	});

	test('no engine answers: since when, why and what to do, not that there is no container', () => {
		const pane = new LogsPane();
		const since = now - 90_000;
		const failure = { kind: 'unreachable' as const, message: quoted('Docker: refused'), fix: quoted('Start it') };
		pane.state = reduce(initialState, { type: 'feed failed', at: since, feed: 'containers', failure, retryAt: now });
		expect(pane.lines().join(' ')).toMatch(/! no answer since \d\d:\d\d:\d\d \(1m 30s\): Docker: refused +Start it/);
		pane.state = initialState;
		expect(pane.lines().join(' ')).toMatch(/Waiting for the Docker Engine/);
	});
});

describe('looking for something', () => {
	test('a search shows how often it is there; n and N go round', async () => {
		const pane = new LogsPane().say([...numbered(50), ...log]);
		await pane.press('/', 'line 1');
		expect(pane.title()).toMatch(/\/line 1 12 matches/);
		await pane.press('N');
		expect(pane.chosen()).toMatch(/line 1, in <module>$/);
		await pane.press('N');
		expect(pane.chosen()).toMatch(/line 19$/);
		expect(pane.title()).toMatch(/\/line 1 11\/12/);
		await pane.press('n n');
		expect(pane.chosen()).toMatch(/line 1$/);
		expect(pane.view.hint).toMatch(/Continued from the beginning/);
		await pane.press('esc');
		expect(pane.view.logs.search).toBe('');
	});

	test('a search that finds nothing on the screen goes to what is nearest, and says where there is nothing', async () => {
		const pane = new LogsPane().say(numbered(200));
		await pane.press('/', 'line 199');
		expect(pane.view.logs.cursor).toBeNull();
		await pane.press('/', 'line 2\\d$');
		expect(pane.chosen()).toMatch(/line 29$/);
		await pane.press('/', 'line 15');
		expect(pane.chosen()).toMatch(/line 15\d?$/);
		await pane.press('/', 'nowhere');
		expect(pane.view.hint).toBe('No match for nowhere');
		expect(pane.chosen()).toMatch(/line 15\d?$/);
	});

	test('/ again offers the old pattern to be replaced, not to be typed on to', async () => {
		const pane = new LogsPane().say(log);
		await pane.press('/', 'line 1');
		expect(pane.asks('/')).toMatchObject({ question: { initial: 'line 1', isReplaced: true } });
	});

	test('what is typed is seen at once', () => {
		const pane = new LogsPane().say(log);
		const step = pane.asks('&');
		if (step.kind !== 'input' || !step.question.live) throw new Error('no live question');
		pane.view = step.question.live(pane.view, 'boom');
		expect(pane.lines()).toHaveLength(3);
	});

	test('filters and levels: what is left, how much, and how it is taken back', async () => {
		const pane = new LogsPane().say(log);
		await pane.press('L L');
		expect(pane.title()).toMatch(/WARN\+: 5 lines/);
		expect(pane.lines()[0]).toMatch(/WARN {2}two$/);
		await pane.press('-', 'three');
		expect(pane.lines().map(row => row.slice(15))).toEqual([
			'two',
			'Traceback (most recent call last):',
			'  File "x.py", line 1, in <module>',
			'ValueError: boom',
		]);
		await pane.press('&', 'no such thing');
		expect(pane.lines()[0]).toMatch(/^None of 8 lines matches the filters\. Press Esc to clear them\.$/);
		await pane.press('esc');
		expect(pane.lines()).toHaveLength(8);
	});

	test('lines around what is kept', async () => {
		const pane = new LogsPane().say(numbered(20));
		await pane.press('&', 'line 7');
		await pane.press('#', '1 2');
		expect(pane.lines().map(row => row.slice(-6).trim())).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
	});

	test('the next error; from the end the last one', async () => {
		const pane = new LogsPane().say(log);
		await pane.press('E');
		expect(pane.chosen()).toMatch(/Traceback/);
		await pane.press('E');
		expect(pane.chosen()).toMatch(/three/);
		await pane.press('e');
		expect(pane.chosen()).toMatch(/Traceback/);
	});

	test('a time; the start of the run', async () => {
		const pane = new LogsPane({ seen: airflow(['success', 'running']) }).say(numbered(300));
		await pane.press('@', '13:54');
		expect(pane.chosen()).toMatch(/13:54:00 .*line 39$/);
		await pane.press('@', '8m');
		expect(pane.chosen()).toMatch(/line 120$/);
		await pane.press('@', '12:00');
		expect(pane.view.hint).toMatch(/starts later/);
	});

	test('a time in a log that was read later than it was written', async () => {
		const marks = [{ text: 'raw_to_bronze, try 1 (from the REST API)', mark: true as const, loggedAt: now - 1000 }];
		const pane = new LogsPane().say([...marks, ...numbered(100)]);
		await pane.press('@', '5m');
		expect(pane.view.hint).toMatch(/No log lines at that time/);
		await pane.press('@', '9m');
		expect(pane.chosen()).toMatch(/line 59$/);
		expect(pane.view.hint).toBe('');
	});

	test('the title says that lines are hidden, even if it does not fit in full', async () => {
		const pane = new LogsPane({ columns: 80 }).say(numbered(50));
		await pane.press('&', 'line 4\\d');
		expect(pane.title()).toMatch(/matching line 4\\d: 10 lines/);
		await pane.press('-', 'something that is long and never there at all');
		expect(pane.title()).toMatch(/filtered: 10 /);
	});

	test('the title says which times are shown', async () => {
		const pane = new LogsPane().say(numbered(5));
		await pane.press('ctrl-t');
		expect(pane.view.hint).toEqual(good('Times are UTC'));
		await pane.press('O');
		expect(pane.view.hint).toEqual(good('Folded all multi-line entries'));
	});

	test('bookmarks', async () => {
		const pane = new LogsPane().say(numbered(50));
		await pane.press('g b pagedown b G');
		await pane.press("'");
		expect(pane.chosen()).toMatch(/line 0$/);
		await pane.press("'");
		expect(pane.chosen()).not.toMatch(/line 0$/);
		expect(pane.lines().some(row => row.includes('▸line'))).toBe(true);
	});
});

describe('folds', () => {
	test('a traceback to its first line, and all of them', async () => {
		const pane = new LogsPane().say(log);
		await pane.press('E enter');
		expect(pane.chosen()).toMatch(/Traceback \(most recent call last\): \[\+2 lines\]$/);
		await pane.press('enter');
		expect(pane.lines()).toHaveLength(8);
		await pane.press('O');
		expect(pane.lines()).toHaveLength(6);
	});

	test("Airflow's groups", async () => {
		const pane = new LogsPane({ columns: 120 }).say([
			'[2026-11-24T08:37:07.087+0000] {a.py:1} INFO - ::group::Pre task execution logs',
			'[2026-11-24T08:37:07.093+0000] {a.py:1} INFO - inside',
			'[2026-11-24T08:37:07.093+0000] {a.py:1} INFO - ::endgroup::',
			'[2026-11-24T08:37:07.105+0000] {b.py:1} INFO - outside',
		]);
		expect(pane.lines()[0]).toMatch(/\[\+\] Pre task execution logs \(2 lines\)$/);
		expect(pane.lines()[1]).toMatch(/INFO {2}\{b\.py:1\} outside$/);
		await pane.press('g enter');
		expect(pane.lines()).toHaveLength(4);
	});

	test('JSON in full', async () => {
		const folded = new LogsPane().say(log);
		await folded.press('enter');
		expect(folded.lines().map(row => row.slice(15))).toContain('  "msg": "json",');
		await folded.press('enter');
		expect(folded.lines().at(-1)).toMatch(/\{"level":"info"/);
	});
});

describe('several logs', () => {
	test('all together in the order of time, each behind its name; back to the one of the line', async () => {
		const pane = new LogsPane({ columns: 100 }).say(['of the worker', 'later']);
		pane.store.push(containerStream('mlflow'), [
			{ stamp: null, loggedAt: at - 594_500, channel: 'stderr', text: 'of mlflow' },
		]);
		await pane.press('a');
		expect(pane.title()).toMatch(/6 containers/);
		expect(pane.lines().map(row => row.slice(9))).toEqual(
			['airflow-worker    of the worker', 'mlflow            of mlflow', 'airflow-worker    later'].map(row =>
				expect.stringMatching(row.replaceAll(/ +/g, ' +')),
			),
		);
		await pane.press('a');
		expect(pane.title()).toMatch(/▸3 Logs ─ airflow-worker/);
		await pane.press('a up a');
		expect(pane.title()).toMatch(/mlflow/);
	});

	test('one more beside it, and removed again', async () => {
		const pane = new LogsPane().say(['of the worker']);
		await pane.press('\\', 'mlflow');
		expect(pane.view.logs.selection).toEqual({ kind: 'several', names: ['airflow-worker', 'mlflow'] });
		await pane.press('\\', 'airflow-worker');
		expect(pane.view.logs.selection).toEqual({ kind: 'container', name: 'mlflow' });
	});
});

describe('tasks', () => {
	test('from a stage to its log and back; the tries', async () => {
		const pane = new LogsPane({ seen: airflow(['success', 'running']) });
		pane.view = { ...pane.view, focus: 'pipeline', taskId: 'raw_to_bronze' };
		await pane.press('l');
		const { selection } = pane.view.logs;
		if (selection.kind !== 'task') throw new Error('no task');
		expect(selection.request).toMatchObject({ taskId: 'raw_to_bronze', follow: 'task', tryNumber: null });
		const task = { ...selection.request, tryNumber: 1 };
		pane.say(
			[{ text: 'raw_to_bronze, try 1', mark: true, task }, 'its line'],
			streamOf({ kind: 'task', ...selection.request }),
		);
		expect(pane.title()).toMatch(/raw_to_bronze try 1/);
		await pane.press(']');
		expect(pane.view.hint).toMatch(/latest try/);
		await pane.press('B');
		expect(pane.view).toMatchObject({ focus: 'pipeline', taskId: 'raw_to_bronze' });
		await pane.press('l =');
		expect(pane.view.logs.selection).toMatchObject({ request: { follow: 'run' } });
	});
});

describe('copying and saving', () => {
	test('a line, a record, what is shown: on the clipboard, to the pager, to a file that is not there yet', async () => {
		const pane = new LogsPane().say(log);
		await pane.press('y');
		expect(pane.taken).toBe(log.at(-1));
		await pane.press('E');
		await pane.press('Y', '1');
		expect(pane.taken).toBe(log.slice(3, 6).join('\n'));
		await pane.press('L L ctrl-t ctrl-t ctrl-t |');
		expect(pane.taken).toBe(`${log.slice(1, 6).join('\n')}\n`);
		const folder = mkdtempSync(join(tmpdir(), 'save-'));
		try {
			const file = join(folder, 'x.log');
			await pane.press('W', file);
			expect(pane.view.hint).toEqual(good(`Saved 5 lines to ${file}`));
			expect(readFileSync(file, 'utf8')).toBe(pane.taken);
			await pane.press('W', file);
			expect(pane.view.hint).toMatch(/already exists/);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

describe('cells', () => {
	test.each([
		['plain text of some words', 10],
		['한글과 ascii 섞인 글 🙂 끝', 7],
		['xxxxxxxxxxxxxxxxxxxxxxxxxxxx', 5],
		['한글한글한글', 3],
		['', 5],
	])('%s in %i cells: nothing is lost, nothing is wider', (text, width) => {
		const cells = new Cells(text);
		const parts = cells.wrapped(width, 100).map(([start, end]) => text.slice(start, end));
		expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
		for (const part of parts) expect(new Cells(part).width).toBeLessThanOrEqual(width);
	});

	test('a wide character that lies across the edge leaves a gap', () => {
		expect(new Cells('가나다').at(3)).toEqual({ start: 2, gap: 1 });
		expect(new Cells('abc').at(1)).toEqual({ start: 1, gap: 0 });
		expect(new Cells('가나다').at(30)).toEqual({ start: 3, gap: 0 });
	});
});
