import { isWorker } from '../airflow/workers.ts';
import type { StackPart } from '../stack-parts.ts';
import { after, answers, partAnswers, sinceStart, type World } from '../world.ts';
import type { Container, HealthStatus, Probe } from './container.ts';
import { containerEvent } from './engine-events.ts';

/** Health checks as the daemon does them (moby daemon/health.go). */

const KEPT_PROBES = 5;
const RETRIES = 3;
const OUTPUT_BYTES = 4096;

/** What a container needs to be healthy itself. */
function neededBy(world: World, container: Container): StackPart | undefined {
	if (isWorker(world, container)) return 'broker';
	return container.definition.name === world.stack.parts.scheduler ? 'database' : undefined;
}

/** The command as in exec events. */
export function probeCommand(test: readonly string[]): string {
	return test[0] === 'CMD-SHELL' ? `/bin/sh -c ${test[1]}` : test.slice(1).join(' ');
}

/** Starts again with `starting`, and probes during this run of the container. */
export function watchHealth(world: World, container: Container): void {
	const check = container.definition.healthcheck;
	if (check === undefined) return;
	container.health = { status: 'starting', failingStreak: 0, log: [] };
	const thisStart = container.start;
	const next = (): void =>
		after(world, check.intervalMs, () => {
			if (container.start !== thisStart) return;
			if (container.status === 'running') probe(world, container, next);
			else next();
		});
	next();
}

function outcomeOf(world: World, container: Container): { exitCode: number; output: string } {
	const { name, healthcheck } = container.definition;
	if (container.failingProbe !== undefined) return container.failingProbe;
	const needed = neededBy(world, container);
	const healthy = answers(world, name) && (needed === undefined || partAnswers(world, needed));
	if (healthy || healthcheck === undefined) return { exitCode: 0, output: healthcheck?.success ?? '' };
	return healthcheck.failure;
}

function probe(world: World, container: Container, done: () => void): void {
	const check = container.definition.healthcheck;
	if (check === undefined) return;
	const thisStart = container.start;
	const random = world.random.fork(`${container.id}/probe/${Math.round(sinceStart(world))}`);
	const execID = random.hex(64);
	const command = probeCommand(check.test);
	const emitEvent = (action: string, extra: Record<string, string> = {}): void =>
		world.events.emit(containerEvent(container, action, world.time, { execID, ...extra }));
	emitEvent(`exec_create: ${command}`);
	emitEvent(`exec_start: ${command}`);
	const started = world.time;
	after(world, random.between(35, 90), () => {
		if (container.start !== thisStart) return;
		const { exitCode, output } = outcomeOf(world, container);
		emitEvent('exec_die', { exitCode: String(exitCode) });
		record(world, container, { start: started, end: world.time, exitCode, output: output.slice(0, OUTPUT_BYTES) });
		done();
	});
}

/** Adds the result of a probe; emits an event only for a change of the status. */
export function record(world: World, container: Container, result: Probe): void {
	const { health } = container;
	const check = container.definition.healthcheck;
	if (health === undefined || check === undefined) return;
	health.log.push(result);
	if (health.log.length > KEPT_PROBES) health.log.shift();
	if (result.exitCode === 0) {
		health.failingStreak = 0;
		setStatus(world, container, 'healthy');
		return;
	}
	const starting = health.status === 'starting' && result.start - container.startedAt < check.startPeriodMs;
	if (starting) return;
	health.failingStreak++;
	if (health.failingStreak >= RETRIES) setStatus(world, container, 'unhealthy');
}

function setStatus(world: World, container: Container, status: HealthStatus): void {
	const { health } = container;
	if (health === undefined || health.status === status) return;
	health.status = status;
	world.events.emit(containerEvent(container, `health_status: ${status}`, world.time));
}

/** By order of the scenario, at once: as if the necessary probes had just been made. */
export function forceHealth(world: World, container: Container, status: HealthStatus, output?: string): void {
	const check = container.definition.healthcheck;
	if (check === undefined) throw new RangeError(`${container.definition.name} has no health check`);
	container.health ??= { status: 'starting', failingStreak: 0, log: [] };
	if (status === 'unhealthy') {
		container.failingProbe = { exitCode: check.failure.exitCode || 1, output: output ?? check.failure.output };
		container.health.failingStreak = Math.max(container.health.failingStreak, RETRIES - 1);
		// Past the start period, after which failures count.
		if (container.health.status === 'starting') container.health.status = 'healthy';
		record(world, container, { start: world.time, end: world.time, ...container.failingProbe });
		return;
	}
	container.failingProbe = undefined;
	if (status === 'healthy') {
		record(world, container, { start: world.time, end: world.time, exitCode: 0, output: output ?? check.success });
		return;
	}
	container.health.status = 'starting';
	container.health.failingStreak = 0;
	container.health.log = [];
}
