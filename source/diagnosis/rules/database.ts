import { healthText } from '../../model/state-texts.ts';
import { render, sayer } from '../../words/message.ts';
import { isDatabaseInDoubt, isPageOk, isSteady } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, findingId, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'database.title': [
		'The Airflow metadata database is unreachable',
		'Airflow 메타데이터 데이터베이스에 연결할 수 없습니다',
	],
	'database.cause': [
		'The server refuses connections, or the address or password configured in Airflow is wrong',
		'데이터베이스 서버가 연결을 거부하거나 Airflow에 설정된 주소 또는 비밀번호가 틀렸습니다',
	],
	'database.says.cause': ['The database reports: {words}', '데이터베이스 응답: {words}'],
	'database.hangs.cause': [
		'The database is running but does not respond: it hangs or is overloaded',
		'데이터베이스가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'database.hangs.reason': [
		'A query inside {service} timed out',
		'{service} 컨테이너 안에서 보낸 쿼리도 시간 초과되었습니다',
	],
	'database.reason': [
		'Airflow reports it as unhealthy, although {service} is running',
		'{service} 컨테이너는 실행 중이지만 Airflow가 비정상으로 보고합니다',
	],
	'database.managed.reason': ['Airflow reports it as unhealthy', 'Airflow가 비정상이라고 보고합니다'],
	'database.elsewhere.reason': [
		'Airflow reports it as unhealthy, and no container here runs it',
		'Airflow는 비정상이라고 보고하지만, 이 엔진에는 해당 컨테이너가 없습니다',
	],
	'connections.title': ['The database has no free connections', '데이터베이스 연결이 모두 사용 중입니다'],
	'connections.evidence': ['{count} of {limit} connections in use', '최대 {limit}개 중 {count}개 연결 사용 중'],
	'connections.cause': ['Open connections have reached max_connections', '연결 수가 max_connections에 도달했습니다'],
	'connections.reason': ['Reported by Postgres', 'Postgres에서 확인한 내용입니다'],
	'connections.fix': [
		'Terminate connections that have been idle for more than 10s',
		'10초 넘게 유휴 상태인 연결을 종료하세요',
	],
	'migration.title': ['The Airflow database is not initialised', 'Airflow 데이터베이스가 초기화되지 않았습니다'],
	'migration.cause': [
		'Its tables are missing: the database is new or was emptied',
		'테이블이 없습니다. 새 데이터베이스이거나 내용이 삭제되었습니다',
	],
	'migration.reason': [
		'The database responds but has no alembic_version table',
		'데이터베이스는 응답하지만 alembic_version 테이블이 없습니다',
	],
	'migration.sign.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'migration.impact': [
		'Scheduler, webserver and worker cannot work until it is initialised',
		'초기화할 때까지 스케줄러, 웹 서버, 워커가 모두 동작하지 않습니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const slotsGone = /remaining connection slots|too many clients|too many connections/i;

/** New connections are refused. */
export const connectionsExhausted: Rule = {
	name: 'connections exhausted',
	texts,
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
	texts,
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
	texts,
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
