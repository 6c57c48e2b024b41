import { expect, test, vi } from 'vitest';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { viewAt } from '../../source/ui/actions/table/look.ts';
import type { ViewState } from '../../source/ui/conversation.ts';
import { panes } from '../../source/ui/panes/panes.ts';
import { places } from '../../source/ui/places.ts';
import { type PresentInput, present, type Screen } from '../../source/ui/presenter.ts';
import { quoted } from '../../source/words/message.ts';
import { airflow, at, diagnosed, engine, inputOf, mlflow, now } from './screens.tsx';

const facts: readonly Observation[] = diagnosed([
	...engine({ 'airflow-worker': { state: 'exited' } }),
	...airflow(['success', 'success', 'failed', 'upstream_failed', null, null, null]),
	...mlflow(),
]);
const active = inputOf({ seen: facts, columns: 120, rows: 40 });
const dagRuns = Object.fromEntries(
	Object.entries(active.state.dagRuns).map(([dagId, runs]) => [
		dagId,
		runs.map(run => ({ ...run, state: 'failed', endedAt: now })),
	]),
);
/** No run is active. */
const base: PresentInput = { ...active, state: { ...active.state, dagRuns } };

const known: readonly string[] = ['services', 'pipeline', 'logs', 'mlflow', 'findings'];

/** Which of these panes were drawn for the next screen. */
function viewedFor(change: Partial<PresentInput>, before: Screen): string[] {
	const spies = panes.map(pane => ({ id: pane.id, spy: vi.spyOn(pane, 'view') }));
	present({ ...base, ...change }, before);
	const viewed = spies.filter(({ spy }) => spy.mock.calls.length > 0).map(({ id }) => id);
	for (const { spy } of spies) spy.mockRestore();
	// Another pane has tests of its own.
	return viewed.filter(id => known.includes(id));
}

test('only panes whose facts changed are viewed again', () => {
	const before = present(base);
	// What lines there are is not part of the state.
	expect(viewedFor({}, before)).toEqual(['logs']);
	const { containers } = base.state;
	expect(viewedFor({ state: { ...base.state, containers: { ...containers } } }, before)).toEqual(['services', 'logs']);
	const findings = [...base.state.findings];
	expect(viewedFor({ state: { ...base.state, findings } }, before)).toEqual(['logs', 'findings']);
	expect(viewedFor({ view: { ...base.view, mlflowScroll: 1 } }, before)).toEqual(['logs', 'mlflow']);
	expect(viewedFor({ view: { ...base.view, taskId: 'clean_data' } }, before)).toEqual(['pipeline', 'logs']);
	// The reason why an active run has to wait may be any fact.
	const others = { ...active.state, endpoints: [...active.state.endpoints] };
	expect(viewedFor({ state: others }, present(active))).toContain('pipeline');
});

test('with another time, size or focus every pane that it concerns is viewed again', () => {
	const before = present(base);
	expect(viewedFor({ now: now + 999 }, before)).toEqual(['logs']);
	// Neither services nor MLflow show seconds: all is some minutes old.
	expect(viewedFor({ now: now + 1000 }, before)).toEqual(['pipeline', 'logs', 'findings']);
	expect(viewedFor({ now: now + 60_000 }, before)).toEqual(known);
	expect(viewedFor({ columns: 121 }, before)).toEqual(known);
	expect(viewedFor({ view: { ...base.view, focus: 'mlflow' } }, before)).toEqual(['services', 'logs', 'mlflow']);
});

/** Every feed has failed a minute ago. */
function failedFeeds({ feeds }: StackState): StackState['feeds'] {
	const failure = { kind: 'unreachable', message: quoted('connection refused'), fix: null } as const;
	const failed = { status: 'failed', since: now - 60_000, failure, retryAt: now } as const;
	return Object.fromEntries(Object.keys(feeds).map(feed => [feed, failed])) as StackState['feeds'];
}

const texts = ({ header, panes: drawn, browse, footer, overlay }: Screen) => ({
	header,
	drawn,
	browse,
	footer,
	overlay,
});

test.each(places.map(({ id }) => id))('seen from %s, the same holds at every later time', place => {
	const away = { ...base.state, feeds: failedFeeds(base.state) };
	const views: ViewState[] = [viewAt(base.view, place), { ...viewAt(base.view, place), zoomed: true }];
	for (const view of views) {
		for (const state of [base.state, away, active.state]) {
			let before = present({ ...base, state, view });
			for (const later of [700, 1000, 59_000, 60_000, 61_000, 3_600_000, 40_000_000, 90_000_000]) {
				const input = { ...base, state, view, now: now + later };
				const screen = present(input, before);
				expect(texts(screen), String(later)).toEqual(texts(present(input)));
				before = screen;
			}
		}
	}
});

test.each(places.map(({ id }) => id))(
	'seen from %s, a screen made from the one before is the one made anew, after every fact',
	place => {
		const views: ViewState[] = [viewAt(base.view, place), { ...viewAt(base.view, place), zoomed: true }];
		for (const view of views) {
			let state = initialState;
			let before: Screen | undefined;
			for (const observation of facts) {
				state = reduce(state, { ...observation, at });
				const input = { ...base, state, view };
				const screen = present(input, before);
				expect(texts(screen), observation.type).toEqual(texts(present(input)));
				before = screen;
			}
		}
	},
);
