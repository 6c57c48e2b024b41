import { evidence, type Rule, remedy, type Thing } from '../finding.ts';
import { say } from '../messages/message.ts';
import { up } from '../services.ts';

/** What a service of that name does; services of other names take nothing away that others here need. */
const roleWords: readonly (readonly [
	RegExp,
	Thing & ('database' | 'broker' | 'scheduler' | 'webserver' | 'worker' | 'mlflow'),
])[] = [
	[/postgres|mysql|mariadb/, 'database'],
	[/redis|valkey|rabbitmq/, 'broker'],
	[/airflow.*scheduler/, 'scheduler'],
	[/airflow.*(web|api-?server)/, 'webserver'],
	[/airflow.*worker/, 'worker'],
	[/^mlflow/, 'mlflow'],
];

/** A service of the Compose file that has no container. */
export const containerMissing: Rule = {
	name: 'container missing',
	find: facts => {
		const { services, isEngineLive } = facts;
		const hashes = facts.check('compose file')?.hashes;
		if (!isEngineLive || !hashes || services.length === 0) return [];
		const present = new Set(services.map(({ service }) => service));
		const missing = Object.keys(hashes).filter(service => !present.has(service));
		return missing.map(service => {
			const role = roleWords.find(([word]) => word.test(service))?.[1];
			return {
				subject: service,
				severity: 'bad' as const,
				since: null,
				title: say('missing.title', { service }),
				evidence: [evidence(say('missing.evidence', { others: [...present].toSorted().join(', ') }))],
				cause: say('missing.cause'),
				reason: say('missing.reason', { service }),
				hurts: [role ? say(`hurts.${role}`) : say('hurts.other', { service })],
				remedies: [up({ name: service, service })],
				takes: role ? [role] : [],
				needs: ['engine' as const],
			};
		});
	},
};

/** The engine answers, and nothing of the stack is on it. */
export const stackMissing: Rule = {
	name: 'stack missing',
	find: ({ services, isEngineLive, project }) =>
		!isEngineLive || services.some(({ role }) => role !== null)
			? []
			: [
					{
						subject: project ?? 'mlops',
						severity: 'bad',
						since: null,
						title: say('stack missing.title'),
						evidence: [],
						cause: say('stack missing.cause'),
						reason: say('stack missing.reason'),
						hurts: [],
						remedies: [remedy(say('remedy.up all'), { kind: 'compose', verb: 'up', services: [] })],
						takes: ['database', 'broker', 'scheduler', 'webserver', 'worker', 'mlflow'],
						needs: ['engine'],
					},
				],
};
