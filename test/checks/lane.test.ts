import { expect, test } from 'vitest';
import type { Check, CheckDeps } from '../../source/checks/check.ts';
import { CheckLane, type LaneOptions } from '../../source/checks/lane.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import type { CheckResult } from '../../source/model/check.ts';
import { ClientError } from '../../source/model/failures/failure.ts';
import type { Fact } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { quoted } from '../../source/words/message.ts';
import { container, diagnosisOptions, now } from '../diagnosis/stack.ts';
import { english } from '../english.ts';
import { HandClock } from '../given/hand-clock.ts';

const pools: CheckResult = { check: 'pools', pools: [] };
const folder: CheckResult = { check: 'logs folder', isWritable: true, words: '' };
const second = 1000;

type Given = Partial<Check> & Pick<Check, 'name'>;

/** A lane of these checks on a clock that stands still; each look takes `takesMs`. */
function laneOf(
	given: readonly Given[],
	options: Partial<LaneOptions> = {},
	takesMs = 0,
	seen: CheckDeps['facts'] | null = null,
) {
	const clock = new HandClock(1_000_000);
	const end = new AbortController();
	const facts: Fact[] = [];
	const looks: string[] = [];
	const checks = given.map(
		(check): Check => ({
			subjects: () => [''],
			everyMs: 10 * second,
			leastMs: second,
			look: async (_deps, _subject, signal) => {
				await clock.sleep(takesMs, signal);
				return check.name === 'pools' ? pools : folder;
			},
			...check,
		}),
	);
	const counted = checks.map(
		(check): Check => ({
			...check,
			look: (deps, subject, signal) => {
				looks.push(`${check.name}${subject === '' ? '' : ` ${subject}`} at ${(clock.now() - 1_000_000) / second}`);
				return check.look(deps, subject, signal);
			},
		}),
	);
	const unused = (): never => {
		throw new Error('a lane asks nobody itself');
	};
	const deps = {
		docker: new Proxy({} as CheckDeps['docker'], { get: unused }),
		compose: new Proxy({} as CheckDeps['compose'], { get: unused }),
		airflow: unused,
		facts: seen ?? unused,
		now: clock.now,
		isHere: false,
	};
	const context = { clock, signal: end.signal, observe: (fact: Fact) => facts.push(fact), random: () => 0.5 };
	const lane = new CheckLane(context, deps, counted, {
		isDeep: false,
		isFocused: () => true,
		quiet: { pauseMs: ms => ms },
		...options,
	});
	const running = lane.run();
	return {
		lane,
		clock,
		looks,
		facts,
		types: () => facts.map(({ type }) => type),
		stop: async () => {
			end.abort();
			await clock.advance(0);
			await running;
		},
	};
}

test('each check is made at its own pace, four times slower where nobody looks', async () => {
	const { clock, looks, stop } = laneOf([{ name: 'pools' }, { name: 'logs folder', everyMs: 25 * second }]);
	await clock.advance(31 * second);
	expect(looks).toEqual([
		'pools at 0',
		'logs folder at 0',
		'pools at 10',
		'pools at 20',
		'logs folder at 25',
		'pools at 30',
	]);
	await stop();
	const unseen = laneOf([{ name: 'pools' }], { isFocused: () => false });
	await unseen.clock.advance(41 * second);
	expect(unseen.looks).toEqual(['pools at 0', 'pools at 40']);
	await unseen.stop();
});

test('what is looked at every few seconds waits longer when it is quiet', async () => {
	const { clock, looks, stop } = laneOf(
		[
			{ name: 'pools', everyMs: 5 * second },
			{ name: 'logs folder', everyMs: 25 * second },
		],
		{ quiet: { pauseMs: ms => 2 * ms } },
	);
	await clock.advance(27 * second);
	expect(looks).toEqual(['pools at 0', 'logs folder at 0', 'pools at 10', 'pools at 20', 'logs folder at 26']);
	await stop();
});

test('what something calls for is made at once, but not within its least pause', async () => {
	let isUrgent = false;
	const { clock, lane, looks, stop } = laneOf([
		{ name: 'logs folder', everyMs: Number.POSITIVE_INFINITY, leastMs: 5 * second, isUrgent: () => isUrgent },
	]);
	await clock.advance(20 * second);
	expect(looks).toEqual([]);
	isUrgent = true;
	lane.wake();
	await clock.advance(12 * second);
	expect(looks).toEqual(['logs folder at 20', 'logs folder at 25', 'logs folder at 30']);
	await stop();
});

