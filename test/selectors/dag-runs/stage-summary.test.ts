import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownTaskStates } from '../../../source/model/airflow/task-state.ts';
import { stageElapsedMs, stageProgress, stateCounts } from '../../../source/selectors/dag-runs/stage-summary.ts';
import { task } from '../../ui/screens.tsx';

const now = Date.UTC(2026, 0, 2);
const instance = (state: string | null, startedAt: number | null, endedAt: number | null) =>
	task('divide', state, {
		startedAt,
		endedAt,
		durationSeconds: startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000,
	});
const stage = (...instances: readonly ReturnType<typeof instance>[]) => ({ instances, shown: instances[0] });

test('a mapped task takes from its first start to its last end, up to now while an instance runs', () => {
	const first = instance('success', now - 720_000, now - 700_000);
	const last = instance('failed', now - 10_000, now - 2000);
	expect(stageElapsedMs(stage(first, last), now)).toBe(718_000);
	expect(stageElapsedMs(stage(first, instance('running', now - 5000, null)), now)).toBe(720_000);
	expect(stageElapsedMs(stage(first, instance(null, null, null)), now)).toBe(20_000);
	expect(stageElapsedMs(stage(instance(null, null, null), instance('queued', null, null)), now)).toBeNull();
});

test('upstream failures and skips have no time of their own', () => {
	const decided = instance('upstream_failed', now - 3000, now - 3000);
	expect(stageElapsedMs(stage(decided, decided), now)).toBeNull();
});

test('each instance is counted once, failures first', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...knownTaskStates), { maxLength: 60 }), states => {
			const instances = states.map(state => instance(state, null, null));
			const counts = stateCounts({ instances }, false);
			expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(states.length);
			expect(new Set(counts.map(({ look }) => look.word[0])).size).toBe(counts.length);
			if (states.includes('failed')) expect(counts[0]?.look.word[0]).toBe('failed');
		}),
	);
});

test('the progress of a mapped task is the share of its instances that have ended', () => {
	const states = ['success', 'failed', 'skipped', 'running', null];
	expect(stageProgress({ instances: states.map(state => instance(state, null, null)) })).toEqual({ ended: 3, of: 5 });
});
