import { hostOf, respondingWorkers } from '../world/airflow/workers.ts';
import type { Container } from '../world/containers/container.ts';
import { mlflowAnswers, partAnswers, type World } from '../world/world.ts';

export type ToolOutput = { readonly lines: readonly string[]; readonly exitCode: number };

const folder = '/opt/airflow/dags';

/** Output of the images' programs for health and diagnosis commands; undefined for any other command. */
export function toolOutput(world: World, { definition }: Container, argv: readonly string[]): ToolOutput | undefined {
	const [program = '', ...words] = argv;
	const text = argv.join(' ');
	const isAirflow = /airflow:/.test(definition.image);
	if (program === 'sh' && text.includes('redis-cli') && /redis/.test(definition.image)) return redis(world, argv);
	if (program === 'psql' && /postgres/.test(definition.image)) return postgres(world, text);
	if (program === 'curl' && isAirflow) return curl(world, text);
	if (program === 'celery' && isAirflow) return celery(world);
	if (program === 'python' && isAirflow) return python(world, words);
	if (program === 'cat' && isAirflow && words.length > 0) return cat(world, words);
	if (program === 'ls' && isAirflow && text.includes(folder)) return list(world);
	if (program === 'sh' && text.includes('find "$1"') && isAirflow) return find(world);
	if (program === 'sh' && text.includes('test -w "$1"') && isAirflow) return { lines: [], exitCode: 0 };
	if (program === 'redis-cli' && /redis/.test(definition.image))
		return { lines: [/^ping$/i.test(words[0] ?? '') ? 'PONG' : 'OK'], exitCode: 0 };
	return undefined;
}

function redis(world: World, argv: readonly string[]): ToolOutput {
	const queued = world.airflow.runs.flatMap(run => run.tasks).filter(({ state }) => state === 'queued').length;
	// The worker takes messages for its free slots at once.
	const waiting = respondingWorkers(world).length > 0 ? 0 : queued;
	return {
		lines: [
			'PONG',
			'# Memory',
			'used_memory:1419464',
			'maxmemory:0',
			'maxmemory_policy:noeviction',
			'# Persistence',
			'rdb_last_bgsave_status:ok',
			'stop-writes-on-bgsave-error',
			'yes',
			...argv.slice(4).map(queue => `queue ${queue} ${queue === 'default' ? waiting : 0}`),
		],
		exitCode: 0,
	};
}

function postgres(world: World, text: string): ToolOutput {
	if (text.includes('ab_user')) return { lines: [world.airflow.user], exitCode: 0 };
	return { lines: ['connections 19', 'limit 100', 'migrated 1'], exitCode: 0 };
}

function curl(world: World, text: string): ToolOutput {
	const isThere = mlflowAnswers(world);
	// It sends no login.
	const status = world.mlflow.isLocked ? 401 : 200;
	const url = /https?:\/\/[^/\s]+/.exec(text)?.[0] ?? 'http://mlflow:5000';
	const port = URL.parse(url)?.port || '80';
	return isThere
		? { lines: [text.includes('%{http_code}') ? `status ${status}` : 'OK'], exitCode: 0 }
		: {
				lines: [
					`curl: (7) Failed to connect to mlflow port ${port} after 0 ms: Couldn't connect to server`,
					...(text.includes('%{http_code}') ? ['status 000'] : []),
				],
				exitCode: 7,
			};
}

function celery(world: World): ToolOutput {
	const workers = respondingWorkers(world);
	if (workers.length > 0 && partAnswers(world, 'broker')) {
		const pongs = workers.flatMap(worker => [`->  celery@${hostOf(worker)}: OK`, '        pong']);
		const online = `${workers.length} ${workers.length === 1 ? 'node' : 'nodes'} online.`;
		return { lines: [...pongs, '', online], exitCode: 0 };
	}
	return { lines: ['Error: No nodes replied within time constraint'], exitCode: 69 };
}

/** A script (`-c`) checks the file named last; a file that Airflow could not import fails in the same way. */
function python({ airflow }: World, words: readonly string[]): ToolOutput {
	const path = words.at(-1) ?? '';
	const broken = airflow.importErrors.find(({ file }) => path.endsWith(file.replace(`${folder}/`, '')));
	if (broken) return { lines: broken.stackTrace.trimEnd().split('\n'), exitCode: 1 };
	if (!path.endsWith('.py') || fileCalled(airflow, path)) return { lines: [], exitCode: 0 };
	return {
		lines: ['Traceback (most recent call last):', `FileNotFoundError: [Errno 2] No such file or directory: '${path}'`],
		exitCode: 1,
	};
}

function fileCalled({ dags }: World['airflow'], path: string) {
	return [...dags.values()].find(({ definition }) => path === `${folder}/${definition.file}`)?.definition;
}

function cat({ airflow }: World, paths: readonly string[]): ToolOutput {
	const lines = paths.flatMap(path => {
		const found = fileCalled(airflow, path);
		return found ? found.source.trimEnd().split('\n') : [`cat: ${path}: No such file or directory`];
	});
	return { lines, exitCode: paths.every(path => fileCalled(airflow, path)) ? 0 : 1 };
}

function list({ airflow, startedAt }: World): ToolOutput {
	const month = new Date(startedAt - 86_400_000).toUTCString().slice(8, 11);
	const day = new Date(startedAt - 86_400_000).toUTCString().slice(5, 7);
	const files = [...airflow.dags.values()].map(({ definition }) => definition);
	return {
		lines: [
			`total ${4 * files.length}`,
			...files.map(
				({ file, source }) =>
					`-rw-r--r-- 1 root root ${String(Buffer.byteLength(source)).padStart(5)} ${month} ${day} 02:00 ${file}`,
			),
		],
		exitCode: 0,
	};
}

function find({ airflow, startedAt }: World): ToolOutput {
	const files = new Set([...airflow.dags.values()].map(({ definition }) => definition.file));
	const time = ((startedAt - 86_400_000) / 1000).toFixed(6);
	return {
		lines: ['id 65024:5316622', ...[...files].map(file => `644 0 3190 ${time} r ${folder}/${file}`)],
		exitCode: 0,
	};
}
