import type { ServerMode, SwitchableServer } from '../server/switchable-server.ts';
import { isUp } from '../world/containers/container.ts';
import { answers, type World } from '../world/world.ts';
import { type ServerName, serverNames } from './scenario.ts';

/** A server's state: the one that a test has ordered, else the one that follows from its container. */
export type Outages = { set(server: ServerName, mode: 'down' | 'hang' | undefined): Promise<void> };

export function createOutages(world: World, servers: Readonly<Record<ServerName, SwitchableServer>>): Outages {
	const ordered = new Map<ServerName, 'down' | 'hang'>();
	/** The container of each server's program; null: the stack has no such server. */
	const containerName = (server: Exclude<ServerName, 'docker'>): string | null => {
		if (server === 'airflow') return world.stack.parts.web;
		return server === 'mlflow' ? world.stack.parts.mlflow : server;
	};
	const modeOf = (server: ServerName): ServerMode => {
		const order = ordered.get(server);
		if (order !== undefined) return order;
		if (server === 'docker') return 'up';
		if (server === 'mlflow' && world.stack.isMlflowElsewhere) return 'up';
		const container = world.containers.get(containerName(server) ?? '');
		if (container === undefined || !isUp(container)) return 'down';
		if (container.status === 'paused') return 'hang';
		// Docker's proxy listens already, the program does not yet.
		return answers(world, container.definition.name) ? 'up' : 'reset';
	};
	world.onContainerChange.add(container => {
		for (const name of serverNames) {
			if (name !== 'docker' && containerName(name) === container.definition.name) servers[name].setMode(modeOf(name));
		}
	});
	return {
		set(server, mode) {
			if (mode === undefined) ordered.delete(server);
			else ordered.set(server, mode);
			servers[server].setMode(modeOf(server));
			return servers[server].settled();
		},
	};
}
