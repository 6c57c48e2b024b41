import type { Role } from '../model/engine/role.ts';
import type { Fix } from '../model/finding.ts';
import type { Message } from '../words/message.ts';
import type { DiagnosisFacts, Service } from './facts.ts';
import { type Draft, evidence, fix, look, type Part } from './finding.ts';
import { say } from './messages/message.ts';

/** Shared by the rules about containers. */

const dependencies: Readonly<Record<Role, readonly Part[]>> = {
	database: ['disk'],
	broker: ['disk'],
	scheduler: ['disk', 'database', 'migration', 'broker', 'logs folder'],
	webserver: ['disk', 'database', 'migration', 'logs folder'],
	worker: ['disk', 'database', 'migration', 'broker', 'logs folder'],
	triggerer: ['disk', 'database', 'migration', 'logs folder'],
	processor: ['disk', 'database', 'migration', 'logs folder'],
	mlflow: ['disk'],
};

/**
 * The subject of a finding: a container, or a service of several replicas. One finding names all affected replicas, and
 * stays the same when another one follows.
 */
export function about({ container, service, replica }: Service): Pick<Draft, 'subject' | 'replica'> {
	return replica === null ? { subject: container } : { subject: service, replica };
}

/** Parts of the stack without which this service cannot work. */
export function dependenciesOf(service: Service): Part[] {
	const own: Part[] = ['engine', 'stack', `port ${service.container}`, `network ${service.container}`, 'mount logs'];
	return service.role === null ? own : [...own, ...dependencies[service.role]];
}

/** Parts of the stack that do not work while this service is down. */
export function brokenBy({ role, others }: Service): Part[] {
	return role === null || role === 'triggerer' || others > 0 ? [] : [role];
}

export function impactOf({ role, name, others }: Service): Message[] {
	if (others > 0) return [say('impact.replica')];
	return [role === null ? say('impact.other', { service: name }) : say(`impact.${role}`)];
}

/** The last lines of its log; none while they were not read. */
export function lastLines(facts: DiagnosisFacts, { it }: Service): readonly string[] {
	const found = facts.check('last lines', it.container.id);
	return found?.lines ?? [];
}

export function lastLinesEvidence(facts: DiagnosisFacts, service: Service, shown = 6) {
	const lines = lastLines(facts, service).slice(-shown);
	return lines.length === 0 ? [] : [evidence(say('evidence.lines', { service: service.name }), lines)];
}

const error = /\b\w*(error|exception|fatal|panic)\b|denied|refused|cannot|can't|unable to|not found|no such|failed/i;

/** The line that most likely names the cause: the last with an error, else the last. Empty without lines. */
export function errorLine(lines: readonly string[]): string {
	const line = lines.findLast(text => error.test(text)) ?? lines.at(-1) ?? '';
	// Airflow's log lines begin with time, file and level.
	return line.replace(/^\[[^\]]+\]\s*(\{[^}]+\}\s*\w+\s+-\s+)?/, '').trim();
}

export function readLog(service: Service): Fix {
	return look(say('fix.read log', { service: service.name }), 'log', service.container);
}

export function restart(service: Service): Fix {
	return fix(say('fix.restart', { service: service.name }), {
		kind: 'container',
		verb: 'restart',
		container: service.container,
	});
}

export function start(service: Service): Fix {
	return fix(say('fix.start', { service: service.name }), {
		kind: 'container',
		verb: 'start',
		container: service.container,
	});
}

export function up({ name, service, replica }: Pick<Service, 'name' | 'service' | 'replica'>): Fix {
	return fix(say('fix.up', { service: replica === null ? name : service }), {
		kind: 'compose',
		verb: 'up',
		services: [service],
	});
}

/** Services that run once and exit, such as initialisations. */
export function isJob({ it }: Service): boolean {
	return it.isJob;
}
