import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { defaultFolds, type Folds } from '../../../source/model/logs/line-folds.ts';
import { LogBuffer } from '../../../source/model/logs/log-buffer.ts';
import { everything, groupTitle, type LogQuery } from '../../../source/model/logs/log-index.ts';
import type { LogLine } from '../../../source/model/logs/log-line.ts';
import { type LogPattern, logPattern } from '../../../source/model/logs/log-pattern.ts';
import { LogView } from '../../../source/model/logs/log-view.ts';
import { quoted } from '../../../source/words/message.ts';

const start = Date.UTC(2026, 10, 24, 8);

function line(text: string, at: number, more: Partial<LogLine> = {}): LogLine {
	const loggedAt = start + at;
	return { stamp: new Date(loggedAt).toISOString(), loggedAt, channel: 'stdout', text, ...more };
}

function bufferOf(texts: readonly (string | LogLine)[], limits = { lines: 1000, bytes: 1e6 }): LogBuffer {
	const buffer = new LogBuffer(limits);
	buffer.push(texts.map((text, index) => (typeof text === 'string' ? line(text, index) : text)));
	return buffer;
}

function viewOf(texts: readonly (string | LogLine)[], query: Partial<LogQuery> = {}): LogView {
	const view = new LogView([{ name: 'a', buffer: bufferOf(texts) }]);
	view.setQuery({ ...everything, ...query });
	while (!view.advance(1000));
	return view;
}

function shown(view: LogView, folds: Folds = defaultFolds): string[] {
	const texts: string[] = [];
	for (let at = view.first(folds); at !== null; at = view.step(at, 1, folds)) texts.push(view.at(at)?.line.text ?? '');
	return texts;
}

const log = [
	'INFO: one',
	'WARNING: two',
	'ERROR: three',
	'Traceback (most recent call last):',
	'  File "x.py", line 1, in <module>',
	'    boom()',
	'ValueError: boom',
	'INFO: four',
	'INFO: five, boom',
];

test('a log that is read is not read again, and not stopped on a busy host', () => {
	const buffer = bufferOf(log);
	const view = new LogView([{ name: 'a', buffer }]);
	view.setQuery({ ...everything, search: logPattern('boom') });
	while (!view.advance(1000));
	const limited = vi.spyOn(Script.prototype, 'runInContext');
	try {
		expect(view.advance(8)).toBe(true);
		expect(limited).not.toHaveBeenCalled();
		buffer.push([line('boom again', 100)]);
		while (!view.advance(1000));
		expect(limited).toHaveBeenCalled();
		expect(view.count().hits).toBe(4);
	} finally {
		limited.mockRestore();
	}
});

