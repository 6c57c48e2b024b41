import { expect, test } from 'vitest';
import type { Fact } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { failureKinds, reachOf } from '../../../source/model/source.ts';
import { initialState, type StackState } from '../../../source/model/state.ts';
import { serverState } from '../../../source/selectors/servers/server-state.ts';
import { failed, now } from '../../diagnosis/stack.ts';

const live = (feed: 'dags' | 'pipeline'): Fact => ({ type: 'feed live', feed });

test('a server is live when all its feeds are, and failed when one is', () => {
	const airflow = (...facts: Fact[]) =>
		serverState(
			facts.reduce((state, fact) => reduce(state, { at: now, ...fact }), initialState),
			'airflow',
		);
	expect(airflow()).toMatchObject({ status: 'waiting', hasAnswered: false });
	expect(airflow(live('dags'))).toMatchObject({ status: 'waiting', hasAnswered: true, isWaiting: true });
	expect(airflow(live('dags'), live('pipeline'))).toMatchObject({ status: 'live', since: now, failure: null });
	const lost = airflow(live('dags'), failed('pipeline', 'unreachable', 'x'));
	expect(lost).toMatchObject({ status: 'failed', since: now, failure: { kind: 'unreachable' }, isWaiting: false });
	// A missing DAG is not reported while the server itself is unreachable.
	const both = airflow(failed('dags', 'not-found', 'no DAG'), failed('pipeline', 'timeout', 'y'));
	expect(both.failure?.kind).toBe('timeout');
	expect(airflow(failed('dags', 'not-found', 'no DAG')).failure?.kind).toBe('not-found');
});

test('an unknown address is no failure before the engine has answered: it is discovered from the containers', () => {
	const airflow = (state: StackState, ...facts: Fact[]) =>
		serverState(
			facts.reduce((before, fact) => reduce(before, { at: now, ...fact }), state),
			'airflow',
		).status;
	const unknown = failed('pipeline', 'unconfigured', 'no address');
	expect(airflow(initialState, unknown)).toBe('waiting');
	expect(airflow(initialState, unknown, { type: 'feed live', feed: 'containers' })).toBe('failed');
	expect(airflow(initialState, unknown, failed('containers', 'unreachable', 'x'))).toBe('failed');
	expect(airflow({ ...initialState, hasEngine: false }, unknown)).toBe('failed');
});

test('each kind of failure says how far a request came', () => {
	expect(Object.fromEntries(failureKinds.map(kind => [kind, reachOf(kind)]))).toEqual({
		unreachable: 'nobody',
		lost: 'nobody',
		timeout: 'nobody',
		permission: 'refused',
		unauthorised: 'refused',
		'not-found': 'answered',
		conflict: 'refused',
		refused: 'refused',
		busy: 'busy',
		protocol: 'answered',
		server: 'answered',
		unconfigured: 'not asked',
	});
});
