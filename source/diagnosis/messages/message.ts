import type { Message } from '../../model/finding.ts';
import { acknowledgementMessages } from './acknowledgements.ts';
import { airflowMessages } from './airflow.ts';
import { checkMessages } from './checks.ts';
import { commonMessages } from './common.ts';
import { containerMessages } from './containers.ts';
import { dagMessages } from './dags.ts';
import { dispatchMessages } from './dispatch.ts';
import { hostMessages } from './host.ts';
import { mlflowMessages } from './mlflow.ts';
import { poolMessages } from './pools.ts';
import { runMessages } from './runs.ts';
import { waitingMessages } from './waiting.ts';

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** Every text of findings and remedies, in English and in Korean, by its key. */
export const messages = {
	...commonMessages,
	...acknowledgementMessages,
	...containerMessages,
	...hostMessages,
	...airflowMessages,
	...dispatchMessages,
	...dagMessages,
	...poolMessages,
	...runMessages,
	...waitingMessages,
	...mlflowMessages,
	...checkMessages,
} as const;

export type MessageKey = keyof typeof messages;

/** Names between braces: `{service}`, `{age:duration}`. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? (Name extends `${infer Bare}:${string}` ? Bare : Name) | Names<Rest>
	: never;

export type Params<Key extends MessageKey> = Readonly<Record<Names<(typeof messages)[Key][0]>, string | number>>;

/** A message with what is put into it. */
export function say<Key extends MessageKey>(
	key: Key,
	...[params]: Names<(typeof messages)[Key][0]> extends never ? [] : [Params<Key>]
): Message {
	return { key, params: { ...params } };
}

export function isMessageKey(key: string): key is MessageKey {
	return Object.hasOwn(messages, key);
}
