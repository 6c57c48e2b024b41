import { type Message, type Say, sayer } from '../../words/message.ts';
import { acknowledgementMessages } from './acknowledgements.ts';
import { airflowMessages } from './airflow.ts';
import { checkMessages } from './checks.ts';
import { commonMessages } from './common.ts';
import { containerSetupMessages } from './container-setup.ts';
import { containerMessages } from './containers.ts';
import { dagMessages } from './dags.ts';
import { dispatchMessages } from './dispatch.ts';
import { healthCheckMessages } from './health-checks.ts';
import { hostMessages } from './host.ts';
import { limitMessages } from './limits.ts';
import { mlflowMessages } from './mlflow.ts';
import { poolMessages } from './pools.ts';
import { runMessages } from './runs.ts';
import { stackMessages } from './stack.ts';
import { waitingMessages } from './waiting.ts';

/** Texts of findings, fixes and checks that several rules use, by their keys; a rule's own texts are in its file. */
export const messages = {
	...commonMessages,
	...acknowledgementMessages,
	...containerMessages,
	...healthCheckMessages,
	...stackMessages,
	...limitMessages,
	...containerSetupMessages,
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

/** A message about findings or checks, with its values. */
export const say: Say<typeof messages> = sayer(messages);

/** A message whose key is chosen at run time; the compiler does not check its values. */
export const messageOf = (key: MessageKey, params: Message['params'] = {}): Message => ({
	key,
	text: messages[key],
	params,
});
