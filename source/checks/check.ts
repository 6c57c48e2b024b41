import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { ComposeClient } from '../clients/compose.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import type { DiagnosisFacts, Role } from '../diagnosis/facts.ts';
import type { CheckName, CheckResult } from '../model/check.ts';

export type CheckDeps = {
	readonly docker: DockerClient;
	readonly compose: ComposeClient;
	readonly airflow: () => AirflowClient | null;
	/** What rules see: checks decide from the same whether they are wanted. */
	readonly facts: () => DiagnosisFacts;
	readonly now: () => number;
	/** Whether the engine's machine is this one, so that its files can be looked at; set by the check `engine`. */
	isHere: boolean;
};

/** Looks at one thing, again and again, at its own pace. */
export type Check = {
	readonly name: CheckName;
	/** Whose container is looked at: what was seen is true of that one alone, not of one that is made in its place. */
	readonly role?: Role;
	/** What is looked at, each for itself; '' where it is one thing. None: there is nothing to look at now. */
	readonly subjects: (deps: CheckDeps) => readonly string[];
	/** Pause between two looks where nothing is wrong, ms; Infinity: only when something calls for it. */
	readonly everyMs: number;
	/** At the least so long between two looks, whatever calls, ms. */
	readonly leastMs: number;
	/** Whether something calls for a look now. */
	readonly isUrgent?: (deps: CheckDeps, subject: string) => boolean;
	/** Not before so long after the start, ms: what costs something lets the rest come first. */
	readonly afterMs?: number;
	/** null: nothing could be told, and nothing is wrong with that. Throws ClientError. */
	readonly look: (deps: CheckDeps, subject: string, signal: AbortSignal) => Promise<CheckResult | null>;
};

export const one = (is: boolean): readonly string[] => (is ? [''] : []);
