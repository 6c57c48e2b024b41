import { expect, test } from 'vitest';
import { elsewhere, everything, unreached } from './everything.ts';

const names = everything().map(({ name }) => name);

test('places, dialogs, actions and questions come from the registries, titles from the source', () => {
	expect(names).toEqual(
		expect.arrayContaining([
			'place findings, in full screen',
			'place task-instances',
			'view gantt',
			'dialog form',
			'action compare-versions',
			'question of clear',
			'title "Clear tasks of {target}"',
			'title "take the stack down and DELETE its volumes"',
			'title "Task {task}"',
		]),
	);
	expect(names.filter(name => name.startsWith('title ')).length).toBeGreaterThan(90);
});

test('what another walk visits, or none, is still there, and stands once', () => {
	const listed = [...Object.values(elsewhere).flat(), ...Object.keys(unreached)];
	expect(listed.filter(name => !names.includes(name))).toEqual([]);
	expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
});
