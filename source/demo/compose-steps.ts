import type { Container } from './world/containers/container.ts';
import { isUp } from './world/containers/container.ts';
import { create, remove, start, stop } from './world/containers/life-cycle.ts';
import { after, type World } from './world/world.ts';

/** What `docker compose` does, container by container, with the progress lines of Compose 2.29. */

export type Step = () => void | Promise<void>;

const line = (resource: string, name: string, done: string): string => `${resource} ${name}  ${done}`;
const nameOf = ({ definition }: Container): string => definition.name;

export function withDependencies(all: readonly Container[], meant: readonly Container[]): Container[] {
	const wanted = new Set(meant.map(({ definition }) => definition.service));
	const add = ({ definition }: Container): void => {
		for (const service of definition.dependsOn) {
			if (wanted.has(service)) continue;
			wanted.add(service);
			const other = all.find(one => one.definition.service === service);
			if (other !== undefined) add(other);
		}
	};
	for (const container of meant) add(container);
	return all.filter(({ definition }) => wanted.has(definition.service));
}

/** Whether a replica is one of `--scale SERVICE=N`, or of the single one that the demo's files have. */
export function withinScale(words: readonly string[]): (container: Container) => boolean {
	const scale = new Map<string, number>();
	words.forEach((word, index) => {
		const [service = '', count] = word.split('=');
		if (words[index - 1] === '--scale') scale.set(service, Number(count));
	});
	return ({ definition: { service, replica = 1 } }) => replica <= (scale.get(service) ?? 1);
}

/** As Compose does it: replicas beyond the scale are removed. */
export function* scaledUpSteps(
	world: World,
	meant: readonly Container[],
	surplus: readonly Container[],
	say: (text: string) => void,
): Generator<Step> {
	yield* upSteps(world, meant, say);
	yield* removeSteps(world, surplus, say);
}

export function* upSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	const missing = meant.filter(({ status }) => status === 'removed');
	yield () => {
		if (servicesIn(world).every(({ status }) => status === 'removed')) {
			say(line('Network', world.stack.project.network, 'Creating'));
			say(line('Network', world.stack.project.network, 'Created'));
		}
		for (const [volume] of missing.flatMap(({ definition }) => definition.volumes)) {
			if (world.deletedVolumes.delete(volume)) say(line('Volume', `"${volume}"`, 'Created'));
		}
	};
	for (const container of missing) {
		yield () => {
			say(line('Container', nameOf(container), 'Creating'));
			create(world, container);
			say(line('Container', nameOf(container), 'Created'));
		};
	}
	for (const container of meant) {
		yield () => {
			if (isUp(container)) return say(line('Container', nameOf(container), 'Running'));
			say(line('Container', nameOf(container), 'Starting'));
			start(world, container);
			say(line('Container', nameOf(container), 'Started'));
			if (container.definition.endsAfterMs === undefined) return;
			// Those that depend on its success start after it has exited.
			say(line('Container', nameOf(container), 'Waiting'));
			return until(world, () => container.status === 'exited').then(() =>
				say(line('Container', nameOf(container), 'Exited')),
			);
		};
	}
}

export function* stopSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	for (const container of meant.toReversed()) {
		if (container.status === 'removed') continue;
		yield () =>
			new Promise<void>(resolve => {
				say(line('Container', nameOf(container), 'Stopping'));
				stop(world, container, () => {
					say(line('Container', nameOf(container), 'Stopped'));
					resolve();
				});
			});
	}
}

export function* restartSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	for (const container of meant) {
		if (container.status === 'removed') continue;
		yield () =>
			new Promise<void>(resolve => {
				say(line('Container', nameOf(container), 'Restarting'));
				stop(world, container, () => {
					start(world, container);
					say(line('Container', nameOf(container), 'Started'));
					resolve();
				});
			});
	}
}

function* removeSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	yield* stopSteps(world, meant, say);
	for (const container of meant.toReversed()) {
		if (container.status === 'removed') continue;
		yield () => {
			say(line('Container', nameOf(container), 'Removing'));
			remove(world, container);
			say(line('Container', nameOf(container), 'Removed'));
		};
	}
}

export function* downSteps(
	world: World,
	all: readonly Container[],
	withVolumes: boolean,
	say: (text: string) => void,
): Generator<Step> {
	yield* removeSteps(world, all, say);
	if (withVolumes) {
		for (const [volume] of all.flatMap(({ definition }) => definition.volumes)) {
			yield () => {
				say(line('Volume', volume, 'Removing'));
				world.deletedVolumes.add(volume);
				say(line('Volume', volume, 'Removed'));
			};
		}
		yield () => forgetData(world);
	}
	yield () => {
		say(line('Network', world.stack.project.network, 'Removing'));
		say(line('Network', world.stack.project.network, 'Removed'));
	};
}

/** The content of the volumes: the databases of Airflow and MLflow. The DAG files are elsewhere. */
function forgetData({ airflow, mlflow }: World): void {
	airflow.runs.splice(0);
	airflow.nextRunNumber = 1;
	airflow.eventLog.splice(0);
	airflow.importErrors.splice(0);
	airflow.sessions.clear();
	airflow.working.clear();
	mlflow.runs.clear();
	mlflow.loggedModels.splice(0);
	mlflow.traces.splice(0);
	mlflow.models.clear();
}

export const servicesIn = (world: World): Container[] =>
	[...world.containers.values()].filter(
		({ definition }) => definition.project.name === world.stack.project.name && definition.isOneOff !== true,
	);

/** Looks five times a second of the world's time. */
export function until(world: World, isSo: () => boolean): Promise<void> {
	return new Promise(resolve => {
		const look = (): void => {
			if (isSo()) resolve();
			else after(world, 200, look);
		};
		look();
	});
}
