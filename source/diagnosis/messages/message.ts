import { type Message, type Say, sayer } from '../../words/message.ts';
import { acknowledgementsMessages } from './acknowledgements.ts';
import { checksMessages } from './checks.ts';
import { commonMessages } from './common.ts';
import { interruptsMessages } from './interrupts.ts';
import { waitingMessages } from './waiting.ts';

/** Texts that several rules share, and those of checks and acknowledgements. A rule's own are in its file in `rules/`. */
export const messages = {
	...acknowledgementsMessages,
	...checksMessages,
	...commonMessages,
	...interruptsMessages,
	...waitingMessages,
} as const;

export type MessageKey = keyof typeof messages;

/** A message about findings or checks, with its values. */
export const say: Say<typeof messages> = sayer(messages);

/** A message whose key is chosen at run time; the compiler does not check its values. */
export const messageOf = (key: MessageKey, params: Message['params'] = {}): Message => ({
	key,
	text: messages[key],
	params,
});
