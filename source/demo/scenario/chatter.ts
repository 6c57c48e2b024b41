import type { Container } from '../world/containers/container.ts';
import { orphansLine, refreshLines, triggersLines } from '../world/logs/airflow3-banners.ts';
import { say } from '../world/logs/container-log.ts';
import { requestLine } from '../world/logs/request-log.ts';
import type { StackPart } from '../world/stack-parts.ts';
import { logTime, MINUTE, SECOND } from '../world/time.ts';
import type { AirflowGeneration } from '../world/versions.ts';
import { answers, every, type World } from '../world/world.ts';

/** Routine output of the programs: lines copied from the real ones, with other numbers. */

type Line = {
	/** A part of the stack, or a container of its own name. */
	container: StackPart | 'trino' | 'grafana' | 'superset' | 'hive-metastore';
	everyMs: number;
	lines: (time: number, count: number, world: World) => readonly string[];
};

const webHealth = (time: number): string =>
	`127.0.0.1 - - [${logTime.access(time)}] "GET /health HTTP/1.1" 200 283 "-" "curl/7.88.1"`;
const apiHealth = (time: number, count: number): string =>
	requestLine(time, {
		client: `127.0.0.1:${40_000 + (count % 9000)}`,
		method: 'GET',
		url: '/api/v2/version',
		status: 200,
		durationMs: 1.9,
	});

const airflowLine = (time: number, file: string, line: number, text: string): string =>
	`[\u001b[34m${logTime.airflow(time)}\u001b[0m] {\u001b[34m${file}:\u001b[0m${line}} INFO\u001b[0m - ${text}\u001b[0m`;

const AIRFLOW_CHATTER: Readonly<Record<AirflowGeneration, readonly Line[]>> = {
	'2': [
		{ container: 'web', everyMs: 10 * SECOND, lines: time => [webHealth(time)] },
		{
			container: 'scheduler',
			everyMs: 10 * SECOND,
			lines: time => [
				`127.0.0.1 - - [${logTime.access(time).replace(/:(\d\d:\d\d:\d\d) \+0000/, ' $1')}] "GET /health HTTP/1.1" 200 -`,
			],
		},
	],
	'3': [
		{ container: 'web', everyMs: 10 * SECOND, lines: (time, count) => [apiHealth(time, count)] },
		{
			container: 'parser',
			everyMs: 30 * SECOND,
			lines: (time, _count, { airflow }) =>
				refreshLines(time, new Set([...airflow.dags.values()].map(({ definition }) => definition.file)).size),
		},
		{
			container: 'triggerer',
			everyMs: MINUTE,
			lines: (time, _count, { airflow }) =>
				triggersLines(time, airflow.runs.flatMap(({ tasks }) => tasks).filter(isDeferred).length),
		},
	],
};

const isDeferred = ({ state }: { readonly state: string | null }): boolean => state === 'deferred';

const CHATTER: readonly Line[] = [
	{
		container: 'scheduler',
		everyMs: 5 * MINUTE,
		lines: (time, _count, { airflow }) => [
			airflow.generation === '3'
				? orphansLine(time)
				: airflowLine(
						time,
						'scheduler_job_runner.py',
						1601,
						'Adopting or resetting orphaned tasks for active dag runs',
					),
		],
	},
	{
		container: 'database',
		everyMs: 5 * MINUTE,
		lines: (time, count) => [
			`${logTime.postgres(time)} [25] LOG:  checkpoint starting: time`,
			`${logTime.postgres(time + 4300 + (count % 7) * 91)} [25] LOG:  checkpoint complete: wrote ${38 + ((count * 13) % 60)} buffers (0.3%); 0 WAL file(s) added, 0 removed, 0 recycled; write=4.2${count % 10} s, sync=0.008 s, total=4.251 s; sync files=24, longest=0.003 s, average=0.001 s; distance=241 kB, estimate=311 kB`,
		],
	},
	{
		container: 'broker',
		everyMs: 3 * MINUTE,
		lines: (time, count) => [
			`1:M ${logTime.redis(time)} * 100 changes in 300 seconds. Saving...`,
			`1:M ${logTime.redis(time + 1)} * Background saving started by pid ${140 + count}`,
			`${140 + count}:C ${logTime.redis(time + 8)} * DB saved on disk`,
			`1:M ${logTime.redis(time + 102)} * Background saving terminated with success`,
		],
	},
	{
		container: 'trino',
		everyMs: 20 * SECOND,
		lines: (time, count) => [
			`${new Date(time).toISOString()}\tINFO\tdispatcher-query-${40 + count}\tio.trino.event.QueryMonitor\tTIMELINE: Query ${logTime.compact(time).replace('T', '_')}_${String(count % 100000).padStart(5, '0')}_k3b2d :: FINISHED :: elapsed ${180 + ((count * 37) % 900)}ms :: planning ${21 + (count % 30)}ms :: finishing 4ms`,
		],
	},
	{
		container: 'grafana',
		everyMs: 40 * SECOND,
		lines: (time, count) => [
			`logger=cleanup t=${new Date(time).toISOString()} level=info msg="Completed cleanup jobs" duration=8.4${count % 10}ms`,
		],
	},
	{
		container: 'superset',
		everyMs: 30 * SECOND,
		lines: time => [`127.0.0.1 - - [${logTime.access(time)}] "GET /health HTTP/1.1" 200 2 "-" "curl/7.88.1"`],
	},
	{
		container: 'hive-metastore',
		everyMs: 45 * SECOND,
		lines: (time, count) => [
			`${new Date(time).toISOString().slice(0, 23)} INFO [pool-6-thread-${(count % 8) + 1}] metastore.HiveMetaStore: ${count % 8}: source:172.19.0.2 get_table : tbl=hive.gold.customers`,
		],
	},
];

type Speaker = Omit<Line, 'container'> & { readonly container: Container };

/** The lines of the containers that exist. */
function chatterOf({ airflow, stack, containers }: World): Speaker[] {
	const names: Readonly<Record<string, string | null>> = stack.parts;
	return [...AIRFLOW_CHATTER[airflow.generation], ...CHATTER].flatMap(({ container: named, ...line }) => {
		const container = containers.get(Object.hasOwn(names, named) ? (names[named] ?? '') : named);
		return container === undefined ? [] : [{ ...line, container }];
	});
}

/** Lines of the minutes before the demo, so that no log starts empty. */
export function recallChatter(world: World): void {
	const past: { at: number; container: Container; line: string }[] = [];
	for (const { container, everyMs, lines } of chatterOf(world)) {
		const count = Math.min(30, Math.max(2, Math.floor((12 * MINUTE) / everyMs)));
		for (let back = count; back >= 1; back--) {
			const at =
				world.startedAt -
				back * everyMs +
				world.random.fork(`${container.definition.name}/${everyMs}/${back}`).between(0, 800);
			for (const line of lines(at, count - back, world)) past.push({ at, container, line });
		}
	}
	past.sort((a, b) => a.at - b.at);
	for (const { at, container, line } of past) say(container, at, line);
}

export function runChatter(world: World): void {
	for (const { container, everyMs, lines } of chatterOf(world)) {
		let count = 40;
		every(world, everyMs, () => {
			if (!answers(world, container.definition.name)) return;
			for (const line of lines(world.time, count, world)) say(container, world.time, line);
			count++;
		});
	}
}
