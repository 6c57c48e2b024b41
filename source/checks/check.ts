import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { ComposeClient } from '../clients/compose.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import type { DiagnosisFacts, RoleName } from '../diagnosis/facts.ts';
import type { CheckName, CheckResult } from '../model/check.ts';

export type CheckDeps = {
	readonly docker: DockerClient;
	readonly compose: ComposeClient;
	readonly airflow: () => AirflowClient | null;
	/** The facts that rules see, from which checks decide whether they are urgent. */
	readonly facts: () => DiagnosisFacts;
	readonly now: () => number;
	/** Whether the engine runs on this host, so that its files can be read; set by the check `engine`. */
	isHere: boolean;
};

/** Collects one fact, again and again, at its own pace. */
export type Check = {
	readonly name: CheckName;
	/** Whose container is checked: the result does not apply to a container that replaces it. */
	readonly role?: RoleName;
	/** The subjects of the check; '' if there is only one. Empty: there is nothing to check now. */
	readonly subjects: (deps: CheckDeps) => readonly string[];
	/** Pause between two looks while nothing is wrong, ms; Infinity: only when urgent. */
	readonly everyMs: number;
	/** Shortest pause between two looks, also when urgent, ms. */
	readonly leastMs: number;
	/** Whether to look now. */
	readonly isUrgent?: (deps: CheckDeps, subject: string) => boolean;
	/** Delay after the start, ms: expensive checks come after the rest. */
	readonly afterMs?: number;
	/** null: nothing could be learned, which is no problem. Throws ClientError. */
	readonly look: (deps: CheckDeps, subject: string, signal: AbortSignal) => Promise<CheckResult | null>;
};

export const one = (is: boolean): readonly string[] => (is ? [''] : []);
