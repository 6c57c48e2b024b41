import type { Clients } from '../clients/clients.ts';
import type { ComposeClient } from '../clients/compose.ts';
import { composeMissing } from '../clients/compose.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import type { ComposeProject } from '../model/compose-project.ts';
import type { Container } from '../model/container.ts';
import { shareOf } from '../model/disk-usage.ts';
import { failureOf } from '../model/failure.ts';
import type { StackState } from '../model/state.ts';
import { memory } from '../presentation/format.ts';
import { counted, listed } from './airflow.ts';
import { networkLosses } from './container-words.ts';
import { failed } from './outcomes.ts';
import type { Facts, Outcome, Planned, Refusal, Tools } from './plan.ts';
import { refusalKind } from './run-plan.ts';

export const composeVerbs = ['up', 'stop', 'restart', 'down', 'down-volumes'] as const;
export type ComposeVerb = (typeof composeVerbs)[number];

export type ComposeWish = {
	readonly verb: ComposeVerb;
	/** Services of the file; none: all. `down` is always all. */
	readonly services: readonly string[];
};

/**
 * Starts, stops, restarts or takes down the stack with Docker Compose. What is asked is learnt from the Compose file,
 * from the engine, and for volumes from its disk.
 */
export async function planCompose(
	clients: Clients,
	{ state }: Facts,
	{ verb, services }: ComposeWish,
	signal: AbortSignal,
): Promise<Planned> {
	const { compose } = clients;
	const away = await composeAway(compose);
	if (away) return away;
	if (services.length > 0 && (verb === 'down' || verb === 'down-volumes'))
		return { refused: 'Compose takes a whole stack down: stop takes single services', kind: 'refused' };
	const all = await servicesOf(compose, signal);
	if ('refused' in all) return all;
	const unknown = services.filter(service => !all.names.includes(service));
	if (unknown.length > 0)
		return {
			refused: `The Compose file has no service ${listed(unknown)}; it has ${listed(all.names)}`,
			kind: 'nothing',
		};
	const project = compose.project();
	const own = Object.values(state.containers)
		.map(({ container }) => container)
		.filter(container => container.project !== null && container.project === project.name);
	const wanted = services.length > 0 ? services : all.names;
	const touched = own.filter(container => !container.isOneOff && wanted.includes(container.service ?? ''));
	if (verb !== 'up' && touched.length === 0) {
		const name = services.length > 0 ? listed(services) : `the project ${project.name ?? ''}`;
		// The volumes of a stack that was taken down are still there.
		if (verb !== 'down-volumes') return { refused: `There is no container of ${name}`, kind: 'nothing' };
	}
	const stack: Stack = { compose, project, own, touched, wanted, services, containers: state.containers };
	try {
		const plan = await planVerb(stack, verb, clients.docker, signal);
		return 'refused' in plan || project.name === null ? plan : { ...plan, project: project.name };
	} catch (error) {
		const failure = failureOf(error);
		return { refused: failure.message, kind: refusalKind(failure.kind) };
	}
}

function planVerb(stack: Stack, verb: ComposeVerb, docker: DockerClient, signal: AbortSignal) {
	switch (verb) {
		case 'up':
			return planUp(stack);
		case 'stop':
			return planStop(stack);
		case 'restart':
			return planRestart(stack);
		default:
			return planDown(stack, docker, verb === 'down-volumes', signal);
	}
}

type Stack = {
	readonly compose: ComposeClient;
	readonly project: ComposeProject;
	/** Containers of the project. */
	readonly own: readonly Container[];
	/** Those of them that are meant. */
	readonly touched: readonly Container[];
	/** Services that are meant. */
	readonly wanted: readonly string[];
	/** Services that were named; none: all. */
	readonly services: readonly string[];
	/** All that are known, of any project. */
	readonly containers: StackState['containers'];
};

/** Who else loses the network: Compose restarts what belongs to the stack itself. */
function losses({ containers, project }: Stack, changed: readonly Container[]): string[] {
	return networkLosses(changed, containers, project.name, { isOrdered: true });
}

/** Why Compose cannot be asked for anything; null where it can. */
export async function composeAway(compose: ComposeClient): Promise<Refusal | null> {
	if ((await compose.available()) === null)
		return { refused: `${composeMissing.message}. ${composeMissing.remedy}`, kind: 'unreachable' };
	const [missing] = compose.missingFiles();
	if (missing === undefined) return null;
	return {
		refused: `The Compose file ${missing} is not there. Name it: --compose-file, or compose_file in laketop.yaml`,
		kind: 'nothing',
	};
}

