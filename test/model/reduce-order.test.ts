import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContainerDetail } from '../../source/model/engine/container.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { runs } from '../random.ts';
import { container } from './given.ts';

/** The engine answers lists, inspections and events over separate connections: any of them may arrive late. */

type Truth = { readonly state: string; readonly health: string };
const actions = ['start', 'die', 'pause', 'unpause', 'health_status: healthy', 'health_status: unhealthy'] as const;
type Action = (typeof actions)[number];

/** The engine's container after an action; null if the engine does not do it. */
function after({ state, health }: Truth, action: Action): Truth | null {
	const isUp = state === 'running' || state === 'paused';
	switch (action) {
		case 'start':
			return isUp ? null : { state: 'running', health: 'starting' };
		case 'die':
			return isUp ? { state: 'exited', health: 'none' } : null;
		case 'pause':
			return state === 'running' ? { state: 'paused', health } : null;
		case 'unpause':
			return state === 'paused' ? { state: 'running', health } : null;
		default:
			return state === 'running' ? { state, health: action.slice('health_status: '.length) } : null;
	}
}

const detailOf = ({ state, health }: Truth): ContainerDetail => ({
	id: 'a',
	state,
	health,
	startedAt: 0,
	finishedAt: null,
	exitCode: 0,
	oomKilled: false,
	error: '',
	restartCount: 0,
	restartPolicy: 'always',
	tty: false,
	failingStreak: 0,
	probes: [],
});

const delay = fc.nat(60);
const question = fc.record({ kind: fc.constantFrom('list', 'inspect'), at: fc.nat(200), looks: delay, answers: delay });

test('property: any order in which list, inspection and event come in leads to the same container', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.constantFrom(...actions), delay), { maxLength: 12 }),
			fc.array(question, { maxLength: 6 }),
			(wanted, questions) => {
				const history: { at: number; truth: Truth }[] = [{ at: -1, truth: { state: 'running', health: 'healthy' } }];
				const arrivals: Observation[] = [];
				let heard = 0;
				for (const [index, [action, late]] of wanted.entries()) {
					const truth = after(history.at(-1)?.truth ?? { state: '', health: '' }, action);
					if (!truth) continue;
					const happenedAt = index * 15;
					history.push({ at: happenedAt, truth });
					// One connection: events come in the order in which they happened.
					heard = Math.max(heard, happenedAt + late);
					arrivals.push({
						type: 'container event',
						at: heard,
						event: { id: 'a', name: 'a', action, project: null, service: null, exitCode: null, happenedAt },
					});
				}
				const truthAt = (time: number) => history.findLast(({ at }) => at <= time)?.truth ?? { state: '', health: '' };
				for (const { kind, at: askedAt, looks, answers } of questions) {
					const truth = truthAt(askedAt + looks);
					const at = askedAt + looks + answers;
					arrivals.push(
						kind === 'list'
							? { type: 'containers listed', at, askedAt, containers: [container('a', truth)] }
							: { type: 'container inspected', at, askedAt, detail: detailOf(truth) },
					);
				}
				const first: Observation = {
					type: 'containers listed',
					at: -1,
					askedAt: -1,
					containers: [container('a', truthAt(-1))],
				};
				const known = reduce(reduce(initialState, first), {
					type: 'container inspected',
					at: -1,
					askedAt: -1,
					detail: detailOf(truthAt(-1)),
				});
				const state = arrivals.toSorted((a, b) => a.at - b.at).reduce(reduce, known);
				expect(state.containers.a?.container).toMatchObject(truthAt(Number.POSITIVE_INFINITY));
			},
		),
		{ numRuns: runs(500) },
	);
});

test('property: what an observation does not change keeps its identity, and a second of the same changes nothing', () => {
	const ids = ['a', 'b', 'c'];
	const state = fc.constantFrom('running', 'exited', 'paused');
	const seen = fc.oneof(
		fc.array(state, { minLength: 3, maxLength: 3 }).map(
			(states): Observation => ({
				type: 'containers listed',
				at: 5,
				containers: ids.map((id, index) => container(id, { state: states[index] ?? '' })),
			}),
		),
		fc.tuple(fc.constantFrom(...ids), state).map(
			([id, now]): Observation => ({
				type: 'container inspected',
				at: 6,
				detail: { ...detailOf({ state: now, health: 'none' }), id },
			}),
		),
		fc.tuple(fc.constantFrom(...ids), fc.constantFrom('pause', 'health_status: unhealthy', 'exec_die')).map(
			([id, action]): Observation => ({
				type: 'container event',
				at: 7,
				event: { id, name: id, action, project: null, service: null, exitCode: null, happenedAt: 7 },
			}),
		),
	);
	fc.assert(
		fc.property(fc.array(seen, { minLength: 1, maxLength: 10 }), all => {
			let before = initialState;
			for (const one of all) {
				const now = reduce(before, one);
				for (const id of ids) {
					const [old, fresh] = [before.containers[id], now.containers[id]];
					if (old !== fresh) expect(fresh, id).not.toEqual(old);
				}
				expect(now.feeds).toBe(before.feeds);
				expect(reduce(now, one)).toBe(now);
				before = now;
			}
		}),
		{ numRuns: runs(300) },
	);
});
