import type { Clients } from '../../clients/clients.ts';
import type { StackState } from '../../model/state.ts';
import type { Clock } from '../../model/time/clock.ts';
import type { Message } from '../../words/message.ts';

/** A question to confirm before anything is done. */
export type Confirmation = {
	/** A verb and its object: `restart airflow-worker`. */
	readonly title: Message;
	/** The effects, one sentence each. */
	readonly effects: readonly Message[];
	/** The equivalent command, for learning and audits; one per line. */
	readonly command: string;
	/** Text to type to confirm what cannot be undone; undefined: yes or no. */
	readonly typed?: string | undefined;
};

/** A shell that opens in a container after confirmation. */
export type ShellRequest = Confirmation & {
	readonly containerId: string;
	readonly name: string;
	readonly project: string | null;
};

/**
 * The effect of a changing action, fixed before the question: what is confirmed is what was named, whatever happens
 * meanwhile. Screen and headless commands make the same plans and run them in the same way (`run-plan.ts`).
 */
export type Plan = Confirmation & {
	readonly actionId: string;
	/** The targets, for the audit file: `container airflow-worker`, `DAG run ml_pipeline/manual__1`. */
	readonly targets: readonly string[];
	/** The Compose project that it changes, for the audit file; left out: the stack's own. */
	readonly project?: string | null | undefined;
	/** It mostly waits for a server: several are started at once. */
	readonly runsInParallel?: boolean;
	/** Does it; resolves with the outcome, in the server's words. Throws ClientError. */
	readonly perform: (tools: Tools) => Promise<Outcome>;
};

/** What a plan needs to run. */
export type Tools = {
	readonly clients: Clients;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Reports progress line by line: output of a process, or the n-th of several. */
	readonly progress: (line: Message) => void;
};

export type Outcome = {
	/** unknown: the response was lost, and what happened could not be found out. */
	readonly outcome: 'done' | 'failed' | 'unknown';
	readonly message: Message;
	/** Why it failed, for the exit code of headless commands; left out if the outcome is enough. */
	readonly failure?: Refusal['kind'] | undefined;
};

/** Why something cannot be done now, as a sentence. */
export type Refusal = {
	readonly refused: Message;
	/**
	 * For the exit code: no answer, no permission, refused by the server, no such object, or already in the wanted
	 * state.
	 */
	readonly kind: 'unreachable' | 'unauthorised' | 'refused' | 'nothing' | 'already';
};

export type Planned = Plan | Refusal;

export function isRefusal(planned: object): planned is Refusal {
	return 'refused' in planned;
}

/** The facts that plans are made from, at the time of the question. */
export type Facts = { readonly state: StackState; readonly now: number };
