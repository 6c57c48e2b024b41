import { expect, test } from 'vitest';
import { type PresentInput, present } from '../../source/ui/presenter.ts';
import { showsSeconds } from '../../source/ui/seconds-shown.ts';
import { airflow, diagnosed, engine, inputOf, mlflow, now } from './screens.tsx';

const withRun = (states: Parameters<typeof airflow>[0]) =>
	inputOf({ seen: diagnosed([...engine(), ...airflow(states), ...mlflow()]), columns: 120, rows: 40 });
const base = withRun(['success', 'running', null, null, null, null, null]);

const later = (input: PresentInput, ms: number) => {
	const before = present(input);
	const then = { ...input, now: now + ms };
	return { then, before, after: present(then, before) };
};

test('an active run shows seconds, a screen that stays the same does not', () => {
	const { then, before, after } = later(base, 1000);
	expect(showsSeconds(then, before, after)).toBe(true);
	expect(showsSeconds(base, before, present(base, before))).toBe(false);
});

test('the age of a container in minutes does not, that of one that has just started does', () => {
	const { then, before, after } = later(base, 60_000);
	const services = { ...before, panes: { ...before.panes, services: after.panes.services } };
	expect(services.panes.services).not.toBe(before.panes.services);
	expect(showsSeconds(then, before, services)).toBe(false);
	const containers = Object.fromEntries(
		Object.entries(base.state.containers).map(([id, known]) => [id, { ...known, since: now - 5000 }]),
	);
	const started = later({ ...base, state: { ...base.state, containers } }, 1000);
	const ofServices = {
		...started.before,
		panes: { ...started.before.panes, services: started.after.panes.services },
	};
	expect(showsSeconds(started.then, started.before, ofServices)).toBe(true);
});
