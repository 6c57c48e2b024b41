import { pastRunToAsk } from '../diagnosis/waiting/past.ts';
import type { ContainerUse } from '../model/container-stats.ts';
import type { FeedName } from '../model/source.ts';
import type { StackState } from '../model/state.ts';
import type { Monitor } from './monitor.ts';

/**
 * What a headless command waits for before it speaks:
 * - a feed: it is live, or it has failed
 * - details: each container was inspected
 * - use: the figures of running containers have their second sample
 * - addresses: where Airflow and MLflow are was looked for, and is known or known to be unknown
 * - pages: Airflow's and MLflow's health was asked for, as far as their addresses are known
 * - run before: where tasks wait for the run before theirs, its tasks are known
 * - checks: what only a diagnosis asks for was looked at once, as far as it costs nothing
 */
export type Requirement = FeedName | 'details' | 'use' | 'addresses' | 'pages' | 'run before' | 'checks';

/**
 * Resolves when all needs are met, or at the end of the time; what has not come by then is seen from the state. Never
 * rejects.
 */
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
	// From here on they are made as soon as what they build on is known.
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
			return hasFailed('pipeline') || Object.keys(state.dagRuns).every(dagId => !pastRunToAsk(state, dagId));
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

/** Engines that do not tell the host's CPU time never give a percentage. */
function hasFigures(use: ContainerUse | null): boolean {
	return use !== null && (use.cpuPercent !== null || use.last.systemCpuNs === null);
}