test('the same result is reported again once a minute; another one, or an awaited one, at once', async () => {
	let result = pools;
	const { clock, facts, lane, stop } = laneOf([{ name: 'pools', look: async () => result }]);
	const reported = () => facts.filter(({ type }) => type === 'check finished').length;
	await clock.advance(59 * second);
	expect(reported()).toBe(1);
	await clock.advance(10 * second);
	expect(reported()).toBe(2);
	result = { ...pools, pools: [{ name: 'p', slots: 1, occupied: 0, running: 0, queued: 0, scheduled: 0, open: 1 }] };
	await clock.advance(10 * second);
	expect(reported()).toBe(3);
	const all = lane.all();
	await clock.advance(2 * second);
	await all;
	expect(reported()).toBe(4);
	await stop();
});

test('what is seen of a container names it, and is looked at again where another one is made in its place', async () => {
	let id = 'first';
	const factsNow = () => {
		const containers = [container('airflow-scheduler', { id })];
		return factsOf(reduce(initialState, { type: 'containers listed', containers, at: now }), now, diagnosisOptions);
	};
	const given = { name: 'logs folder', role: 'scheduler', everyMs: 600 * second } as const;
	const { clock, facts, looks, stop } = laneOf([given], {}, 0, factsNow);
	await clock.advance(20 * second);
	id = 'second';
	await clock.advance(20 * second);
	expect(looks).toEqual(['logs folder at 0', 'logs folder at 21']);
	expect(facts).toMatchObject([{ container: 'first' }, { type: 'checks complete' }, { container: 'second' }]);
	await stop();
});

test('a fact says when its look began, and a look that fails says why', async () => {
	const { clock, facts, stop } = laneOf(
		[
			{ name: 'pools' },
			{
				name: 'logs folder',
				look: async () => {
					throw new ClientError('timeout', quoted('Docker: no answer within 3 s'));
				},
			},
		],
		{},
		3 * second,
	);
	await clock.advance(4 * second);
	expect(english(facts)).toEqual([
		{ type: 'check finished', subject: '', result: pools, askedAt: 1_000_000 },
		{
			type: 'check failed',
			check: 'logs folder',
			subject: '',
			message: 'Docker: no answer within 3 s',
			askedAt: 1_003_000,
		},
		{ type: 'checks complete', deep: false },
	]);
	await stop();
});

test('checks are complete once those that wait for the screen to come first are made, and what they build on is known', async () => {
	let isKnown = false;
	const { clock, types, stop } = laneOf([{ name: 'pools' }, { name: 'logs folder', afterMs: 3 * second }], {
		isKnown: () => isKnown,
	});
	await clock.advance(5 * second);
	expect(types()).toEqual(['check finished', 'check finished']);
	isKnown = true;
	await clock.advance(second);
	expect(types().at(-1)).toBe('checks complete');
	await stop();
});

test('who waits for what is due waits for no delay, but for none that nothing calls for', async () => {
	const deep = laneOf(
		[
			{ name: 'pools', afterMs: 60 * second, isUrgent: () => true },
			{ name: 'logs folder', afterMs: 60 * second },
			{ name: 'celery ping', everyMs: Number.POSITIVE_INFINITY },
		],
		{ isDeep: true },
	);
	const due = deep.lane.due();
	await deep.clock.advance(0);
	await due;
	expect(deep.looks).toEqual(['pools at 0', 'logs folder at 0']);
	await deep.stop();
});

test('waiting callers are released at the end, and a check that cannot name its subjects does not stop others', async () => {
	const { clock, lane, looks, stop } = laneOf(
		[
			{
				name: 'logs folder',
				subjects: () => {
					throw new Error('no container yet');
				},
			},
			{ name: 'pools', subjects: () => ['a', 'b'] },
		],
		{},
		60 * second,
	);
	await clock.advance(second);
	expect(looks).toEqual(['pools a at 0']);
	const waiting = lane.all();
	await stop();
	await waiting;
	await lane.all();
});

test('what was made of subjects that are gone is forgotten, and nothing of those that are there', async () => {
	const hour = 3600 * second;
	const many = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind} ${index}`);
	let subjects = many('task', 500);
	const { clock, looks, stop } = laneOf([
		{ name: 'pools', subjects: () => subjects, everyMs: hour, leastMs: hour, look: async () => pools },
	]);
	await clock.advance(10 * second);
	expect(looks).toHaveLength(500);
	subjects = many('container', 10);
	await clock.advance(second);
	subjects = ['task 0', 'task 499', 'container 0'];
	await clock.advance(second);
	// The first tasks were forgotten, the last ones are within the number that is kept.
	expect(looks.slice(510).map(look => look.split(' at ')[0])).toEqual(['pools task 0']);
	await stop();
});
