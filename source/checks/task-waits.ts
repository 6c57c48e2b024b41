import * as z from 'zod/mini';
import type { DiagnosisFacts } from '../diagnosis/facts.ts';
import type { CheckResult } from '../model/check.ts';
import { exitedWith } from '../model/failures/exited-with.ts';
import { ClientError } from '../model/failures/failure.ts';
import { outsideText } from '../model/text/outside-text.ts';
import { phrase } from '../words/message.ts';
import { type Check, one } from './check.ts';
import { command, running } from './in-container.ts';

/**
 * Why a task waits, if Airflow's REST API (2.8) does not report it: the next check of a sensor in reschedule mode,
 * limits of single tasks, and the number of active tasks of all DAG runs. One query, a few milliseconds.
 */
export const taskWaitsCheck: Check = {
	name: 'task waits',
	role: 'database',
	subjects: deps => {
		const database = running(deps, 'database');
		const isKnown = database && deps.facts().check('setup', database.it.container.id) !== undefined;
		return one(
			Boolean(isKnown) &&
				/postg/.test(`${database?.it.container.image}${database?.service}`) &&
				waitingDags(deps.facts()).length > 0,
		);
	},
	everyMs: Number.POSITIVE_INFINITY,
	leastMs: 8000,
	isUrgent: () => true,
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const database = running(deps, 'database');
		const setup = database && deps.facts().check('setup', database.it.container.id)?.setup;
		if (!database || !setup) return null;
		const user = setup.postgresUser ?? 'postgres';
		const query = queryOf(waitingDags(deps.facts()));
		const argv = ['psql', '-X', '-w', '-U', user, '-d', setup.postgresDatabase ?? user, '-tA', '-c', query];
		const { exitCode, lines } = await command(deps, database, argv, signal, 5000);
		if (exitCode !== 0) throw new ClientError('refused', exitedWith('psql', exitCode, lines.at(-1) ?? ''));
		return parseTaskWaits(lines.join('\n'));
	},
};

/** DAGs with tasks whose wait reason only the database knows. */
function waitingDags(facts: DiagnosisFacts): string[] {
	const waits = facts.isAirflowLive
		? facts.tasks().filter(({ state }) => state === 'scheduled' || state === 'up_for_reschedule')
		: [];
	return [...new Set(waits.map(({ dagId }) => dagId))].slice(0, dagsAsked);
}

/** DAGs per query: more would make it long, and a screen shows no more. */
const dagsAsked = 20;

/**
 * `_is_mapped` tasks keep their limits in `partial_kwargs`; later serialisations wrap a task in `__var`
 * (airflow/serialization/serialized_objects.py).
 */
function queryOf(dagIds: readonly string[]): string {
	const dags = dagIds.map(id => `'${id.replaceAll("'", "''")}'`).join(',');
	const limit = (name: string) =>
		`coalesce(o->>'${name}', o->'partial_kwargs'->>'${name}', o->'__var'->>'${name}', o->'__var'->'partial_kwargs'->>'${name}')::float`;
	return `select json_build_object(
'reschedules', (select coalesce(json_agg(r), '[]') from (select t.dag_id, t.run_id, t.task_id, t.map_index, extract(epoch from max(s.reschedule_date)) * 1000 as at from task_instance t join task_reschedule s using (dag_id, run_id, task_id, map_index) where t.state = 'up_for_reschedule' and t.dag_id in (${dags}) group by 1, 2, 3, 4 limit 500) r),
'active', (select coalesce(json_agg(a), '[]') from (select dag_id, task_id, count(*) from task_instance where state in ('running', 'queued') and dag_id in (${dags}) group by 1, 2) a),
'limits', (select coalesce(json_agg(l), '[]') from (select dag_id, coalesce(o->>'task_id', o->'__var'->>'task_id') as task_id, ${limit('max_active_tis_per_dag')} as per_dag, ${limit('max_active_tis_per_dagrun')} as per_run from serialized_dag, json_array_elements(data->'dag'->'tasks') o where dag_id in (${dags})) l where per_dag is not null or per_run is not null))`;
}

const dagTask = { dag_id: outsideText, task_id: outsideText };
const answer = z.object({
	reschedules: z.array(z.object({ ...dagTask, run_id: outsideText, map_index: z.number(), at: z.number() })),
	active: z.array(z.object({ ...dagTask, count: z.number() })),
	limits: z.array(z.object({ ...dagTask, per_dag: z.nullable(z.number()), per_run: z.nullable(z.number()) })),
});

/** Parses the answer of the query. Throws ClientError. */
export function parseTaskWaits(text: string): CheckResult {
	let read: z.infer<typeof answer>;
	try {
		read = answer.parse(JSON.parse(text));
	} catch {
		throw new ClientError(
			'protocol',
			phrase([
				'The database returned no valid data on waiting tasks',
				'데이터베이스가 대기 중인 작업에 대한 올바른 데이터를 반환하지 않았습니다',
			]),
		);
	}
	return {
		check: 'task waits',
		reschedules: read.reschedules.map(one => ({
			dagId: one.dag_id,
			dagRunId: one.run_id,
			taskId: one.task_id,
			mapIndex: one.map_index,
			at: Math.round(one.at),
		})),
		active: read.active.map(({ dag_id: dagId, task_id: taskId, count }) => ({ dagId, taskId, count })),
		limits: read.limits.map(one => ({
			dagId: one.dag_id,
			taskId: one.task_id,
			perDag: one.per_dag,
			perRun: one.per_run,
		})),
	};
}
