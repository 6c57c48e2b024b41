import { expect, test } from 'vitest';
import type { ActionState } from '../../source/model/state.ts';
import { message } from '../../source/ui/bars.ts';
import { glyphSets } from '../../source/ui/glyphs.ts';

const id = 'scheduled__2026-11-18T02:00:00+00:00';
const done: ActionState = {
	id: 'x',
	actionId: 'clear',
	title: `clear the failed tasks of ${id}`,
	startedAt: 0,
	finishedAt: 1000,
	outcome: 'done',
	message: `3 tasks cleared; ${id} is queued`,
	progress: [],
};
const said = (width: number, action = done) =>
	message([action], '', 0, 2000, glyphSets.unicode, width)
		?.map(({ text }) => text)
		.join('');

test('what came of an action is told in full where there is room, else what came of it alone', () => {
	expect(said(200)).toBe(`✔ clear the failed tasks of ${id}: 3 tasks cleared; ${id} is queued`);
	expect(said(120)).toBe(
		'✔ clear the failed tasks of scheduled__11-18T02:00: 3 tasks cleared; scheduled__11-18T02:00 is queued',
	);
	expect(said(80)).toBe('✔ clear: 3 tasks cleared; scheduled__11-18T02:00 is queued');
	expect(said(80, { ...done, outcome: 'failed' })).toBe(
		'✖ clear: failed: 3 tasks cleared; scheduled__11-18T02:00 is queued',
	);
	const own = { ...done, message: 'manual__2026-11-26T18:03:40.123+00:00_abc is running' };
	expect(said(60, own)).toBe('✔ clear: manual__11-26T18:03 is running');
});
