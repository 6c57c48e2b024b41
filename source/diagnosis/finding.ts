import type { Evidence, Finding, Fix, FixAction } from '../model/finding.ts';
import type { Message, Texts } from '../words/message.ts';
import type { DiagnosisFacts } from './facts.ts';
import type { Replica } from './replica.ts';

/**
 * Parts of the stack that findings break and depend on. A finding that breaks a part explains findings that depend on it.
 * From the bottom up: a cause always lies lower than its consequence.
 */
export const parts = [
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
	'processor',
	'dispatch',
	'mlflow',
	'mlflow connection',
	'artifacts',
	'worker',
	'file permissions',
	'dag file',
	'dag',
	'pool',
	'slots',
	'run',
	'task',
	'data',
	'result',
] as const;
/** A part, or one of its kind: `worker`, `dag ml_pipeline`, `mount /opt/airflow/dags`. */
export type Part = (typeof parts)[number] | `${(typeof parts)[number]} ${string}`;

/** What a rule finds. Its cause among other findings is determined afterwards. */
export type Draft = Omit<Finding, 'id' | 'rule' | 'explainedBy'> & {
	/** The replica that it is about: findings of one rule about replicas of one service become one. */
	readonly replica?: Replica;
	/** Parts that do not work because of it. */
	readonly breaks?: readonly Part[];
	/** Parts whose failure would explain it. */
	readonly dependsOn?: readonly Part[];
	/** How long it may remain after its cause has cleared, ms: until its own source is checked again. */
	readonly lagMs?: number;
};

/** A rule looks for one kind of problem in the facts. Pure. */
export type Rule = {
	/** Stable, part of the ids of its findings. */
	readonly name: string;
	/** It needs no deep check: a finding of it is over as soon as the rule no longer reports it. */
	readonly isSeenAtOnce?: true;
	readonly find: (facts: DiagnosisFacts) => readonly Draft[];
	/** Its own texts; those that several rules share are in `messages/`. */
	readonly texts: Texts;
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
