import type { ComposeClient, ComposeInput } from '../clients/compose.ts';
import type { ComposeService } from '../clients/compose-services.ts';
import { airflowUserIn } from '../clients/engine/airflow-user.ts';
import { airflowProcessIn } from '../model/airflow/airflow-process.ts';
import type { ComposeProject } from '../model/stack/compose-project.ts';
import { shellWords } from '../model/text/shell-words.ts';
import {
	downSteps,
	restartSteps,
	scaledUpSteps,
	servicesIn,
	stopSteps,
	until,
	upSteps,
	withDependencies,
	withinScale,
} from './compose-steps.ts';
import { startProgram } from './docker-server/shell.ts';
import type { Container } from './world/containers/container.ts';
import { labelsOf } from './world/containers/labels.ts';
import { answers, type World } from './world/world.ts';

/**
 * Docker Compose for the demo's own project: the commands and progress lines of Compose 2.29 with `--progress plain`,
 * acting on the world that the embedded engine shows.
 */
export function createDemoCompose(world: World, catchUp: () => void, isEngineUp: () => boolean): ComposeClient {
	const { name: projectName, configFile, workingDir } = world.stack.project;
	const project: ComposeProject = {
		name: projectName,
		files: [configFile],
		directory: workingDir,
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
				if (!isFirst(container)) continue;
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
		const wanted = flags.has('--no-deps') ? meant : withDependencies(services, meant);
		const isInScale = withinScale(rest);
		const steps = {
			up: () =>
				scaledUpSteps(
					world,
					wanted.filter(isInScale),
					wanted.filter(one => !isInScale(one)),
					say,
				),
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
		command: words => shellWords('docker', 'compose', '-f', configFile, '-p', projectName, ...words),
		run: (words, onLine, signal, input = {}) => run(words, onLine, signal, input),
		services: async () => services.filter(isFirst).map(composedService),
	};
}

const isFirst = ({ definition }: Container): boolean => (definition.replica ?? 1) === 1;

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
