import { expect, test } from 'vitest';
import { dagShape } from '../../source/selectors/dag-shape.ts';

test('groups within groups, and no deeper than anybody could read', () => {
	const deep = Array.from({ length: 2000 }, () => 'a').join('.');
	const { nodes } = dagShape([], [`${deep}.x`, `${deep}.y`, 'ingest.orders', 'ingest.returns'].join('\n'));
	const groups = nodes.filter(({ isGroup }) => isGroup);
	expect(groups).toHaveLength(21);
	expect(groups.find(({ label }) => label === 'ingest')?.parent).toBeNull();
	expect(nodes.filter(({ isGroup }) => !isGroup).map(({ label }) => label.slice(-2))).toEqual(['.x', '.y', 'rs', 'ns']);
});