async function servicesOf(compose: ComposeClient, signal: AbortSignal): Promise<Refusal | { names: string[] }> {
	const lines: string[] = [];
	const code = await compose.run(['config', '--services'], line => lines.push(line), signal);
	if (code !== 0)
		return { refused: `The Compose file cannot be read: ${lines.at(-1) ?? `exit code ${code}`}`, kind: 'refused' };
	// Warnings about variables that are not set come among the names.
	return { names: [...new Set(lines.filter(line => /^[\w.-]+$/.test(line)))].toSorted() };
}

const isUp = ({ state }: Container) => state === 'running';

function planUp(stack: Stack): Planned {
	const { compose, own, wanted, services } = stack;
	const rest = own.filter(container => !container.isOneOff && !wanted.includes(container.service ?? ''));
	const scaled = scaledServices(stack);
	// Without --no-deps Compose waits for the health of all that a service depends on, also where it is up.
	const alone = services.length > 0 && rest.length > 0 && rest.every(isUp);
	const scale = scaled.flatMap(({ service, replicas }) => ['--scale', `${service}=${replicas}`]);
	const words = ['up', '-d', ...(alone ? ['--no-deps'] : []), ...scale, ...services];
	const asks = [
		`${listed(wanted)}: created where missing, started where stopped, made anew where the file has changed.`,
	];
	if (services.length > 0 && !alone) asks.push('What they depend on is started as well.');
	for (const { service, replicas } of scaled) asks.push(`${service} keeps its ${replicas} replicas.`);
	asks.push('Then their health is waited for, five minutes at the most.');
	return {
		actionId: 'up',
		title: services.length > 0 ? `up ${listed(services, 3)}` : 'up the stack',
		asks,
		command: compose.command(words),
		targets: wanted.map(service => `service ${service}`),
		perform: async tools => {
			const outcome = await runCompose(tools, words);
			return outcome ?? afterwards(() => waitForHealth(tools, wanted));
		},
	};
}

/**
 * Wanted services of which there are several replicas. Without `--scale` Compose removes all that are more than its file
 * wants, also those that an earlier `--scale` made.
 */
function scaledServices({ touched, wanted }: Stack): { readonly service: string; readonly replicas: number }[] {
	return wanted.flatMap(service => {
		const numbers = touched.flatMap(one => (one.service === service ? (one.replica ?? []) : []));
		return numbers.length > 1 ? [{ service, replicas: Math.max(...numbers) }] : [];
	});
}

function planStop(stack: Stack): Planned {
	const { compose, own, touched, services } = stack;
	const up = touched.filter(container => container.state !== 'exited' && container.state !== 'created');
	if (up.length === 0) return { refused: `${listed(touched.map(nameOf))}: stopped already`, kind: 'already' };
	const words = ['stop', ...services];
	return {
		actionId: 'stop',
		title: services.length > 0 ? `stop ${listed(services, 3)} with Compose` : 'stop the stack',
		asks: [
			`${counted(up.length, 'container')} stopped, within their grace periods: ${listed(up.map(nameOf), 20)}.`,
			'Containers, networks and volumes stay: up starts them again.',
			...(own.some(isWorker) && up.some(isWorker) ? ['Tasks that run are interrupted.'] : []),
			...losses(stack, up),
		],
		command: compose.command(words),
		targets: up.map(container => `container ${container.name}`),
		perform: async tools => (await runCompose(tools, words)) ?? afterwards(() => whoIsStopped(tools, touched)),
	};
}

function planRestart(stack: Stack): Planned {
	const { compose, touched, wanted, services } = stack;
	const words = ['restart', ...services];
	return {
		actionId: 'restart',
		title: services.length > 0 ? `restart ${listed(services, 3)} with Compose` : 'restart the stack',
		asks: [
			`${counted(touched.length, 'container')} stopped, within their grace periods, and started again: ${listed(touched.map(nameOf), 20)}.`,
			...(touched.some(isWorker)
				? ['Tasks that run are interrupted; Airflow retries them if they have tries left.']
				: []),
			...losses(stack, touched),
			'What the Compose file says anew is not taken up: up does that.',
			'Then their health is waited for, five minutes at the most.',
		],
		command: compose.command(words),
		targets: touched.map(container => `container ${container.name}`),
		perform: async tools => (await runCompose(tools, words)) ?? afterwards(() => waitForHealth(tools, wanted)),
	};
}

