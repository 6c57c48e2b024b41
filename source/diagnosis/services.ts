import type { Fix } from '../model/finding.ts';
import type { Message } from '../words/message.ts';
import type { DiagnosisFacts, Role, Service } from './facts.ts';
import { evidence, fix, look, type Thing } from './finding.ts';
import { say } from './messages/message.ts';

/** What the rules about containers have in common. */

const dependencies: Readonly<Record<Role, readonly Thing[]>> = {
	database: ['disk'],
	broker: ['disk'],
	scheduler: ['disk', 'database', 'migration', 'broker', 'logs folder'],
	webserver: ['disk', 'database', 'migration', 'logs folder'],
	worker: ['disk', 'database', 'migration', 'broker', 'logs folder'],
	triggerer: ['disk', 'database', 'migration', 'logs folder'],
	mlflow: ['disk'],
};

/** What this service needs in order to work. */
export function needsOf(service: Service): Thing[] {
	const own: Thing[] = ['engine', 'stack', `port ${service.container}`, `network ${service.container}`, 'mount logs'];
	return service.role === null ? own : [...own, ...dependencies[service.role]];
}

/** What is gone while this service does not work. */
export function takesOf({ role, others }: Service): Thing[] {
	return role === null || role === 'triggerer' || others > 0 ? [] : [role];
}

export function impactOf({ role, name, others }: Service): Message[] {
	if (others > 0) return [say('impact.replica')];
	return [role === null ? say('impact.other', { service: name }) : say(`impact.${role}`)];
}

/** What it wrote last, as far as that was read. */
export function lastLines(facts: DiagnosisFacts, { it }: Service): readonly string[] {
	const found = facts.check('last lines', it.container.id);
	return found?.lines ?? [];
}

export function lastLinesEvidence(facts: DiagnosisFacts, service: Service, shown = 6) {
	const lines = lastLines(facts, service).slice(-shown);
	return lines.length === 0 ? [] : [evidence(say('evidence.lines', { service: service.name }), lines)];
}

const error = /\b\w*(error|exception|fatal|panic)\b|denied|refused|cannot|can't|unable to|not found|no such|failed/i;

/** The line that most likely says why: the last that speaks of an error, else the last; empty where there is none. */
export function tellingLine(lines: readonly string[]): string {
	const line = lines.findLast(text => error.test(text)) ?? lines.at(-1) ?? '';
	// Airflow's log lines begin with time, file and level: what they say comes behind.
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

export function up(service: Pick<Service, 'name' | 'service'>): Fix {
	return fix(say('fix.up', { service: service.name }), {
		kind: 'compose',
		verb: 'up',
		services: [service.service],
	});
}

/** Services that do their work once and end, as initialisations do. */
export function isJob({ name }: Service): boolean {
	return /(^|[-_])(init|migrate|migration|setup)([-_]|$)/.test(name);
}
