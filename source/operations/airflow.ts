import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { Clients } from '../clients/clients.ts';
import type { DagRun, TaskInstance } from '../model/airflow/pipeline.ts';
import { ClientError, failureOf } from '../model/failures/failure.ts';
import type { StackState } from '../model/state.ts';
import { taskStateText } from '../model/state-texts.ts';
import { inPath } from '../model/text/outside-id.ts';
import { knownRuns, tasksOfRun } from '../selectors/dag-runs/run-history.ts';
import { joined, type Message, phrase, quoted } from '../words/message.ts';
import type { Facts, Refusal } from './plan/plan.ts';

/** What plans about DAGs and runs have in common. */

export type RunRequest = { readonly dagId: string; readonly dagRunId: string };

/** Why Airflow cannot change anything now, as far as laketop knows; null if nothing is known against it. */
export function airflowUnavailable(state: StackState, what: Message): Refusal | null {
	for (const feed of [state.feeds.pipeline, state.feeds.dags]) {
		if (feed.status !== 'failed') continue;
		const { kind, message, fix } = feed.failure;
		const whole = joined([what, message, ...(fix === null ? [] : [fix])], '. ');
		if (kind === 'unreachable' || kind === 'unauthorised') return { refused: joined([what, message], '. '), kind };
		// Whatever responds there has never responded as Airflow: a redirect, another program, or an error for every
		// request.
		if (state.sources.airflow === undefined && kind !== 'unconfigured') return { refused: whole, kind: 'unreachable' };
		// Nothing says whose Airflow would be at the guessed address.
		if (kind === 'unconfigured') {
			return { refused: whole, kind: 'unreachable' };
		}
	}
	return null;
}

/** Throws ClientError if no address of Airflow is known. */
export function airflowOf(clients: Clients): AirflowClient {
	if (clients.airflow) return clients.airflow;
	throw new ClientError(
		'unconfigured',
		phrase(['The address of Airflow is unknown', 'Airflow 주소를 알 수 없습니다']),
		phrase(['Pass --airflow-url', '--airflow-url로 지정하세요']),
	);
}

export function knownRun({ state }: Facts, dagId: string, dagRunId: string): DagRun | undefined {
	return knownRuns(state, dagId).find(run => run.dagRunId === dagRunId);
}

export function knownTasks({ state }: Facts, dagId: string, dagRunId: string): readonly TaskInstance[] {
	return tasksOfRun(state, dagId, dagRunId) ?? [];
}

export function runPath(dagId: string, dagRunId: string): string {
	return `/dags/${inPath(dagId)}/dagRuns/${inPath(dagRunId)}`;
}

export function targetOfRun(dagId: string, dagRunId: string): string {
	return `DAG run ${dagId}/${dagRunId}`;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly (string | Message)[], shown = 12): Message {
	const messages = names.map(name => (typeof name === 'string' ? quoted(name) : name));
	if (messages.length <= shown) return joined(messages, ', ');
	return phrase(['{names} and {more} more', '{names} 외 {more}개'], {
		names: joined(messages.slice(0, shown - 1), ', '),
		more: messages.length - shown + 1,
	});
}

/** The run as Airflow reports it after the change: `manual__1 is failed (2 success, 1 failed, 4 skipped)`. */
export async function runAsItIs(
	airflow: AirflowClient,
	dagId: string,
	dagRunId: string,
	signal: AbortSignal,
): Promise<Message> {
	try {
		const [run, tasks] = await Promise.all([
			airflow.dagRun(dagId, dagRunId, signal),
			airflow.taskInstances(dagId, dagRunId, signal),
		]);
		return phrase(['{run} is {state} ({tasks})', '{run}: {state}({tasks})'], {
			run: run.dagRunId,
			state: taskStateText(run.state),
			tasks: statesOf(tasks),
		});
	} catch (error) {
		return phrase(
			[
				'Airflow accepted the request, but the run could not be read again: {why}',
				'Airflow가 요청을 받았지만 실행을 다시 읽지 못했습니다: {why}',
			],
			{ why: failureOf(error).message },
		);
	}
}

/** The order in which tasks are listed: done first, not started last. */
const order = ['success', 'running', 'failed', 'upstream_failed', 'skipped', 'up_for_retry', 'queued', 'scheduled'];
const rank = (state: string | null) => {
	const index = order.indexOf(state ?? '');
	return state === null ? order.length + 1 : index === -1 ? order.length : index;
};

function statesOf(tasks: readonly TaskInstance[]): Message {
	const counts = new Map<string | null, number>();
	for (const { state } of tasks) counts.set(state, (counts.get(state) ?? 0) + 1);
	const sorted = [...counts].toSorted(([a], [b]) => rank(a) - rank(b));
	if (sorted.length === 0) return phrase(['no tasks', '작업 없음']);
	const words = sorted.map(([state, count]) =>
		state === null
			? phrase(['{count} no status', '상태 없음 {count}'], { count })
			: phrase(['{count} {state}', '{state} {count}'], { count, state: taskStateText(state) }),
	);
	return joined(words, ', ');
}
