import type { Evidence, Finding, Fix, FixAction } from '../model/finding.ts';
import type { Message, Texts } from '../words/message.ts';
import type { DiagnosisFacts } from './facts.ts';

/**
 * What findings take away from others, and need: what is said of a thing explains what is said of those that need it.
 * From the bottom up; a cause always stands lower than its consequence.
 */
export const things = [
	'engine',
	'stack',
	'disk',
	'port',
	'mount',
	'image',
	'network',
	'database',
	'migration',
	'broker',
	'logs folder',
	'webserver',
	'login',
	'scheduler',
	'dispatch',
	'mlflow',
	'road to mlflow',
	'artifacts',
	'worker',
	'file permissions',
	'dag file',
	'dag',
	'pool',
	'slots',
	'run',
	'task',
	'result',
] as const;
/** A thing, or one of its kind: `worker`, `dag ml_pipeline`, `mount /opt/airflow/dags`. */
export type Thing = (typeof things)[number] | `${(typeof things)[number]} ${string}`;

/** What a rule says; who it is a consequence of is found out afterwards. */
export type Draft = Omit<Finding, 'id' | 'rule' | 'explainedBy'> & {
	/** What does not work for others because of this. */
	readonly takes?: readonly Thing[];
	/** Whose failure would explain this. */
	readonly needs?: readonly Thing[];
	/** How long it may still be seen after its cause has ended, ms: until what it comes from is looked at again. */
	readonly lagMs?: number;
};

/** A rule looks for one kind of trouble in the facts. Pure. */
export type Rule = {
	/** Stable, part of the ids of its findings. */
	readonly name: string;
	/** It sees everything without a deep check: where it finds nothing, there is nothing. */
	readonly isSeenAtOnce?: true;
	readonly find: (facts: DiagnosisFacts) => readonly Draft[];
	/** What it says beside `messages/`, which holds what several rules say. */
	readonly texts?: Texts;
};

export function findingId(rule: string, subject: string): string {
	return `${rule} ${subject}`;
}

export function evidence(message: Message, lines: readonly string[] = []): Evidence {
	return { message, lines: [...lines] };
}

export function fix(message: Message, action: FixAction): Fix {
	return { message, action };
}

type LookAt = Extract<FixAction, { kind: 'look' }>['at'];

export function look(
	message: Message,
	at: LookAt,
	subject: string,
	of: { readonly dagId?: string; readonly dagRunId?: string } = {},
): Fix {
	return fix(message, { kind: 'look', at, subject, dagId: of.dagId ?? null, dagRunId: of.dagRunId ?? null });
}