async function planDown(
	stack: Stack,
	docker: DockerClient,
	withVolumes: boolean,
	signal: AbortSignal,
): Promise<Planned> {
	const { compose, project } = stack;
	// Compose takes down services; what `run` made stays, and with it the network while it is up (2.29, tried).
	const own = stack.own.filter(({ isOneOff }) => !isOneOff);
	const staying = stack.own.filter(({ isOneOff }) => isOneOff);
	const name = project.name ?? stack.own[0]?.project ?? null;
	if (name === null)
		return { refused: 'The name of the Compose project is not known: name it with --project', kind: 'nothing' };
	const [networks, volumes] = await Promise.all([
		docker.networks(name, signal),
		withVolumes ? docker.diskUsage(signal).then(usage => shareOf(usage, name).volumes) : [],
	]);
	if (own.length + networks.length + volumes.length === 0)
		return {
			refused: `The project ${name} has neither containers nor ${withVolumes ? 'volumes' : 'networks'}`,
			kind: 'nothing',
		};
	const unnamed = withVolumes ? own.flatMap(anonymousVolumes) : [];
	const asks = [
		own.length > 0
			? `${counted(own.length, 'container')} stopped and removed: ${listed(own.map(nameOf), 20)}. Their logs go with them.`
			: `The project ${name} has no containers.`,
		...(staying.length > 0 ? [oneOffsStay(staying)] : []),
		...(networks.length > 0 ? [`${counted(networks.length, 'network')} removed: ${listed(networks)}.`] : []),
		...(withVolumes
			? [
					volumes.length > 0
						? `${counted(volumes.length, 'volume')} DELETED, with all that is in them: ${volumes
								.map(volume => `${volume.name} (${volume.bytes === null ? 'size unknown' : memory(volume.bytes)})`)
								.join(', ')}.`
						: unnamed.length === 0
							? 'It has no volumes.'
							: 'It has no named volumes.',
					...(unnamed.length > 0
						? [`${counted(unnamed.length, 'anonymous volume')} DELETED: ${listed(unnamed, 20)}.`]
						: []),
					'Runs, users and connections of Airflow, experiments and models of MLflow are gone for good.',
				]
			: ['Named volumes stay, and with them their data.']),
		...(own.some(isWorker) ? ['Tasks that run are interrupted.'] : []),
		...losses(stack, own),
	];
	const words = withVolumes ? ['down', '--volumes'] : ['down'];
	return {
		actionId: withVolumes ? 'down-volumes' : 'down',
		title: withVolumes ? 'take the stack down and DELETE its volumes' : 'take the stack down',
		asks,
		command: compose.command(words),
		typed: withVolumes ? name : undefined,
		targets: [
			...own.map(container => `container ${container.name}`),
			...networks.map(network => `network ${network}`),
			...volumes.map(volume => `volume ${volume.name}`),
		],
		perform: async tools => {
			const outcome = await runCompose(tools, words);
			if (outcome) return outcome;
			return afterwards(async () => {
				const now = await tools.clients.docker.containers(tools.signal);
				const left = now.filter(container => container.project === name && !container.isOneOff);
				const kept = withVolumes ? shareOf(await tools.clients.docker.diskUsage(tools.signal), name).volumes : [];
				const still = [...left, ...kept].map(nameOf);
				if (still.length > 0)
					return { outcome: 'failed', message: `still there: ${listed(still)}`, failure: 'refused' };
				const gone = [
					counted(own.length, 'container'),
					...(withVolumes ? [counted(volumes.length, 'volume')] : []),
				].join(' and ');
				return { outcome: 'done', message: `${gone} removed; project ${name} has no services left` };
			});
		},
	};
}

/**
 * Volumes without a name of their own, which `down --volumes` deletes as well: the service and the folder of each. Docker
 * names them by 64 hexadecimal digits.
 */
function anonymousVolumes({ name, mounts }: Container): string[] {
	return mounts.flatMap(({ type, source, destination }) =>
		type === 'volume' && /\/[0-9a-f]{64}\/_data$/.test(source) ? [`${name} ${destination}`] : [],
	);
}

function oneOffsStay(staying: readonly Container[]): string {
	const up = staying.filter(isUp);
	const network = up.length > 0 ? ', and the network stays while they run' : '';
	return `${counted(staying.length, 'one-off container')} left as ${staying.length === 1 ? 'it is' : 'they are'}${network}: ${listed(staying.map(nameOf), 20)}.`;
}

