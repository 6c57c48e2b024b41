import { healthText } from '../../model/state-texts.ts';
import { render } from '../../words/message.ts';
import { isDatabaseInDoubt, isPageOk, isSteady } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, findingId, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const slotsGone = /remaining connection slots|too many clients|too many connections/i;

/** New connections are refused. */
export const connectionsExhausted: Rule = {
	name: 'connections exhausted',
	find: facts => exhausted(facts),
};

function exhausted(facts: DiagnosisFacts): Draft[] {
	const database = facts.check('database');
	const service = facts.of('database');
	const count = database?.connections ?? null;
	const limit = database?.connectionLimit ?? null;
	const edge = facts.was(findingId('connections exhausted', 'database')) ? 1 : 0;
	const isFull = count !== null && limit !== null && limit > 0 && count / limit >= thresholds.connectionShare[edge];
	const [sign] = facts.signs('connections exhausted');
	const problem = database?.problem ?? null;
	const says = problem !== null && slotsGone.test(render(problem, 'en')) ? problem : null;
	// A sign in a log is older than the database's answer, which takes precedence.
	if (!isFull && says === null && !(sign && !database)) return [];
	return [
		{
			subject: 'database',
			severity: 'critical',
			since: sign?.firstAt ?? null,
			title: say('connections.title'),
			evidence: [
				...(count !== null && limit !== null ? [evidence(say('connections.evidence', { count, limit }))] : []),
				...(sign ? [evidence(say('evidence.sign', { service: sign.container, count: sign.count }), [sign.line])] : []),
				...(says === null ? [] : [evidence(say('evidence.failure', { message: says }))]),
			],
			cause: say('connections.cause'),
			reason: say('connections.reason'),
			impact: [say('impact.database')],
			fixes: service
				? [
						// Without a free connection none can be terminated either.
						...(says === null ? [endConnections(facts, service)] : []),
						restart(service),
					]
				: [],
			breaks: ['database'],
			dependsOn: ['engine', 'disk'],
		},
	];
}

/** Idle connections only: no work is lost. */
function endConnections(facts: DiagnosisFacts, { container }: Service) {
	return fix(say('connections.fix'), {
		kind: 'exec',
		container,
		user: null,
		argv: psql(
			facts,
			"select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and state in ('idle', 'idle in transaction') and state_change < now() - interval '10 seconds'",
		),
	});
}

/** `psql` in the database container, with the user and database it was created with. */
export function psql(facts: DiagnosisFacts, sql: string): string[] {
	const service = facts.of('database');
	const setup = service && facts.check('setup', service.it.container.id)?.setup;
	const user = setup?.postgresUser ?? 'postgres';
	return ['psql', '-U', user, '-d', setup?.postgresDatabase ?? user, '-tAc', sql];
}

/** Airflow cannot reach its database although the container is running. */
export const databaseUnreachable: Rule = {
	name: 'database unreachable',
	find: facts => {
		const { airflowHealth } = facts.state;
		const database = facts.check('database');
		const [sign] = facts.signs('database unreachable');
		const says = database?.problem ?? null;
		const isReportedUnhealthy = isPageOk(facts, 'airflow') && airflowHealth?.metadatabase === 'unhealthy';
		if (!isReportedUnhealthy && says === null) return [];
		// Airflow also reports it unhealthy when its tables are missing; the database's own answer tells the two apart.
		if (says === null && (database?.isMigrated === false || isDatabaseInDoubt(facts, facts.state.metadatabaseSince)))
			return [];
		if ((says !== null && slotsGone.test(render(says, 'en'))) || exhausted(facts).length > 0) return [];
		const service = facts.of('database');
		// Reported as an unhealthy container.
		const isUnhealthy = service?.it.container.health === 'unhealthy' && says === null;
		if (service && (!isSteady(facts, service) || isUnhealthy)) return [];
		const isHanging = database?.isHanging === true;
		if (!service && facts.services.length > 0 && !isReportedUnhealthy) return [];
		return [
			{
				subject: 'database',
				severity: 'critical',
				since: sign?.firstAt ?? null,
				title: say('database.title'),
				evidence: [
					...(airflowHealth
						? [
								evidence(
									say('evidence.health', {
										scheduler: healthText(airflowHealth.scheduler ?? '-'),
										database: healthText(airflowHealth.metadatabase ?? '-'),
									}),
								),
							]
						: []),
					...(says === null ? [] : [evidence(say('evidence.failure', { message: says }))]),
					...(sign
						? [evidence(say('evidence.sign', { service: sign.container, count: sign.count }), [sign.line])]
						: []),
				],
				cause: isHanging
					? say('database.hangs.cause')
					: says === null
						? say('database.cause')
						: say('database.says.cause', { words: says }),
				reason:
					isHanging && service
						? say('database.hangs.reason', { service: service.name })
						: service
							? say('database.reason', { service: service.name })
							: facts.state.hasEngine
								? say('database.elsewhere.reason')
								: say('database.managed.reason'),
				impact: [say('impact.database')],
				fixes: service ? [restart(service), readLog(service)] : [],
				breaks: ['database'],
				dependsOn: ['engine', 'disk', ...(service ? [`network ${service.container}` as const] : [])],
			},
		];
	},
};

/** The database answers but has no Airflow tables. */
export const databaseNotMigrated: Rule = {
	name: 'database not migrated',
	find: facts => {
		const database = facts.check('database');
		const [sign] = facts.signs('not migrated');
		if (database?.isMigrated === true) return [];
		if (database?.isMigrated !== false && !sign) return [];
		return [
			{
				subject: 'database',
				severity: 'critical',
				since: sign?.firstAt ?? null,
				title: say('migration.title'),
				evidence: sign
					? [evidence(say('evidence.sign', { service: sign.container, count: sign.count }), [sign.line])]
					: [],
				cause: say('migration.cause'),
				reason:
					database?.isMigrated === false || !sign
						? say('migration.reason')
						: say('migration.sign.reason', { service: sign.container, line: sign.line }),
				impact: [say('migration.impact')],
				fixes: [fix(say('fix.init'), { kind: 'init' })],
				breaks: ['migration'],
				dependsOn: ['engine', 'database'],
			},
		];
	},
};
