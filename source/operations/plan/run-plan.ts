import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clients } from '../../clients/clients.ts';
import type { ActionState } from '../../model/action-state.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { Fact } from '../../model/observation.ts';
import { type FailureKind, reachOf } from '../../model/source.ts';
import type { Clock } from '../../model/time/clock.ts';
import { type Message, phrase, render } from '../../words/message.ts';
import type { Audit, AuditEntry } from './audit.ts';
import type { Outcome, Plan, Refusal } from './plan.ts';

/** The stack that a plan runs on. */
export type Watched = {
	readonly clients: Clients;
	readonly clock: Clock;
	observe(fact: Fact): void;
	refresh(): void;
};

export type RunOptions = {
	readonly monitor: Watched;
	readonly signal: AbortSignal;
	readonly audit: Audit;
	readonly user: string;
	readonly by: AuditEntry['by'];
	readonly project: string | null;
	/** @param id of the action, as in `ActionState` */
	readonly progress?: (line: Message, id: string) => void;
};

/** Whether the same action already runs on the same targets: a double press must not run it twice. */
export function isRunning(
	plan: Pick<Plan, 'actionId' | 'targets'>,
	actions: readonly Pick<ActionState, 'actionId' | 'targets' | 'outcome'>[],
): boolean {
	return actions.some(
		({ actionId, targets, outcome }) =>
			outcome === 'running' && actionId === plan.actionId && isDeepStrictEqual(targets, plan.targets),
	);
}

/**
 * Runs a plan. The audit file gets a line before and after, observations report progress to the screen, and at the end
 * every server is polled, so that the screen shows what the servers say. Never throws. An action that cannot be
 * recorded is not started.
 */
export async function runPlan(plan: Plan, options: RunOptions): Promise<Outcome> {
	const { monitor, audit, signal } = options;
	const { clock } = monitor;
	const id = randomUUID();
	const record = (event: AuditEntry['event'], message: Message | null) =>
		audit({
			at: new Date(clock.now()).toISOString(),
			user: options.user,
			by: options.by,
			project: plan.project === undefined ? options.project : plan.project,
			action: plan.actionId,
			targets: plan.targets,
			event,
			message: message === null ? '' : render(message, 'en'),
		});
	monitor.observe({
		type: 'action started',
		id,
		actionId: plan.actionId,
		title: plan.title,
		targets: [...plan.targets],
	});
	const finish = (outcome: Outcome): Outcome => {
		monitor.observe({ type: 'action finished', id, outcome: outcome.outcome, message: outcome.message });
		monitor.refresh();
		return outcome;
	};
	const problem = record('started', null);
	if (problem !== null)
		return finish({
			outcome: 'failed',
			message: phrase(
				[
					'Not started: the audit file cannot be written ({problem})',
					'시작하지 않았습니다. 감사 로그에 기록할 수 없습니다({problem})',
				],
				{ problem },
			),
		});
	const progress = (line: Message) => {
		monitor.observe({ type: 'action progress', id, line });
		options.progress?.(line, id);
	};
	let outcome: Outcome;
	try {
		outcome = await plan.perform({ clients: monitor.clients, clock, signal, progress });
	} catch (error) {
		const failure = failureOf(error);
		outcome = signal.aborted
			? {
					outcome: 'unknown',
					message: phrase(['laketop exited before the response', '응답 전에 laketop이 종료되었습니다']),
				}
			: { outcome: 'failed', message: failure.message, failure: refusalKind(failure.kind) };
	}
	record(outcome.outcome, outcome.message);
	return finish(outcome);
}

/** The kind of refusal that a failure is to somebody who wanted a change. */
export function refusalKind(kind: FailureKind): Refusal['kind'] {
	switch (reachOf(kind)) {
		case 'nobody':
		case 'busy':
		case 'not asked':
			return 'unreachable';
		case 'refused':
			return kind === 'permission' || kind === 'unauthorised' ? 'unauthorised' : 'refused';
		case 'answered':
			return kind === 'not-found' ? 'nothing' : 'refused';
	}
}