describe('what the query shows', () => {
	test('a minimum level; a traceback has the level that it stands for', () => {
		expect(shown(viewOf(log, { minLevel: 'warning' }))).toEqual(log.slice(1, 7));
		expect(shown(viewOf(log, { minLevel: 'error' }))).toEqual(log.slice(2, 7));
	});

	test('a filter keeps whole records, even if only their last line matches', () => {
		expect(shown(viewOf(log, { keep: logPattern('ValueError') }))).toEqual(log.slice(3, 7));
		expect(shown(viewOf(log, { keep: logPattern('boom') }))).toEqual([...log.slice(3, 7), 'INFO: five, boom']);
	});

	test('an exclusion drops records whole', () => {
		expect(shown(viewOf(log, { exclude: logPattern('boom') }))).toEqual([...log.slice(0, 3), 'INFO: four']);
	});

	test('context lines before and after, as grep has them', () => {
		const plain = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
		expect(shown(viewOf(plain, { keep: logPattern('^c|^g'), before: 1, after: 2 }))).toEqual([
			'b',
			'c',
			'd',
			'e',
			'f',
			'g',
		]);
		const view = viewOf(plain, { keep: logPattern('^c'), after: 1 });
		expect(view.at(3)?.isContext).toBe(true);
		expect(view.at(2)?.isContext).toBe(false);
	});

	test('marks are always shown', () => {
		const marked = [...log, line('restarted', 100, { mark: true })];
		expect(shown(viewOf(marked, { keep: logPattern('no such thing') }))).toEqual(['restarted']);
	});

	test('smart case: capitals matter when there are any', () => {
		expect(shown(viewOf(['Boom', 'boom'], { keep: logPattern('boom') }))).toEqual(['Boom', 'boom']);
		expect(shown(viewOf(['Boom', 'boom'], { keep: logPattern('Boom') }))).toEqual(['Boom']);
		expect(shown(viewOf(['Boom x', 'boom'], { keep: logPattern('boom\\S*') }))).toEqual(['Boom x', 'boom']);
	});

	test('what is no regular expression is looked for as it stands', () => {
		expect(logPattern('a(b')?.isPlain).toBe(true);
		expect(shown(viewOf(['f(x', 'fx'], { keep: logPattern('f(x') }))).toEqual(['f(x']);
	});

	test('an expression that would try without end has its answer at once', () => {
		const view = new LogView([{ name: 'a', buffer: bufferOf(['x'.repeat(5000), 'fine']) }]);
		view.setQuery({ ...everything, keep: logPattern('(?:x+x+)+y') });
		const before = process.cpuUsage();
		while (!view.advance(10));
		// Only this process's CPU time: other programs do not count.
		expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
		expect(view.problem).toBeNull();
		expect(shown(view)).toEqual([]);
	});
});

describe('records and groups', () => {
	test('a record is folded to its head', () => {
		const view = viewOf(log);
		const folds: Folds = { changed: new Set([3]), records: false };
		expect(shown(view, folds)).toEqual([...log.slice(0, 4), ...log.slice(7)]);
		expect(shown(view, { changed: new Set(), records: true })).toEqual([...log.slice(0, 4), ...log.slice(7)]);
		expect(view.foldOf(5)).toEqual({ id: 3, kind: 'record', lines: 3 });
		expect(view.foldOf(0)).toBeNull();
	});

	const task = [
		'*** Found local files:',
		'***   * /opt/airflow/logs/x.log',
		'[2026-11-24T08:37:07.087+0000] {a.py:1} INFO - ::group::Pre task execution logs',
		'[2026-11-24T08:37:07.093+0000] {a.py:1} INFO - inside',
		'[2026-11-24T08:37:07.093+0000] {a.py:1} WARNING - inside too',
		'[2026-11-24T08:37:07.093+0000] {a.py:1} INFO - ::endgroup::',
		'[2026-11-24T08:37:07.105+0000] {b.py:1} INFO - outside',
		'of one record',
	];

	test("Airflow's groups are folded until they are opened", () => {
		const view = viewOf(task);
		expect(shown(view)).toEqual([task[0], task[2], task[6], task[7]]);
		expect(shown(view, { changed: new Set([2]), records: false })).toEqual([task[0], ...task.slice(2)]);
		expect(groupTitle(task[2] ?? '')).toEqual(quoted('Pre task execution logs'));
		expect(view.foldOf(2)).toEqual({ id: 2, kind: 'group', lines: 3 });
		expect(view.levelOfGroup(2)).toBe('warning');
	});

	test('a warning in a folded group is seen where a filter leaves its group out', () => {
		expect(shown(viewOf(task, { minLevel: 'warning' }))).toEqual([task[4]]);
	});

	test('the lines of a folded record whose head was dropped are seen', () => {
		const buffer = bufferOf(log, { lines: 4, bytes: 1e6 });
		const view = new LogView([{ name: 'a', buffer }]);
		while (!view.advance(1000));
		buffer.push([line('INFO: last', 100)]);
		while (!view.advance(1000));
		expect(shown(view, { changed: new Set(), records: true })).toEqual([...log.slice(6), 'INFO: last']);
	});

	test('the lines with which a task of 2.8 begins are a group', () => {
		const begin = (text: string) => `[2026-11-24T08:37:07.087+0000] {taskinstance.py:1957} INFO - ${text}`;
		const view = viewOf([
			begin('Dependencies all met for dep_context=non-requeueable deps ti=<TaskInstance: d.t r [queued]>'),
			begin('Starting attempt 1 of 2'),
			begin("Exporting env vars: AIRFLOW_CTX_DAG_OWNER='x'"),
			begin('its own'),
		]);
		expect(shown(view)).toEqual([view.at(0)?.line.text, begin('its own')]);
	});

	test('a hit in a fold opens it', () => {
		const view = viewOf(task, { search: logPattern('inside too') });
		const hit = view.find(-1, 1, 'hit');
		expect(hit).toBe(4);
		expect(shown(view, view.unfoldedFor(4, defaultFolds))).toContain(task[4]);
	});

	test('lines of stdout between those of a traceback on stderr do not tear it apart', () => {
		const torn = log
			.slice(3, 7)
			.flatMap((text, index) => [
				line(text, index * 2, { channel: 'stderr' }),
				line(`INFO: other ${index}`, index * 2 + 1),
			]);
		expect(shown(viewOf(torn, { keep: logPattern('ValueError') }))).toEqual(log.slice(3, 7));
	});

	test('lines that come a second later are not part of a traceback', () => {
		const later = [line('Traceback (most recent call last):', 0), line('  File "x"', 1), line('hello', 5000)];
		expect(shown(viewOf(later, { keep: logPattern('Traceback') }))).toHaveLength(2);
	});

	test("Postgres' statement is kept with its error", () => {
		const said = [
			'2026-11-24 12:01:51.292 UTC [56] ERROR:  relation "log" does not exist',
			'2026-11-24 12:01:51.292 UTC [56] STATEMENT:  SELECT 1',
			'\tFROM log',
			'2026-11-24 12:06:43.809 UTC [42] LOG:  checkpoint starting: time',
		];
		expect(shown(viewOf(said, { minLevel: 'error' }))).toEqual(said.slice(0, 3));
	});
});

