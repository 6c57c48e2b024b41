import { expect, test } from 'vitest';
import { parseArguments } from '../../bench/arguments.ts';
import { parseEvent } from '../../bench/engine-events.ts';
import { reportText } from '../../bench/report.ts';
import { type Measured, parseResults, type Results } from '../../bench/results.ts';
import { number, table } from '../../bench/table.ts';
import { verdicts } from '../../bench/targets.ts';

const measured = (figures: Measured['figures']): Measured => ({
	date: '2026-01-02 03:04',
	runs: 3,
	load: 0.25,
	machine: '2 cores',
	engine: 'Docker 20.10',
	commit: 'abcdef0',
	versions: Object.fromEntries(Object.keys(figures).map(name => [name, name === 'nobody' ? '' : '1.0'])),
	figures,
});

const results: Results = {
	start: measured({
		laketop: { named: [200, 210, 190], figures: [600, 620, 610] },
		'docker stats': { named: [1400], figures: [1400, 1300, 1500] },
	}),
	'rest-20': measured({
		laketop: { cpu: [2], engine: [1.5], bytes: [100], pss: [90] },
		ctop: { cpu: [1], engine: [4.5], bytes: [200], pss: [20] },
		oxker: { cpu: [0.5], engine: [5], bytes: [400], pss: [30] },
		nobody: { cpu: [0], engine: [0.5], bytes: [0], pss: [1] },
		'bare Node': { cpu: [0], engine: [0.5], bytes: [0], pss: [40] },
	}),
	events: measured({ laketop: { stop: [20, 30] }, ctop: { stop: [null, null] }, oxker: { stop: [null, 500, 700] } }),
};

test('targets are judged by medians, of peers that were not found by what is known of them', () => {
	const by = Object.fromEntries(verdicts(results).map(verdict => [verdict.id, verdict]));
	expect(by.named).toMatchObject({ target: '≤ 265 ms (lazydocker)', measured: '200 ms', isMet: true });
	expect(by.figures).toMatchObject({ target: '≤ 700 ms (0.5 × docker stats)', isMet: true });
	expect(by.cpu).toMatchObject({ measured: '2.0 %', isMet: false });
	expect(by.engine).toMatchObject({ target: '≤ 1.2 % (0.3 × ctop)', measured: '1.0 %', isMet: true });
	expect(by.bytes).toMatchObject({ target: '≤ 200 B/s (ctop)', isMet: true });
	expect(by.pss).toMatchObject({ target: '≤ 72 MB (1.8 × bare Node)', isMet: false });
	// No figure of its own, and none that was measured before.
	expect(by['named busy']?.isMet).toBeNull();
	expect(by.growth?.isMet).toBeNull();
});

test('the page has medians, ratios, what never came, and why a target was missed', () => {
	const page = reportText(results, { cpu: 'Drawing.', bytes: 'Not to be read.' });
	expect(page).toContain('| CPU, % of a core | 2.0 | 1.0 (2.0) | 0.50 (4.0) | 0 | 0 |');
	expect(page).toContain('| stop | 25 | never | 600 (0.04), 1 of 3 never |');
	expect(page).toContain('| CPU added to dockerd and containerd, % | 1.0 | 4.0 (0.25) |');
	expect(page).toContain('**CPU at rest, full overview live**: Drawing.');
	expect(page).not.toContain('Not to be read.');
	expect(page).toContain('3 runs each, interleaved, laketop at abcdef0, load 0.3');
	expect(page).not.toMatch(/NaN|undefined/);
});

test('nothing measured yet is a page too', () => {
	expect(reportText({}, {})).not.toMatch(/NaN|undefined|not met/);
});

test('kept results are read back, and refused in words where they are others', () => {
	expect(parseResults(JSON.stringify(results))).toEqual(results);
	expect(() => parseResults('{"start": {"runs": "many"}}')).toThrow(/bench\/results\.json: .*Remove it/s);
});

test('numbers have as many digits as they deserve', () => {
	expect([0, 0.004, 0.126, 1.26, 12.6, 1234.5, -3.21, Number.NaN].map(number)).toEqual([
		...['0', '0', '0.13', '1.3', '13', '1,235', '-3.2', '–'],
	]);
});

test('a table', () => {
	expect(table(['', 'a'], [['x | y', '1']])).toBe('|  | a |\n|---|--:|\n| x \\| y | 1 |');
});

test('the command line: names cut short, options, complaints', () => {
	const known = ['start', 'rest-20', 'rest-50'];
	const given = parseArguments(['rest', 'start', '--runs=3', '--only', 'laketop,ctop', '--minutes', '5'], known);
	expect(given).toMatchObject({ scenarios: ['rest-20', 'rest-50', 'start'], runs: 3, minutes: 5 });
	expect(given.only).toEqual(['laketop', 'ctop']);
	expect(() => parseArguments(['rost'], known)).toThrow('no scenario rost; there are: start, rest-20, rest-50');
	expect(() => parseArguments(['--runs', 'many'], known)).toThrow('--runs wants a number above 0, not many');
	expect(() => parseArguments(['--fast'], known)).toThrow('unknown option --fast');
});

test('an event of the engine, by its own clock', () => {
	const line = '{"Type":"container","Action":"die","Actor":{"Attributes":{"name":"x"}},"timeNano":1700000000123456789}';
	expect(parseEvent(line)).toMatchObject({ action: 'die', name: 'x' });
	expect(parseEvent(line)?.at).toBeCloseTo(1_700_000_000_123.456, 1);
	expect(parseEvent('{')).toBeNull();
	expect(parseEvent('{"Action":1}')).toBeNull();
});
