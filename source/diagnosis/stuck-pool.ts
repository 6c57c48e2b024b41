import type { DiagnosisFacts } from './facts.ts';
import { thresholds } from './thresholds.ts';

/** Whether no task has started or ended in a pool for a while. */
export function isPoolStuck(facts: DiagnosisFacts, name: string): boolean {
	const found = facts.check('pools');
	const pool = found?.pools.find(one => one.name === name);
	if (!pool) return false;
	if (pool.slots === 0) return true;
	// By the times of its tasks if all of them are known, otherwise by how long its counts stayed the same.
	const tasks = facts.tasks().filter(task => task.pool === name);
	const running = tasks.filter(({ state }) => state === 'running');
	const moves = tasks.flatMap(({ state, startedAt, endedAt }) => [endedAt, state === 'running' ? startedAt : null]);
	const movedAt =
		running.length > 0 && running.length >= pool.running && pool.queued === 0
			? Math.max(...moves.filter(at => at !== null)) - facts.clockAheadMs
			: found?.unchangedSince?.[name];
	return movedAt !== undefined && facts.now - movedAt > thresholds.poolUnchangedMs;
}
