import type { ComposeClient, ComposeInput } from '../clients/compose.ts';
import type { ComposeService } from '../clients/compose-services.ts';
import { airflowUserIn } from '../clients/engine/airflow-user.ts';
import { airflowProcessIn } from '../model/airflow-process.ts';
import type { ComposeProject } from '../model/compose-project.ts';
import { shellWords } from '../model/shell-words.ts';
import { startProgram } from './docker-server/shell.ts';
import type { Container } from './world/container.ts';
import { isUp } from './world/container.ts';
import { labelsOf } from './world/labels.ts';
import { create, remove, start, stop } from './world/life-cycle.ts';
import { MLOPS } from './world/mlops-containers.ts';
import { after, answers, type World } from './world/world.ts';

/**
 * Docker Compose for the demo's MLOps stack: the commands and progress lines of Compose 2.29 with `--progress plain`,
 * acting on the world that the embedded engine shows.
 */
export function createDemoCompose(world: World, catchUp: () => void, isEngineUp: () => boolean): ComposeClient {
	const project: ComposeProject = {
		name: MLOPS.name,
		files: [MLOPS.configFile],
		directory: MLOPS.workingDir,
		origin: 'labels',
	};
	/** In start order. */
	const services = servicesIn(world);

	const run = async (
		words: readonly string[],
		say: (line: string) => void,
		signal: AbortSignal,
		{ input = '' }: ComposeInput,
	): Promise<number> => {
		const [verb = '', ...rest] = words;
		const flags = new Set(rest.filter(word => word.startsWith('-')));
		const named = rest.filter((word, index) => !word.startsWith('-') && rest[index - 1] !== '--scale');
		if (verb === 'config') {
			for (const container of services) {
				if ((container.definition.replica ?? 1) > 1) continue;
				const hash = labelsOf(container)['com.docker.compose.config-hash'];
				say(flags.has('--hash') ? `${container.definition.service} ${hash}` : container.definition.service);
			}
			return 0;
		}
		if (verb === 'run') return runOnce(world, services, rest, say, input);
		const unknown = named.find(name => !services.some(({ definition }) => definition.service === name));
		if (unknown !== undefined) {
			say(`no such service: ${unknown}`);
			return 1;
		}
		const meant =
			named.length === 0 ? services : services.filter(({ definition }) => named.includes(definition.service));
		const steps = {
			up: () => upSteps(world, flags.has('--no-deps') ? meant : withDependencies(services, meant), say),
			stop: () => stopSteps(world, meant, say),
			restart: () => restartSteps(world, meant, say),
			down: () => downSteps(world, services, flags.has('--volumes') || flags.has('-v'), say),
		}[verb];
		if (steps === undefined) {
			say(`unknown docker command: "compose ${verb}"`);
			return 1;
		}
		for (const step of steps()) {
			// The engine or the user may be gone by the next step.
			if (signal.aborted) {
				say('canceled');
				return 130;
			}
			if (!isEngineUp()) {
				say('Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?');
				return 1;
			}
			catchUp();
			await step();
		}
		return 0;
	};
	return {
		available: async () => '2.29.7',
		project: () => project,
		missingFiles: () => [],
		command: words => shellWords('docker', 'compose', '-f', MLOPS.configFile, '-p', MLOPS.name, ...words),
		run: (words, onLine, signal, input = {}) => run(words, onLine, signal, input),
		services: async () => services.map(composedService),
	};
}

/** As Compose reads it from its file. */
function composedService({ definition: { service, image, entrypoint, command, env } }: Container): ComposeService {
	const valueIn = (name: string) => env.find(entry => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
	const started = [...(entrypoint ?? ['/entrypoint']), ...(command ?? [])].join(' ');
	return {
		...{ name: service, image, replicas: 1, profiles: [] },
		airflowProcess: airflowProcessIn(started) ?? undefined,
		login: airflowUserIn(valueIn),
	};
}

type Step = () => void | Promise<void>;

const line = (resource: string, name: string, done: string): string => `${resource} ${name}  ${done}`;
const nameOf = ({ definition }: Container): string => definition.name;

function withDependencies(all: readonly Container[], meant: readonly Container[]): Container[] {
	const wanted = new Set(meant.map(({ definition }) => definition.service));
	const add = ({ definition }: Container): void => {
		for (const service of definition.dependsOn) {
			if (wanted.has(service)) continue;
			wanted.add(service);
			const other = all.find(one => one.definition.service === service);
			if (other !== undefined) add(other);
		}
	};
	for (const container of meant) add(container);
	return all.filter(({ definition }) => wanted.has(definition.service));
}

function* upSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	const missing = meant.filter(({ status }) => status === 'removed');
	yield () => {
		if (servicesIn(world).every(({ status }) => status === 'removed')) {
			say(line('Network', MLOPS.network, 'Creating'));
			say(line('Network', MLOPS.network, 'Created'));
		}
		for (const [volume] of missing.flatMap(({ definition }) => definition.volumes)) {
			if (world.deletedVolumes.delete(volume)) say(line('Volume', `"${volume}"`, 'Created'));
		}
	};
	for (const container of missing) {
		yield () => {
			say(line('Container', nameOf(container), 'Creating'));
			create(world, container);
			say(line('Container', nameOf(container), 'Created'));
		};
	}
	for (const container of meant) {
		yield () => {
			if (isUp(container)) return say(line('Container', nameOf(container), 'Running'));
			say(line('Container', nameOf(container), 'Starting'));
			start(world, container);
			say(line('Container', nameOf(container), 'Started'));
		};
	}
}

function* stopSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	for (const container of meant.toReversed()) {
		if (container.status === 'removed') continue;
		yield () =>
			new Promise<void>(resolve => {
				say(line('Container', nameOf(container), 'Stopping'));
				stop(world, container, () => {
					say(line('Container', nameOf(container), 'Stopped'));
					resolve();
				});
			});
	}
}

function* restartSteps(world: World, meant: readonly Container[], say: (text: string) => void): Generator<Step> {
	for (const container of meant) {
		if (container.status === 'removed') continue;
		yield () =>
			new Promise<void>(resolve => {
				say(line('Container', nameOf(container), 'Restarting'));
				stop(world, container, () => {
					start(world, container);
					say(line('Container', nameOf(container), 'Started'));
					resolve();
				});
			});
	}
}

function* downSteps(
	world: World,
	all: readonly Container[],
	withVolumes: boolean,
	say: (text: string) => void,
): Generator<Step> {
	yield* stopSteps(world, all, say);
	for (const container of all.toReversed()) {
		if (container.status === 'removed') continue;
		yield () => {
			say(line('Container', nameOf(container), 'Removing'));
			remove(world, container);
			say(line('Container', nameOf(container), 'Removed'));
		};
	}
	if (withVolumes) {
		for (const [volume] of all.flatMap(({ definition }) => definition.volumes)) {
			yield () => {
				say(line('Volume', volume, 'Removing'));
				world.deletedVolumes.add(volume);
				say(line('Volume', volume, 'Removed'));
			};
		}
		yield () => forgetData(world);
	}
	yield () => {
		say(line('Network', MLOPS.network, 'Removing'));
		say(line('Network', MLOPS.network, 'Removed'));
	};
}

/** The content of the volumes: the databases of Airflow and MLflow. The DAG files are elsewhere. */
function forgetData({ airflow, mlflow }: World): void {
	airflow.runs.splice(0);
	airflow.nextRunNumber = 1;
	airflow.eventLog.splice(0);
	airflow.importErrors.splice(0);
	airflow.sessions.clear();
	airflow.working.clear();
	mlflow.runs.clear();
	mlflow.models.clear();
}

const servicesIn = (world: World): Container[] =>
	[...world.containers.values()].filter(
		({ definition }) => definition.project.name === MLOPS.name && definition.isOneOff !== true,
	);

const serviceOf = (all: readonly Container[], name: string): Container | undefined =>
	all.find(({ definition }) => definition.service === name);

/** `run --rm -T --entrypoint PROGRAM SERVICE words`: starts the service's dependencies first. */
async function runOnce(
	world: World,
	all: readonly Container[],
	words: readonly string[],
	say: (text: string) => void,
	input: string,
): Promise<number> {
	const entrypoint = words[words.indexOf('--entrypoint') + 1] ?? '';
	const service = words.find(word => serviceOf(all, word) !== undefined);
	const container = service === undefined ? undefined : serviceOf(all, service);
	if (container === undefined) {
		say('no such service');
		return 1;
	}
	const others = withDependencies(all, [container]).filter(other => other !== container);
	for (const step of upSteps(world, others, say)) await step();
	await until(world, () => others.every(other => answers(world, other.definition.name)));
	return new Promise(resolve => {
		let rest = '';
		const terminal = {
			tty: false,
			size: () => ({ columns: 80, rows: 24 }),
			write(text: string) {
				const lines = (rest + text).split('\n');
				rest = lines.pop() ?? '';
				for (const one of lines) say(one);
			},
			exit: resolve,
		};
		const program = startProgram(
			world,
			container,
			[entrypoint, ...words.slice(words.indexOf(container.definition.service) + 1)],
			terminal,
		);
		if (program === undefined) return resolve(127);
		program.input(Buffer.from(input));
		program.inputEnded();
	});
}

/** Looks five times a second of the world's time. */
function until(world: World, isSo: () => boolean): Promise<void> {
	return new Promise(resolve => {
		const look = (): void => {
			if (isSo()) resolve();
			else after(world, 200, look);
		};
		look();
	});
}
