import type { CheckResult } from '../model/check.ts';
import { exitedWith } from '../model/failures/exited-with.ts';
import { ClientError } from '../model/failures/failure.ts';
import { quoted } from '../words/message.ts';
import { type Check, one } from './check.ts';
import { command, commandOrHang, isUnhealthy, minute, running, second } from './in-container.ts';

const databaseFields =
	"select 'connections', count(*) from pg_stat_activity union all select 'limit', current_setting('max_connections')::bigint union all select 'migrated', (to_regclass('alembic_version') is not null)::int";

/** Postgres: whether it answers, its connections, and whether Airflow's tables and users exist. Reads only. */
export const databaseCheck: Check = {
	name: 'database',
	role: 'database',
	subjects: deps => {
		const database = running(deps, 'database');
		const isKnown = database && deps.facts().check('setup', database.it.container.id) !== undefined;
		return one(Boolean(isKnown) && /postg/.test(`${database?.it.container.image}${database?.service}`));
	},
	everyMs: 5 * minute,
	leastMs: 8 * second,
	afterMs: 4 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		const { airflowHealth, feeds } = facts.state;
		const isApiFailing = [feeds.dags, feeds.pipeline].some(
			feed => feed.status === 'failed' && ['unauthorised', 'server', 'timeout'].includes(feed.failure.kind),
		);
		return (
			isApiFailing ||
			airflowHealth?.metadatabase === 'unhealthy' ||
			facts.page('airflow')?.check?.ok === false ||
			isUnhealthy(deps, 'database') ||
			isUnhealthy(deps, 'scheduler') ||
			facts.services.some(({ role, it }) => role === 'scheduler' && it.container.state === 'restarting') ||
			facts.was('connections exhausted database') ||
			facts.was('database not migrated database') ||
			(['database unreachable', 'connections exhausted', 'not migrated'] as const).some(
				sign => facts.signs(sign).length > 0,
			)
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const database = running(deps, 'database');
		const setup = database && deps.facts().check('setup', database.it.container.id)?.setup;
		if (!database || !setup) return null;
		const user = setup.postgresUser ?? 'postgres';
		const psql = ['psql', '-X', '-w', '-U', user, '-d', setup.postgresDatabase ?? user, '-tAF', ' ', '-c'];
		const nothing = { connections: null, connectionLimit: null, isMigrated: null, users: null };
		const answer = await commandOrHang(deps, database, [...psql, databaseFields], signal, 5 * second);
		if (answer.end === null) return { check: 'database', problem: answer.problem, isHanging: true, ...nothing };
		const { exitCode, lines } = answer.end;
		if (exitCode !== 0) {
			const words = lines.findLast(line => /error|fatal/i.test(line)) ?? lines.at(-1);
			// It answers but wants a password, which only Airflow has.
			if (words && /no password supplied|authentication failed|pg_hba/.test(words))
				throw new ClientError('unauthorised', quoted(words));
			const problem = words ? quoted(words) : exitedWith('psql', exitCode, '');
			return { check: 'database', problem, ...nothing };
		}
		const field = (name: string) => {
			const value = lines.find(line => line.startsWith(`${name} `))?.slice(name.length + 1);
			return value === undefined ? null : Number(value);
		};
		const isMigrated = (field('migrated') ?? 0) > 0;
		// Only Flask-AppBuilder keeps users there.
		const users = isMigrated
			? await command(deps, database, [...psql, 'select username from ab_user where active'], signal, 5 * second)
			: null;
		return {
			check: 'database',
			problem: null,
			connections: field('connections'),
			connectionLimit: field('limit'),
			isMigrated,
			users: users?.exitCode === 0 ? users.lines.map(line => line.trim()).filter(Boolean) : null,
		};
	},
};
