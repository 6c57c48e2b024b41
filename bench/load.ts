/** Containers to watch, made from the image of the stack's Redis, removed at the end in any case. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { atTheEnd } from './at-the-end.ts';

const run = promisify(execFile);
const label = 'laketop.bench';

/** On a host of ordinary size: the targets are for this many. */
export const usualContainers = 20;

/** The stack's services, beside which the load runs. */
export const services = [
	'airflow-postgres',
	'airflow-redis',
	'airflow-scheduler',
	'airflow-webserver',
	'airflow-worker',
	'mlflow',
];

/** Output of `docker`. Throws with its error message. */
export async function docker(...words: string[]): Promise<string> {
	const { stdout } = await run('docker', words, { encoding: 'utf8', maxBuffer: 1 << 26 });
	return stdout.trim();
}

/** Quiet ones: a line every ten seconds. */
const quietLoop = 'trap "exit 0" TERM; while :; do echo "INFO step ok"; sleep 10 & wait $!; done';

/** Numbered lines, in twenty bursts a second. A shell counts them, so the actual rate may be lower than requested. */
function linesLoop(linesASecond: number): string {
	const burst = Math.round(linesASecond / 20);
	return `trap "exit 0" TERM; i=0; while :; do seq -f "numbered %.0f of a line that is about as long as lines are" $i $((i+${burst - 1})); i=$((i+${burst})); sleep 0.05; done`;
}

export type Kind = 'quiet' | { linesASecond: number } | 'with health check';

async function create(name: string, kind: Kind): Promise<void> {
	// Services of the stack itself, because laketop shows another project in one line.
	const project = '{{index .Config.Labels "com.docker.compose.project"}}';
	const of = await docker('inspect', '-f', `{{.Config.Image}} ${project}`, 'airflow-redis');
	const [image = '', stack = ''] = of.split(' ');
	const loop = typeof kind === 'object' ? linesLoop(kind.linesASecond) : quietLoop;
	const health = ['--health-interval=1s', '--health-timeout=2s', '--health-retries=1', '--health-cmd'];
	await docker(
		...['run', '--detach', '--network', 'none', '--log-opt', 'max-size=50m', '--log-opt', 'max-file=2'],
		...['--label', label, '--label', `com.docker.compose.project=${stack}`],
		...['--label', `com.docker.compose.service=${name}`, '--name', name, '--entrypoint', 'sh'],
		...(kind === 'with health check' ? [...health, 'test ! -e /tmp/sick'] : []),
		...[image, '-c', loop],
	);
}

function removeAll(): void {
	const ids = execFileSync('docker', ['ps', '-aq', '--filter', `label=${label}`], { encoding: 'utf8' });
	const all = ids.split('\n').filter(Boolean);
	if (all.length > 0) execFileSync('docker', ['rm', '--force', ...all], { stdio: 'ignore' });
}

/** Also that of an earlier benchmark that was killed. */
export function removeLoadAtTheEnd(): void {
	removeAll();
	atTheEnd(removeAll);
}

/**
 * Makes sure that this many containers run on the engine, including the stack's and others, and those of `special`
 * among them, made last. Returns the names of all. Throws if there are already more.
 */
export async function populate(total: number, special: Readonly<Record<string, Kind>> = {}): Promise<string[]> {
	const listed = await docker('ps', '-a', '--format', `{{.Names}} {{.Label "${label}"}} {{.Labels}}`);
	const all = listed.split('\n').map(line => ({ name: line.split(' ')[0] ?? '', isOurs: line.includes(`${label}=`) }));
	const foreign = all.filter(({ isOurs }) => !isOurs).map(({ name }) => name);
	const quiet = total - foreign.length - Object.keys(special).length;
	if (quiet < 0)
		throw new Error(`there are ${foreign.length} containers on this engine already: too many for ${total}`);
	const wanted = Array.from({ length: quiet }, (_, index) => `load-${String(index + 1).padStart(3, '0')}`);
	// A special container of an earlier scenario may be stopped or unhealthy: it is made again.
	const surplus = all.filter(({ name, isOurs }) => isOurs && !wanted.includes(name)).map(({ name }) => name);
	if (surplus.length > 0) await docker('rm', '--force', ...surplus);
	const missing = wanted.filter(name => !all.some(one => one.name === name));
	for (let index = 0; index < missing.length; index += 3) {
		await Promise.all(missing.slice(index, index + 3).map(name => create(name, 'quiet')));
	}
	for (const [name, kind] of Object.entries(special)) await create(name, kind);
	return [...foreign, ...wanted, ...Object.keys(special)];
}

/** The first process of a container, by its id on this host. */
async function processOf(name: string): Promise<number> {
	return Number(await docker('inspect', '-f', '{{.State.Pid}}', name));
}

/** The CPU of Airflow and MLflow is that of these processes' control groups. */
export async function watchedServers(): Promise<{ webserver: number; mlflow: number }> {
	return { webserver: await processOf('airflow-webserver'), mlflow: await processOf('mlflow') };
}
