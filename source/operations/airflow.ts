import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { Clients } from '../clients/clients.ts';
import { ClientError, failureOf } from '../model/failure.ts';
import { inPath } from '../model/outside-id.ts';
import type { DagRun, TaskInstance } from '../model/pipeline.ts';
import { runKey, type StackState } from '../model/state.ts';
import { render } from '../words/message.ts';
import type { Facts, Refusal } from './plan.ts';

/** What plans about DAGs and runs have in common. */

export type RunWish = { readonly dagId: string; readonly dagRunId: string };

/** Why Airflow cannot be asked to change anything now, as far as is known; null where nothing is known against it. */
export function airflowAway(state: StackState, what: string): Refusal | null {
	for (const feed of [state.feeds.pipeline, state.feeds.dags]) {
		if (feed.status !== 'failed') continue;
		const { kind } = feed.failure;
		const message = render(feed.failure.message, 'en');
		const fix = feed.failure.fix && render(feed.failure.fix, 'en');
		if (kind === 'unreachable' || kind === 'unauthorised') return { refused: `${what}. ${message}`, kind };
		// It has not answered as Airflow once: a redirect, another program, an error with every request.
		if (state.sources.airflow === undefined && kind !== 'unconfigured')
			return { refused: [what, message, fix].filter(Boolean).join('. '), kind: 'unreachable' };
		// Whose Airflow it would be is not known.
		if (kind === 'unconfigured') {
			return { refused: [what, message, fix].filter(Boolean).join('. '), kind: 'unreachable' };
		}
	}
	return null;
}

/** Throws ClientError where no address of Airflow is known. */
export function airflowOf(clients: Clients): AirflowClient {
	if (clients.airflow) return clients.airflow;
	throw new ClientError('unconfigured', 'The address of Airflow is not known', 'Name it: --airflow-url');
}

export function knownRun({ state }: Facts, dagId: string, dagRunId: string): DagRun | undefined {
	return state.dagRuns[dagId]?.find(run => run.dagRunId === dagRunId);
}

export function knownTasks({ state }: Facts, dagId: string, dagRunId: string): readonly TaskInstance[] {
	return state.taskInstances[runKey(dagId, dagRunId)] ?? [];
}

export function runPath(dagId: string, dagRunId: string): string {
	return `/dags/${inPath(dagId)}/dagRuns/${inPath(dagRunId)}`;
}

export function targetOfRun(dagId: string, dagRunId: string): string {
	return `DAG run ${dagId}/${dagRunId}`;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], shown = 12): string {
	if (names.length <= shown) return names.join(', ');
	return `${names.slice(0, shown - 1).join(', ')} and ${names.length - shown + 1} more`;
}

export function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** What Airflow tells of a run after it was changed: `manual__1 is failed: 2 success, 1 failed, 4 skipped`. */
export async function runAsItIs(
	airflow: AirflowClient,
	dagId: string,
	dagRunId: string,
	signal: AbortSignal,
): Promise<string> {
	try {
		const [run, tasks] = await Promise.all([
			airflow.dagRun(dagId, dagRunId, signal),
			airflow.taskInstances(dagId, dagRunId, signal),
		]);
		return `${run.dagRunId} is ${run.state}: ${statesOf(tasks)}`;
	} catch (error) {
		return `Airflow has accepted it; the run could not be read again: ${render(failureOf(error).message, 'en')}`;
	}
}

/** What is done first, what has not begun last. */
const order = ['success', 'running', 'failed', 'upstream_failed', 'skipped', 'up_for_retry', 'queued', 'scheduled'];
const rank = (state: string | null) => {
	const index = order.indexOf(state ?? '');
	return state === null ? order.length + 1 : index === -1 ? order.length : index;
};

function statesOf(tasks: readonly TaskInstance[]): string {
	const counts = new Map<string | null, number>();
	for (const { state } of tasks) counts.set(state, (counts.get(state) ?? 0) + 1);
	const sorted = [...counts].toSorted(([a], [b]) => rank(a) - rank(b));
	return sorted.map(([state, count]) => `${count} ${state ?? 'no status'}`).join(', ') || 'no tasks';
}
