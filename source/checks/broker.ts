import { settingOf } from '../diagnosis/airflow-facts.ts';
import { type Check, type CheckDeps, one } from './check.ts';
import { commandOrHang, isTaskWaiting, isUnhealthy, minute, notInContainer, running, second } from './in-container.ts';

/** Since when a queue was not seen empty, and since when its count was not seen to fall. */
type QueueSeen = { readonly count: number; readonly since: number; readonly unchangedSince: number };

/** Redis: whether it answers, its memory and the length of its queues. Reads only. */
export function brokerCheck(): Check {
	let seen: ReadonlyMap<string, QueueSeen> = new Map();
	return {
		name: 'broker',
		role: 'broker',
		subjects: deps => {
			const broker = running(deps, 'broker');
			return one(broker !== undefined && /redis|valkey/.test(broker.it.container.image + broker.service));
		},
		everyMs: minute,
		leastMs: 5 * second,
		afterMs: 3 * second,
		isUrgent: deps => {
			const facts = deps.facts();
			return (
				facts.signs('broker rejects writes').length > 0 ||
				facts.signs('broker unreachable').length > 0 ||
				isUnhealthy(deps, 'worker') ||
				isTaskWaiting(facts, 8 * second) ||
				// Messages wait although nothing runs: a worker may answer pings but take no tasks.
				((facts.check('broker')?.queues.length ?? 0) > 0 && !facts.tasks().some(({ state }) => state === 'running'))
			);
		},
		async look(deps, _subject, signal) {
			const broker = running(deps, 'broker');
			if (!broker) return null;
			const script =
				'redis-cli PING; redis-cli INFO memory; redis-cli INFO persistence; redis-cli CONFIG GET stop-writes-on-bgsave-error; db=$1; shift; for q in "$@"; do echo "queue $(redis-cli -n "$db" LLEN "$q") $q"; done; echo "unacked $(redis-cli -n "$db" HLEN unacked)"; redis-cli INFO keyspace';
			const queues = queueNames(deps);
			const database = brokerDatabase(deps);
			const argv = ['sh', '-c', script, 'sh', String(database), ...queues];
			const answer = await commandOrHang(deps, broker, argv, signal, 5 * second);
			const lines = answer.end === null ? [] : answer.end.lines;
			if (lines.some(line => /redis-cli: (command )?not found/.test(line)))
				throw notInContainer('redis-cli', broker.container);
			const number = (name: string) => {
				const found = lines.find(line => line.startsWith(`${name}:`))?.slice(name.length + 1);
				return found === undefined ? null : Number(found.trim());
			};
			const word = (name: string) =>
				lines
					.find(line => line.startsWith(`${name}:`))
					?.slice(name.length + 1)
					.trim() ?? '';
			const now = new Map<string, QueueSeen>();
			const counted = lines.flatMap(line => {
				const [, length, name = ''] = /^queue (\d+) (.+)$/.exec(line) ?? [];
				const count = Number(length ?? 0);
				if (count === 0) return [];
				const old = seen.get(name);
				const since = old?.since ?? deps.now();
				const unchangedSince = old === undefined || count < old.count ? deps.now() : old.unchangedSince;
				now.set(name, { count, since, unchangedSince });
				return [{ name, count, since, unchangedSince }];
			});
			seen = now;
			// An empty queue means a lost message only in the Redis database that Celery uses.
			const others = lines.some(line => /^db\d+:/.test(line) && !line.startsWith(`db${database}:`));
			const unacked = /^unacked (\d+)$/m.exec(lines.join('\n'))?.[1];
			const isSure = unacked !== undefined && (isDatabaseKnown(deps) || !others);
			const stopsWrites = lines[lines.indexOf('stop-writes-on-bgsave-error') + 1] !== 'no';
			return {
				check: 'broker',
				answer: (lines[0] ?? '').trim(),
				hang: answer.end === null ? answer.problem : null,
				queues: counted,
				asked: isSure ? queues : [],
				unacked: isSure ? Number(unacked) : null,
				memoryBytes: number('used_memory'),
				memoryLimitBytes: number('maxmemory'),
				policy: word('maxmemory_policy'),
				hasFailedToSave: stopsWrites && word('rdb_last_bgsave_status') === 'err',
			};
		},
	};
}

/** Airflow's default queue is `default` unless set; queued tasks may name others. */
function queueNames(deps: CheckDeps): string[] {
	const facts = deps.facts();
	const set = settingOf(facts, facts.of('worker'), 'AIRFLOW__OPERATORS__DEFAULT_QUEUE');
	const named = facts.tasks().flatMap(({ state, queue }) => (state === 'queued' && queue ? [queue] : []));
	// Airflow allows any name; one that looks like an option is left out.
	return [...new Set([set ?? 'default', 'celery', ...named.filter(name => !name.startsWith('-')).slice(0, 20)])];
}

const brokerUrlOf = ({ facts }: CheckDeps) =>
	settingOf(facts(), facts().of('worker'), 'AIRFLOW__CELERY__BROKER_URL') ??
	settingOf(facts(), facts().of('scheduler'), 'AIRFLOW__CELERY__BROKER_URL');

const isDatabaseKnown = (deps: CheckDeps) => /^rediss?:/.test(brokerUrlOf(deps) ?? '');

/** Number of the Redis database that Celery uses: the path of the broker's address, 0 if it has none. */
function brokerDatabase(deps: CheckDeps): number {
	return Number(/^rediss?:\/\/[^/]*\/(\d+)/.exec(brokerUrlOf(deps) ?? '')?.[1] ?? 0);
}
