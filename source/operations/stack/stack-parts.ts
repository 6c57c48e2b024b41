import type { ComposeClient } from '../../clients/compose.ts';
import type { Container } from '../../model/engine/container.ts';
import { roleOf } from '../../model/engine/role.ts';
import type { ComposeProject } from '../../model/stack/compose-project.ts';
import type { StackState } from '../../model/state.ts';
import type { Text } from '../../words/language.ts';
import type { Message } from '../../words/message.ts';
import { networkLosses } from '../containers/container-words.ts';

/** The part of the stack that Compose changes. */
export type Stack = {
	readonly compose: ComposeClient;
	readonly project: ComposeProject;
	/** Containers of the project. */
	readonly own: readonly Container[];
	/** The containers among them that Compose changes. */
	readonly touched: readonly Container[];
	/** The services that Compose changes. */
	readonly wanted: readonly string[];
	/** The named services; empty: all. */
	readonly services: readonly string[];
	/** Profiles of the concerned services that are not active by themselves. */
	readonly profiles: readonly string[];
	/** All known containers, of every project. */
	readonly containers: StackState['containers'];
};

/** Other containers that lose their network: Compose itself restarts those of the stack. */
export function losses({ containers, project }: Stack, changed: readonly Container[]): Message[] {
	return networkLosses(changed, containers, project.name, { isOrdered: true });
}

/** The options of `docker compose` that enable the profiles. */
export function profileOptions({ profiles }: Stack): string[] {
	return profiles.flatMap(profile => ['--profile', profile]);
}

export const isUp = ({ state }: Container) => state === 'running';
export const nameOf = ({ name }: { readonly name: string }) => name;
/** Also one of unknown role that is called so: a question too many does no harm. */
export const isWorker = (container: Container) =>
	roleOf(container) === 'worker' || (roleOf(container) === null && /worker/.test(container.service ?? container.name));

export const interruptsTasks: Text = ['Interrupts running tasks.', '실행 중인 작업이 중단됩니다.'];

/**
 * Services with several replicas. Without `--scale` Compose removes replicas beyond the number in its file, also those of
 * an earlier `--scale`.
 */
export function scaledServices(
	containers: readonly Container[],
	services: readonly string[],
): { readonly service: string; readonly replicas: number }[] {
	return services.flatMap(service => {
		const numbers = containers.flatMap(one => (one.service === service ? (one.replica ?? []) : []));
		return numbers.length > 1 ? [{ service, replicas: Math.max(...numbers) }] : [];
	});
}
