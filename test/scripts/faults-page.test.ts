import { expect, test } from 'vitest';
import { faultsPage } from '../../scripts/faults-page.ts';

const passed = {
	name: 'Redis stopped',
	finding: 'airflow-redis exited',
	cause: 'Stopped manually',
	foundAfterMs: 4000,
	before: [],
	beside: [],
	fix: 'laketop fix airflow-redis --yes',
	goneAfterMs: 1000,
	on: '2026-11-30',
};

test('a failed rehearsal is a row that does not count as passed', () => {
	const page = faultsPage([passed, { name: 'Postgres killed', failed: 'waited 90 s\nfor a|b', on: '2026-12-01' }]);
	expect(page).toContain('1 of 2 rows passed. The rehearsals took place from 2026-11-30 to 2026-12-01.');
	expect(page).toContain(
		'| Redis stopped | airflow-redis exited: Stopped manually | 4 s | `laketop fix airflow-redis --yes` | 1 s |',
	);
	expect(page).toContain('| Postgres killed | rehearsal failed: waited 90 s |  |  |  |');
});

test('a row with a wrong finding beside the right one is no success', () => {
	expect(faultsPage([passed, { ...passed, name: 'b', beside: ['drift compose file'] }])).toContain(
		'1 of 2 rows passed.',
	);
});
