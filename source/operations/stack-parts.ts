import type { ComposeClient } from '../clients/compose.ts';
import type { ComposeProject } from '../model/compose-project.ts';
import type { Container } from '../model/container.ts';
import { roleOf } from '../model/role.ts';
import type { StackState } from '../model/state.ts';
import type { Text } from '../words/language.ts';
import type { Message } from '../words/message.ts';
import { networkLosses } from './container-words.ts';

/** The stack that Compose is to change, as far as it is meant. */
export type Stack = {
	readonly compose: ComposeClient;
	readonly project: ComposeProject;
	/** Containers of the project. */
	readonly own: readonly Container[];
	/** Those of them that are meant. */
	readonly touched: readonly Container[];
	/** Services that are meant. */
	readonly wanted: readonly string[];
	/** Services that were named; none: all. */
	readonly services: readonly string[];
	/** All that are known, of any project. */
	readonly containers: StackState['containers'];
};

/** Who else loses the network: Compose restarts what belongs to the stack itself. */
export function losses({ containers, project }: Stack, changed: readonly Container[]): Message[] {
	return networkLosses(changed, containers, project.name, { isOrdered: true });
}

export const isUp = ({ state }: Container) => state === 'running';
export const nameOf = ({ name }: { readonly name: string }) => name;
export const isWorker = (container: Container) => roleOf(container) === 'worker';

export const interruptsTasks: Text = ['Interrupts running tasks.', '실행 중인 작업이 중단됩니다.'];
