import { type Container, type ContainerDefinition, MIB } from './containers/container.ts';
import { watchHealth } from './containers/health.ts';
import { advanceUsage } from './containers/load.ts';
import { say } from './logs/container-log.ts';
import { createRandom, hash } from './random.ts';
import { DAY, HOUR, MINUTE } from './time.ts';
import type { World } from './world.ts';

/** Containers that have been up for a while: the demo's own for two hours, the lakehouse for days. */
export function populateContainers(world: World, more: readonly ContainerDefinition[] = []): void {
	const counts = new Map<string, number>();
	const { project, containers, neighbours } = world.stack;
	for (const definition of [...containers, ...neighbours, ...more]) {
		const number = (counts.get(definition.project.name) ?? 1) + 1;
		counts.set(definition.project.name, number);
		const age = definition.project.name === project.name ? 2 * HOUR + 10 * MINUTE : 6 * DAY + 3 * HOUR;
		world.containers.set(definition.name, createContainer(world, definition, number, world.time - age + number * 1370));
	}
}

function createContainer(world: World, definition: ContainerDefinition, number: number, startedAt: number): Container {
	const random = world.random.fork(`container/${definition.name}`);
	const uptimeMs = world.time - startedAt;
	const usage = {
		time: world.time,
		cpuNanos: Math.round(uptimeMs * definition.idle.cores * 1.1 * 1e6),
		cores: definition.idle.cores,
		memoryBytes: Math.round(definition.idle.memoryMiB * MIB),
		fileCacheBytes: Math.round(definition.idle.memoryMiB * 0.22 * MIB),
		processes: definition.idle.processes,
		receivedBytes: Math.round(uptimeMs * random.between(0.6, 1.4)),
		sentBytes: Math.round(uptimeMs * random.between(0.4, 1.1)),
		readBytes: 4096 * random.integer(2000, 20_000),
		writtenBytes: 4096 * random.integer(500, 40_000),
	};
	const container: Container = {
		definition,
		id: random.hex(64),
		imageId: `sha256:${createRandom(hash(`image/${definition.image}`)).hex(64)}`,
		createdAt: startedAt - 700,
		status: 'running',
		startedAt,
		finishedAt: 0,
		exitCode: 0,
		oomKilled: false,
		restartCount: 0,
		pid: 2000 + random.integer(0, 60_000),
		address: `${definition.project.subnet}.${number}`,
		mac: `02:42:${definition.project.subnet
			.split('.')
			.map(part => Number(part).toString(16).padStart(2, '0'))
			.join(':')}:${number.toString(16).padStart(2, '0')}`,
		start: 1,
		usage,
		previousUsage: usage,
		logs: [],
		followers: new Set(),
	};
	for (const line of definition.banner(startedAt + definition.bootMs, container.id.slice(0, 12))) {
		say(container, startedAt + definition.bootMs, line);
	}
	watchHealth(world, container);
	const check = definition.healthcheck;
	if (check !== undefined && container.health !== undefined) {
		// The last probes, the newest a little before now; each container has its own phase.
		const phase = random.between(0.1, 0.95) * check.intervalMs;
		const log = [5, 4, 3, 2, 1].map(back => {
			const start = world.time - phase - (back - 1) * check.intervalMs;
			return { start, end: start + random.between(35, 90), exitCode: 0, output: check.success };
		});
		container.health = { status: 'healthy', failingStreak: 0, log };
	}
	advanceUsage(world, container);
	const { ended } = definition;
	if (ended !== undefined) {
		container.status = 'exited';
		container.exitCode = ended.exitCode;
		container.finishedAt = world.time - ended.agoMs;
		// Plans for its earlier process no longer count.
		container.start++;
	}
	return container;
}