describe('several sources', () => {
	test('they are read in the order of time, each keeping its own', () => {
		const a = bufferOf([line('a0', 0), line('a2', 20), line('a1', 10), line('a4', 40)]);
		const b = bufferOf([line('b1', 15), line('b3', 30)]);
		const view = new LogView([
			{ name: 'a', buffer: a },
			{ name: 'b', buffer: b },
		]);
		while (!view.advance(1000));
		expect(shown(view)).toEqual(['a0', 'b1', 'a2', 'a1', 'b3', 'a4']);
		const id = view.at(3)?.id ?? -1;
		// Late lines are inserted in their place; a line is found again by its id.
		b.push([line('b-late', 30.5)]);
		a.push([line('a5', 50)]);
		while (!view.advance(1000));
		expect(shown(view)).toEqual(['a0', 'b1', 'a2', 'a1', 'b3', 'b-late', 'a4', 'a5']);
		expect(view.at(view.nearest(id, defaultFolds) ?? -1)?.line.text).toBe('a1');
		expect(view.at(1)?.source).toBe(1);
	});

	test('property: nothing is lost or doubled, and time does not go backwards but where a source does', () => {
		const arrivals = fc.array(fc.record({ source: fc.nat({ max: 2 }), at: fc.nat({ max: 50 }) }), { maxLength: 60 });
		fc.assert(
			fc.property(arrivals, fc.nat({ max: 7 }), (all, every) => {
				const buffers = [0, 1, 2].map(() => new LogBuffer({ lines: 100, bytes: 1e6 }));
				const view = new LogView(buffers.map((buffer, index) => ({ name: String(index), buffer })));
				for (const [index, { source, at }] of all.entries()) {
					buffers[source]?.push([line(`${source} ${buffers[source].next}`, at)]);
					if (index % (every + 1) === 0) view.advance(1000);
				}
				while (!view.advance(1000));
				const texts = shown(view);
				expect(texts.length).toBe(all.length);
				for (const source of [0, 1, 2]) {
					const own = texts.filter(text => text.startsWith(`${source} `));
					expect(own).toEqual(own.map((_, index) => `${source} ${index}`));
				}
			}),
		);
	});
});

