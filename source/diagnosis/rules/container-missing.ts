import type { Fix } from '../../model/finding.ts';
import type { StackState } from '../../model/state.ts';
import { laketopCommand, line, optionsForProject } from '../../selectors/printed-commands/printed-command.ts';
import { absentProject, projectsFound } from '../../selectors/servers/stack.ts';
import { evidence, fix, type Part, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { isJob, up } from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** Roles by service name. Services of other names break nothing that other parts depend on. */
const roleWords: readonly (readonly [
	RegExp,
	Part & ('database' | 'broker' | 'scheduler' | 'webserver' | 'worker' | 'processor' | 'mlflow'),
])[] = [
	[/postgres|mysql|mariadb/, 'database'],
	[/redis|valkey|rabbitmq/, 'broker'],
	[/airflow.{0,100}dag[-_]?processor/, 'processor'],
	[/airflow.{0,100}scheduler/, 'scheduler'],
	[/airflow.{0,100}(web|api-?server)/, 'webserver'],
	[/airflow.{0,100}worker/, 'worker'],
	[/^mlflow/, 'mlflow'],
];

/** A service of the Compose file that has no container. */
export const containerMissing: Rule = {
	name: 'container missing',
	isSeenAtOnce: true,
	find: facts => {
		const { services, isEngineLive } = facts;
		const file = facts.check('compose file');
		if (!isEngineLive || !file || services.length === 0) return [];
		const present = new Set(services.map(({ service }) => service));
		const missing = Object.keys(file.hashes).filter(
			service => !present.has(service) && !file.withoutReplicas?.includes(service),
		);
		return missing.map(service => {
			const role = roleWords.find(([word]) => word.test(service))?.[1];
			return {
				subject: service,
				severity: 'critical' as const,
				since: null,
				title: say('missing.title', { service }),
				evidence: [evidence(say('missing.evidence', { others: [...present].toSorted().join(', ') }))],
				cause: say('missing.cause'),
				reason: say('missing.reason', { service }),
				impact: [role ? say(`impact.${role}`) : say('impact.other', { service })],
				fixes: [up({ name: service, service, replica: null })],
				breaks: role ? [role] : [],
				dependsOn: ['engine' as const],
			};
		});
	},
};

/** The engine answers but has no container of the stack. */
export const stackMissing: Rule = {
	name: 'stack missing',
	isSeenAtOnce: true,
	find: ({ services, isEngineLive, project, state }) => {
		if (!isEngineLive || services.some(({ role }) => role !== null)) return [];
		const absent = absentProject(state);
		const found = projectsFound(state);
		const up = fix(say('fix.up all'), { kind: 'compose', verb: 'up', services: [] });
		const words =
			absent === null || found.length === 0
				? {
						title: say('stack missing.title'),
						cause: say('stack missing.cause'),
						reason: say('stack missing.reason'),
						fixes: [up],
					}
				: {
						title: say('project absent.title', { project: absent }),
						cause: say('project absent.cause'),
						reason: say('project absent.reason', { found: found.join(', ') }),
						fixes: [rightProject(state), ...(state.composeFiles.length === 0 ? [] : [up])],
					};
		return [
			{
				subject: project ?? 'mlops',
				severity: 'critical',
				since: null,
				evidence: [],
				impact: [],
				breaks: ['stack', 'database', 'broker', 'scheduler', 'webserver', 'worker', 'processor', 'mlflow'],
				dependsOn: ['engine'],
				...words,
			},
		];
	},
};

/** Names the project that was probably meant: the first one that runs Airflow or MLflow. */
function rightProject(state: StackState): Fix {
	const [name] = state.stack?.otherProjects ?? [];
	if (name === undefined) return fix(say('project absent.check'), { kind: 'advice' });
	const stackOptions = optionsForProject(state, name);
	return fix(say('project absent.pass', { name }), {
		kind: 'type',
		command: laketopCommand({ stackOptions }, line.doctor()),
	});
}

/** The whole stack was stopped, as `docker compose stop` does: one finding instead of one per container. */
export const stackStopped: Rule = {
	name: 'stack stopped',
	isSeenAtOnce: true,
	find: ({ services, isEngineLive, project, now }) => {
		const own = services.filter(service => service.role !== null && !isJob(service));
		const ends = own.flatMap(({ it }) => (it.since === null ? [] : [it.since]));
		const last = Math.max(...ends);
		if (!isEngineLive || own.length < 3 || !own.every(({ it }) => it.container.state === 'exited')) return [];
		if (now - last < thresholds.endedMs || last - Math.min(...ends) > stoppedTogetherMs) return [];
		return [
			{
				subject: project ?? 'mlops',
				severity: 'critical',
				since: last,
				title: say('stack stopped.title'),
				evidence: [evidence(say('stack stopped.evidence', { count: own.length, at: last }))],
				cause: say('stack stopped.cause'),
				reason: say('stack stopped.reason'),
				impact: [],
				fixes: [fix(say('fix.up all'), { kind: 'compose', verb: 'up', services: [] })],
				breaks: ['stack', 'database', 'broker', 'scheduler', 'webserver', 'worker', 'processor', 'mlflow'],
				dependsOn: ['engine'],
			},
		];
	},
};

/** Each container may use its grace period, one after the other. */
const stoppedTogetherMs = 5 * 60_000;
