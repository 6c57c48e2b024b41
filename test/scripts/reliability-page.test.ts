import { expect, test } from 'vitest';
import { reliabilityPage } from '../../scripts/reliability-page.ts';
import type { ChaosRow } from '../chaos/row.ts';
import { chaosRows } from '../chaos/rows/index.ts';

const row = (group: ChaosRow['group'], fault: string): ChaosRow => ({
	id: fault,
	group,
	fault,
	outcome: 'Carries on.',
	screen: 'a | b',
});

test('rows are listed by group, and bars in cells are escaped', () => {
	const page = reliabilityPage([row('terminal', 'resize'), row('servers', 'reset')]);
	expect(page.indexOf('## Servers')).toBeLessThan(page.indexOf('## Terminal'));
	expect(page).toContain('| reset | Carries on. | a \\| b |');
	expect(page).not.toContain('## Signals');
});

test('every row has an id of its own', () => {
	const ids = chaosRows.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});
