import { test } from 'vitest';
import { isRunning } from '../../../source/operations/plan/run-plan.ts';
import { expect } from '../../english.ts';

const running = { actionId: 'restart', targets: ['container shop-api-1'], outcome: 'running' } as const;

test('the same to the same is under way; the same to another of the same title is not', () => {
	const plan = { actionId: 'restart', targets: ['container shop-api-1'] };
	expect(isRunning(plan, [running])).toBe(true);
	expect(isRunning(plan, [{ ...running, outcome: 'done' }])).toBe(false);
	expect(isRunning({ ...plan, targets: ['container lab-api-1'] }, [running])).toBe(false);
	expect(isRunning({ ...plan, actionId: 'stop' }, [running])).toBe(false);
});