const nameOf = ({ name }: { readonly name: string }) => name;
const isWorker = ({ service, name }: Container) => /worker/.test(service ?? name);

/**
 * Runs Compose; null when it succeeded. Its last words are the message of what went wrong; where it did not come to its
 * end, what the engine has now is told.
 */
export async function runCompose(tools: Tools, words: readonly string[], input?: string): Promise<Outcome | null> {
	let last = '';
	const onLine = (line: string) => {
		last = line;
		tools.progress(line);
	};
	let code: number;
	try {
		code = await tools.clients.compose.run(words, onLine, tools.signal, input === undefined ? {} : { input });
	} catch (error) {
		if (tools.signal.aborted) throw error;
		return failed(failureOf(error));
	}
	if (tools.signal.aborted)
		return { outcome: 'unknown', message: 'ended before it was finished: look at the containers' };
	if (code === 0) return null;
	const ended = `docker compose ${words[0]} ended with ${code}${last === '' ? '' : `: ${last}`}`;
	// The engine was there when this was asked for: what it was doing when it went, nobody can tell.
	const engineGone = /Cannot connect to the Docker daemon|error during connect/i.test(last);
	if (engineGone)
		return {
			outcome: 'unknown',
			message: `${ended}. The engine has gone in the middle: check the containers before you repeat it`,
			failure: 'unreachable',
		};
	return { outcome: 'failed', message: ended, failure: 'refused' };
}

/** What the engine tells after Compose has succeeded; an engine that is gone by then leaves it open. */
async function afterwards(look: () => Promise<Outcome>): Promise<Outcome> {
	try {
		return await look();
	} catch (error) {
		const failure = failureOf(error);
		return {
			outcome: 'unknown',
			message: `docker compose has succeeded; how it is now cannot be seen: ${failure.message}`,
			failure: refusalKind(failure.kind),
		};
	}
}

async function whoIsStopped(tools: Tools, touched: readonly Container[]): Promise<Outcome> {
	const project = tools.clients.compose.project().name;
	const services = touched.map(container => container.service);
	const now = (await tools.clients.docker.containers(tools.signal)).filter(
		container => container.project === project && !container.isOneOff && services.includes(container.service),
	);
	const not = now.filter(isUp);
	if (not.length === 0) return { outcome: 'done', message: `${counted(now.length, 'container')} stopped` };
	return { outcome: 'failed', message: `still running: ${listed(not.map(nameOf))}`, failure: 'refused' };
}

/** Looks at health once a second, so often at the most: five minutes. */
const healthLooks = 300;

/** Waits until the services are healthy, or run where they have no health check; says who is still missing. */
export async function waitForHealth(tools: Tools, services: readonly string[]): Promise<Outcome> {
	const { docker, compose } = tools.clients;
	let said = '';
	let waiting: string[] = [];
	for (let look = 0; look < healthLooks && !tools.signal.aborted; look++) {
		if (look > 0) await tools.clock.sleep(1000, tools.signal);
		const project = compose.project().name;
		const own = (await docker.containers(tools.signal)).filter(
			container =>
				(project === null || container.project === project) &&
				!container.isOneOff &&
				services.includes(container.service ?? ''),
		);
		const ended = own.filter(container => container.state === 'exited' || container.state === 'dead');
		for (const container of ended) {
			const { exitCode, error } = await docker.inspect(container.id, tools.signal);
			// One that was to do something once and has done it is well.
			if (exitCode === 0 && error === '') continue;
			return {
				outcome: 'failed',
				message: `${container.name} has exited (${exitCode})${error ? `: ${error}` : ''}: see its log`,
				failure: 'refused',
			};
		}
		const well = own.filter(
			one => ended.includes(one) || (isUp(one) && (one.health === 'healthy' || one.health === 'none')),
		);
		const absent = services.filter(service => !own.some(container => container.service === service));
		waiting = [...own.filter(one => !well.includes(one)).map(one => `${one.name} (${inWords(one)})`), ...absent];
		if (waiting.length === 0)
			return { outcome: 'done', message: `${counted(services.length, 'service')} up and healthy` };
		const now = `${well.length} of ${own.length + absent.length} healthy; waiting for ${listed(waiting)}`;
		if (now !== said) tools.progress(now);
		said = now;
	}
	return { outcome: 'failed', message: `not healthy after five minutes: ${listed(waiting)}`, failure: 'refused' };
}

function inWords({ state, health }: Container): string {
	return health === 'none' ? state : health;
}
