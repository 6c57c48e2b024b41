import { expect, test } from 'vitest';
import { drawn } from './graphs.ts';

const branching = {
	collect: ['fresh', 'counts'],
	fresh: ['judge'],
	counts: ['judge'],
	judge: [],
};

test('branches and joins, from left to right', () => {
	expect(drawn(branching, { width: 120, states: { collect: 'success', fresh: 'running' } })).toEqual([
		'                     ╭ fresh ─────────╮',
		'╭ collect ───────╮ ╭→│ ● running      ├─╮',
		'│ ✔ success      ├─┤ ╰────────────────╯ │ ╭ judge ─────────╮',
		'╰────────────────╯ │ ╭ counts ────────╮ ├→│ ○ no status    │',
		'                   ╰→│ ○ no status    ├─╯ ╰────────────────╯',
		'                     ╰────────────────╯',
	]);
});

test('top down where the width does not suffice, rows where the height does not either', () => {
	const down = drawn(branching, { width: 50 });
	expect(down.join('\n')).toContain('╰────────┬───────╯');
	expect(Math.max(...down.map(row => row.length))).toBeLessThanOrEqual(50);
	expect(drawn(branching, { width: 60, height: 5 })).toEqual([
		' ○ collect ──┬→ ○ fresh ───╮',
		'             ╰→ ○ counts ──┴→ ○ judge',
	]);
});

test('in ASCII', () => {
	expect(drawn(branching, { width: 60, height: 5, glyphs: 'ascii', states: { fresh: 'failed' } })).toEqual([
		' . collect --+> x fresh ---+',
		'             +> . counts --+> . judge',
	]);
});

test('a line that crosses another is interrupted, a line that joins it is not', () => {
	expect(drawn({ a: ['y'], b: ['x'], x: [], y: [] }, { height: 2 }).join('\n')).not.toContain('┼');
	expect(drawn({ a: ['x', 'y', 'z'], x: [], y: [], z: [] }, { height: 3 })[1]).toContain('┼');
});

test('groups have frames, which their edges enter and leave; folded they are one box', () => {
	const grouped = { start: ['load.orders', 'load.returns'], 'load.orders': ['end'], 'load.returns': ['end'], end: [] };
	const open = drawn(grouped, { width: 140 }).join('\n');
	expect(open).toMatch(/┌─load 2○─+┐/);
	expect(open).toContain('╭ orders ');
	const folded = drawn(grouped, { width: 140, folded: ['group load'] }).join('\n');
	expect(folded).toMatch(/╭ \[\+\] load ─+╮/);
	expect(folded).toContain('│ 2○ ');
	expect(folded).not.toContain('orders');
});

test('a trigger rule other than the usual one, and what tears down', () => {
	const rules = { a: { triggerRule: 'one_failed' }, b: { triggerRule: 'all_done_setup_success' } };
	const text = drawn({ a: ['b'], b: [] }, { more: rules }).join('\n');
	expect(text).toMatch(/╰ one_failed ─+╯/);
	expect(text).toMatch(/╰ teardown ─+╯/);
});

test('names of wide characters, and long ones, keep the box', () => {
	const rows = drawn({ 데이터_정제_완료: ['b'], b: [], [`very_${'long_'.repeat(12)}end`]: [] }, { width: 120 });
	expect(rows.join('\n')).toMatch(/╭ 데이터_정제_완료 ╮/);
	expect(rows.join('\n')).toMatch(/╭ very_long_.*….*_end ╮/);
});
