import type { Clients } from '../clients/clients.ts';
import type { Clock } from '../model/clock.ts';
import type { StackState } from '../model/state.ts';
import type { Message } from '../words/message.ts';

/** What the user is asked before anything is done. */
export type Confirmation = {
	/** A verb and its object: `restart airflow-worker`. */
	readonly title: Message;
	/** What changes and what follows from it, a sentence each. */
	readonly asks: readonly Message[];
	/** The equivalent command, so that operators can learn and audit; one per line. */
	readonly command: string;
	/** Text to type to confirm what cannot be undone; undefined: yes or no. */
	readonly typed?: string | undefined;
};

/** A shell to be opened in a container once the user has confirmed it. */
export type ShellRequest = Confirmation & {
	readonly containerId: string;
	readonly name: string;
	readonly project: string | null;
};

/**
 * What a changing action would do, fixed when it was asked for: confirmed is what was named, whatever happens meanwhile.
 * The screen and the headless commands make the same plans and run them the same way (`run-plan.ts`).
 */
export type Plan = Confirmation & {
	readonly actionId: string;
	/** What it changes, for the record: `container airflow-worker`, `DAG run ml_pipeline/manual__1`. */
	readonly targets: readonly string[];
	/** The Compose project that it changes, for the record; left out: the own one. */
	readonly project?: string | null | undefined;
	/** It is done in a moment, and then mostly waits: of several all are begun at once. */
	readonly isPatient?: boolean;
	/** Does it; returns what came of it, in the server's words. Throws ClientError. */
	readonly perform: (tools: Tools) => Promise<Outcome>;
};

/** What a plan works with. */
export type Tools = {
	readonly clients: Clients;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Reports progress, a line at a time: the output of a process, the n-th of several. */
	readonly progress: (line: Message) => void;
};

export type Outcome = {
	/** unknown: the answer was lost, and it could not be found out what happened. */
	readonly outcome: 'done' | 'failed' | 'unknown';
	readonly message: Message;
	/** Why it failed, for the exit code of headless commands; left out where the outcome alone tells. */
	readonly failure?: Refusal['kind'] | undefined;
};

/** Why something cannot be done now, in a sentence. */
export type Refusal = {
	readonly refused: Message;
	/**
	 * For the exit code: nobody answers, the user may not, the server declines, there is nothing to do it to, or it is so
	 * already, which is what was wanted.
	 */
	readonly kind: 'unreachable' | 'unauthorised' | 'refused' | 'nothing' | 'already';
};

export type Planned = Plan | Refusal;

export function isRefusal(planned: object): planned is Refusal {
	return 'refused' in planned;
}

/** What plans are made from: the facts at the time of asking. */
export type Facts = { readonly state: StackState; readonly now: number };
