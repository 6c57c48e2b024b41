import { endLog, say } from '../logs/container-log.ts';
import { createRandom, hash } from '../random.ts';
import { nanos } from '../time.ts';
import { after, type World } from '../world.ts';
import type { Container } from './container.ts';
import { isUp } from './container.ts';
import { containerEvent } from './engine-events.ts';
import { watchHealth } from './health.ts';

/** What moby does with a container on each request, with its events (moby daemon/{start,stop,kill}.go). */

export function emit(world: World, container: Container, action: string, extra: Record<string, string> = {}): void {
	world.events.emit(containerEvent(container, action, world.time, extra));
}

export function networkIdOf(name: string): string {
	return createRandom(hash(`network/${name}`)).hex(64);
}

/** Connects or disconnects a container from its network, as `docker network connect` and `disconnect`. */
export function setDetached(world: World, container: Container, isDetached: boolean): void {
	container.isDetached = isDetached;
	emitNetwork(world, container, isDetached ? 'disconnect' : 'connect');
}

function emitNetwork(world: World, container: Container, action: string): void {
	const { network } = container.definition.project;
	world.events.emit({
		type: 'network',
		action,
		id: networkIdOf(network),
		attributes: { container: container.id, name: network, type: 'bridge' },
		time: nanos(world.time),
	});
}

const changed = (world: World, container: Container): void => {
	for (const listener of world.onContainerChange) listener(container);
};

export function start(world: World, container: Container): void {
	const { definition } = container;
	emitNetwork(world, container, 'connect');
	container.start++;
	container.status = 'running';
	container.startedAt = world.time;
	container.exitCode = 0;
	container.oomKilled = false;
	// A new process has no failing probe.
	container.failingProbe = undefined;
	container.pid = 2000 + world.random.fork(`${definition.name}/${container.start}`).integer(0, 60_000);
	container.usage = {
		time: world.time,
		cpuNanos: 0,
		cores: definition.bootMs > 2000 ? 0.9 : 0.2,
		memoryBytes: container.usage.memoryBytes * 0.3,
		fileCacheBytes: container.usage.fileCacheBytes * 0.5,
		processes: 1,
		receivedBytes: 0,
		sentBytes: 0,
		readBytes: 0,
		writtenBytes: 0,
	};
	container.previousUsage = container.usage;
	emit(world, container, 'start');
	watchHealth(world, container);
	const thisStart = container.start;
	after(world, definition.bootMs, () => {
		if (container.start !== thisStart || !isUp(container)) return;
		for (const line of definition.banner(world.time, container.id.slice(0, 12))) say(container, world.time, line);
		changed(world, container);
	});
	changed(world, container);
	const { endsAfterMs } = definition;
	if (endsAfterMs === undefined) return;
	after(world, endsAfterMs, () => {
		if (container.start === thisStart && isUp(container)) die(world, container, 0);
	});
}

function die(world: World, container: Container, exitCode: number): void {
	container.status = 'exited';
	container.finishedAt = world.time;
	container.exitCode = exitCode;
	// Plans for the ended process no longer count.
	container.start++;
	// moby: "unhealthy when the monitor has stopped for compatibility reasons" (container/health.go); without an event.
	if (container.health !== undefined) container.health.status = 'unhealthy';
	emit(world, container, 'die', { exitCode: String(exitCode) });
	emitNetwork(world, container, 'disconnect');
	endLog(container);
	changed(world, container);
}

/** Duration of a stop: 0 in a test's world, so that tests need not wait. */
const stopDelay = (world: World, container: Container): number => (world.autonomous ? container.definition.stopMs : 0);

/** `done` is called when the container has exited, which is at once in a test's world. */
export function stop(world: World, container: Container, done: () => void = () => {}): void {
	if (container.status === 'restarting') container.status = 'exited';
	if (!isUp(container)) {
		done();
		return;
	}
	const thisStart = container.start;
	emit(world, container, 'kill', { signal: '15' });
	const end = (): void => {
		if (container.start === thisStart) {
			die(world, container, container.definition.stopExitCode);
			emit(world, container, 'stop');
		}
		done();
	};
	const delay = stopDelay(world, container);
	if (delay === 0) end();
	else after(world, delay, end);
}

export function restart(world: World, container: Container, done: () => void = () => {}): void {
	stop(world, container, () => {
		if (!isUp(container)) start(world, container);
		emit(world, container, 'restart');
		done();
	});
}

/** `docker kill`: counts as stopped manually, so the restart policy ignores it. */
export function kill(world: World, container: Container, signal = '9'): void {
	if (!isUp(container)) return;
	emit(world, container, 'kill', { signal });
	if (signal === '9' || signal === '15') die(world, container, 128 + Number(signal));
}

/** The program exits by itself, or is OOM-killed; then the restart policy `unless-stopped` acts. */
export function crash(world: World, container: Container, exitCode: number, oom = false): void {
	if (!isUp(container)) return;
	if (oom) emit(world, container, 'oom');
	die(world, container, exitCode);
	container.oomKilled = oom;
	container.status = 'restarting';
	const thisStart = container.start;
	// moby waits 100 ms and doubles that with each restart within ten seconds.
	after(world, 100, () => {
		if (container.start !== thisStart || container.status !== 'restarting') return;
		container.restartCount++;
		start(world, container);
	});
}

export function pause(world: World, container: Container): void {
	container.status = 'paused';
	emit(world, container, 'pause');
	changed(world, container);
}

export function unpause(world: World, container: Container): void {
	container.status = 'running';
	emit(world, container, 'unpause');
	changed(world, container);
}

/** As `docker compose up --force-recreate`: the service keeps its name and gets a new container. */
export function recreate(world: World, container: Container): void {
	remove(world, container);
	create(world, container);
	start(world, container);
}

/** `docker rm --force`. */
export function remove(world: World, container: Container): void {
	if (isUp(container)) {
		emit(world, container, 'kill', { signal: '15' });
		die(world, container, container.definition.stopExitCode);
		emit(world, container, 'stop');
	}
	container.status = 'removed';
	emit(world, container, 'destroy');
	changed(world, container);
}

/** `docker create` of a service whose container was removed: a new id, an empty log. */
export function create(world: World, container: Container): void {
	container.id = createRandom(hash(`${container.id}/recreated`)).hex(64);
	container.createdAt = world.time;
	container.finishedAt = 0;
	container.restartCount = 0;
	container.logs = [];
	container.status = 'created';
	emit(world, container, 'create');
}
