import { previousRunToFetch } from '../diagnosis/waiting/past.ts';
import type { ContainerUse } from '../model/engine/container-stats.ts';
import type { FeedName } from '../model/source.ts';
import type { StackState } from '../model/state.ts';
import type { Monitor } from './monitor.ts';

/**
 * What a headless command waits for before it prints:
 * - a feed: it is live or has failed
 * - details: each container has been inspected
 * - use: running containers have their second sample of figures
 * - addresses: the search for Airflow and MLflow is over, whether they were found or not
 * - pages: the health of Airflow and MLflow has been requested, if their addresses are known
 * - run before: if tasks wait for the previous run, the tasks of that run are known
 * - checks: every check without cost has been made once
 */
export type Requirement = FeedName | 'details' | 'use' | 'addresses' | 'pages' | 'run before' | 'checks';

/** Resolves when all requirements are met or the time is up; the state shows what is missing. Never rejects. */
export async function gather(
	monitor: Pick<Monitor, 'store' | 'clock' | 'dueChecks'>,
	requires: readonly Requirement[],
	timeoutMs: number,
	signal?: AbortSignal,
): Promise<void> {
	const done = new AbortController();
	const look = (state: StackState) => {
		if (requires.every(need => isMet(need, state))) done.abort();
	};
	const stop = monitor.store.onChange(look);
	// From now on checks are made as soon as the facts that they need are known.
	if (requires.includes('checks')) void monitor.dueChecks();
	try {
		look(monitor.store.current());
		const ended = signal ? AbortSignal.any([done.signal, signal]) : done.signal;
		if (!ended.aborted) await monitor.clock.sleep(timeoutMs, ended);
	} finally {
		stop();
	}
}

function isMet(need: Requirement, state: StackState): boolean {
	const isSettled = (feed: FeedName) => state.feeds[feed].status !== 'waiting';
	const hasFailed = (feed: FeedName) => state.feeds[feed].status === 'failed';
	const containers = Object.values(state.containers);
	switch (need) {
		case 'details':
			return hasFailed('containers') || (isSettled('containers') && containers.every(({ detail }) => detail !== null));
		case 'use':
			return (
				hasFailed('containers') ||
				hasFailed('stats') ||
				(isSettled('stats') &&
					containers.every(({ container, use }) => container.state !== 'running' || hasFigures(use)))
			);
		case 'checks':
			return state.checkedAt.light !== null;
		case 'run before':
			return hasFailed('pipeline') || Object.keys(state.dagRuns).every(dagId => !previousRunToFetch(state, dagId));
		case 'addresses':
			return state.stack !== null;
		case 'pages': {
			const asked = state.endpoints.filter(({ id }) => id === 'airflow' || id === 'mlflow');
			return state.stack !== null && asked.every(({ check }) => check !== null);
		}
		default:
			return isSettled(need);
	}
}

/** Engines that do not report the host's CPU time never give a percentage. */
function hasFigures(use: ContainerUse | null): boolean {
	return use !== null && (use.cpuPercent !== null || use.last.systemCpuNs === null);
}