describe('finding', () => {
	test('hits are counted and stepped through', () => {
		const view = viewOf(log, { search: logPattern('boom') });
		expect(view.count(5)).toEqual({ shown: 9, hits: 3, hitsUpTo: 1 });
		expect(view.find(5, 1, 'hit')).toBe(6);
		expect(view.find(8, 1, 'hit')).toBeNull();
		expect(view.find(6, -1, 'hit')).toBe(5);
	});

	test('the next error is the beginning of the next record that says so', () => {
		const view = viewOf(log);
		expect(view.find(-1, 1, 'error')).toBe(2);
		expect(view.find(2, 1, 'error')).toBe(3);
		expect(view.find(3, 1, 'error')).toBeNull();
	});

	test('a time', () => {
		expect(viewOf(log).atTime(start + 4)).toBe(4);
		expect(viewOf(log).atTime(start + 400)).toBeNull();
	});
});

describe('an expression that takes too long', () => {
	const patternOf = (find: () => void): LogPattern => {
		const plain = logPattern('boom');
		if (!plain) throw new Error('no pattern');
		const test = (text: string) => {
			find();
			return plain.test(text);
		};
		return { ...plain, test };
	};
	const read = (view: LogView) => {
		for (let turns = 0; !view.advance(0); turns++) if (turns > 100) throw new Error('never done');
	};
	const texts = ['boom', 'plain'];

	test('is dropped, and that is reported', () => {
		const view = new LogView([{ name: 'a', buffer: bufferOf(texts) }]);
		view.setQuery({ ...everything, keep: patternOf(() => burn(10_000)) });
		read(view);
		expect(view.problem?.text).toEqual([
			expect.stringContaining('takes too long'),
			expect.stringContaining('너무 오래 걸려'),
		]);
		expect(shown(view)).toEqual(texts);
	});

	test('is kept if only the host was busy: read again', () => {
		let stalls = 1;
		const stall = () => {
			if (stalls-- > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
		};
		const view = new LogView([{ name: 'a', buffer: bufferOf(texts) }]);
		view.setQuery({ ...everything, keep: patternOf(stall) });
		read(view);
		expect(view.problem).toBeNull();
		expect(shown(view)).toEqual(['boom']);
	});
});

/** Uses CPU time, ms. */
function burn(ms: number): void {
	const { user, system } = process.cpuUsage();
	for (;;) {
		const now = process.cpuUsage();
		if (now.user + now.system - user - system > ms * 1000) return;
	}
}

test('property: reading as lines arrive, in slices, shows what reading all at once shows', () => {
	const texts = fc.array(
		fc.constantFrom(
			...log,
			'  set in',
			'plain',
			'::group::g',
			'::endgroup::',
			'',
			'[2026-11-24 08:00:00,000: INFO/x] celery',
		),
		{ maxLength: 60 },
	);
	const query = fc.record({
		minLevel: fc.constantFrom(null, 'info' as const, 'warning' as const),
		keep: fc.constantFrom(null, logPattern('boom'), logPattern('o')),
		exclude: fc.constantFrom(null, logPattern('four'), logPattern('File')),
		before: fc.nat({ max: 2 }),
		after: fc.nat({ max: 2 }),
		search: fc.constantFrom(null, logPattern('e')),
	});
	fc.assert(
		fc.property(texts, query, fc.integer({ min: 1, max: 9 }), (all, asked, size) => {
			const whole = viewOf(all, asked);
			const buffer = new LogBuffer({ lines: 1000, bytes: 1e6 });
			const sliced = new LogView([{ name: 'a', buffer }]);
			sliced.setQuery(asked);
			const lines = all.map((text, index) => line(text, index));
			for (let from = 0; from < lines.length; from += size) {
				buffer.push(lines.slice(from, from + size));
				sliced.advance(0);
			}
			while (!sliced.advance(0));
			expect(shown(sliced)).toEqual(shown(whole));
			expect(sliced.count()).toEqual(whole.count());
		}),
	);
});
