import { type Container, isUp } from '../world/containers/container.ts';
import { labelsOf } from '../world/containers/labels.ts';
import { networkIdOf } from '../world/containers/life-cycle.ts';
import { createRandom, hash } from '../world/random.ts';
import { DAY, HOUR, MINUTE } from '../world/time.ts';
import type { World } from '../world/world.ts';

/** By name; none for a disconnected container. */
export function networksOf(container: Container, inspected: boolean) {
	return container.isDetached ? {} : { [container.definition.project.network]: endpointOf(container, inspected) };
}

export function endpointOf(container: Container, inspected: boolean) {
	const up = isUp(container);
	const { project, service, name } = container.definition;
	return {
		IPAMConfig: null,
		Links: null,
		Aliases: inspected ? [name, service, container.id.slice(0, 12)] : null,
		NetworkID: networkIdOf(project.network),
		EndpointID: up ? createRandom(hash(`endpoint/${container.id}/${container.start}`)).hex(64) : '',
		Gateway: up ? `${project.subnet}.1` : '',
		IPAddress: up ? container.address : '',
		IPPrefixLen: up ? 16 : 0,
		IPv6Gateway: '',
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		MacAddress: up ? container.mac : '',
		DriverOpts: null,
	};
}

export function mountsOf(container: Container) {
	return [
		...container.definition.binds.map(([Source, Destination]) => ({
			Type: 'bind',
			Source,
			Destination,
			Mode: 'rw',
			RW: true,
			Propagation: 'rprivate',
		})),
		...container.definition.volumes.map(([Name, Destination]) => ({
			Type: 'volume',
			Name,
			Source: `/var/lib/docker/volumes/${Name}/_data`,
			Destination,
			Driver: 'local',
			Mode: 'z',
			RW: true,
			Propagation: '',
		})),
	];
}

/** The actual port behind the published name; the guide's own if the demo has opened none. */
export const publicPort = (world: World, name: string): number => world.publishedPorts.get(name) ?? 0;

export function portsOf(world: World, container: Container) {
	if (!isUp(container)) return [];
	return container.definition.ports.map(({ privatePort, published }) =>
		published === undefined
			? { PrivatePort: privatePort, Type: 'tcp' }
			: { IP: '127.0.0.1', PrivatePort: privatePort, PublicPort: publicPort(world, published), Type: 'tcp' },
	);
}

/** docker/go-units HumanDuration. */
export function humanDuration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	if (seconds < 1) return 'Less than a second';
	if (seconds === 1) return '1 second';
	if (seconds < 60) return `${seconds} seconds`;
	const minutes = Math.floor(ms / MINUTE);
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	const hours = Math.round(ms / HOUR);
	if (hours === 1) return 'About an hour';
	if (hours < 48) return `${hours} hours`;
	if (ms < 14 * DAY) return `${Math.floor(ms / DAY)} days`;
	return `${Math.floor(ms / (7 * DAY))} weeks`;
}

/** moby container/state.go String(). */
export function statusText(world: World, container: Container): string {
	const since = (time: number): string => humanDuration(world.time - time);
	switch (container.status) {
		case 'running': {
			const health = container.health?.status;
			const suffix = health === undefined ? '' : health === 'starting' ? ' (health: starting)' : ` (${health})`;
			return `Up ${since(container.startedAt)}${suffix}`;
		}
		case 'paused':
			return `Up ${since(container.startedAt)} (Paused)`;
		case 'restarting':
			return `Restarting (${container.exitCode}) ${since(container.finishedAt)} ago`;
		case 'created':
			return 'Created';
		case 'removed':
			return 'Removal In Progress';
		case 'exited':
			return `Exited (${container.exitCode}) ${since(container.finishedAt)} ago`;
	}
}

const commandOf = (container: Container): string =>
	[...container.definition.entrypoint, ...container.definition.command]
		.map(part => (part.includes(' ') ? `'${part}'` : part))
		.join(' ');

export function listedContainer(world: World, container: Container) {
	const { definition } = container;
	return {
		Id: container.id,
		Names: [`/${definition.name}`],
		Image: definition.image,
		ImageID: container.imageId,
		Command: commandOf(container),
		Created: Math.floor(container.createdAt / 1000),
		Ports: portsOf(world, container),
		Labels: labelsOf(container),
		State: container.status,
		Status: statusText(world, container),
		HostConfig: { NetworkMode: definition.project.network },
		NetworkSettings: { Networks: networksOf(container, false) },
		Mounts: mountsOf(container),
	};
}
