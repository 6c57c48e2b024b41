import type { Clients } from '../clients/clients.ts';
import type { ComposeClient } from '../clients/compose.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import type { Container } from '../model/container.ts';
import { failureOf } from '../model/failure.ts';
import { render } from '../words/message.ts';
import { counted, listed } from './airflow.ts';
import type { Facts, Outcome, Planned, Refusal, Tools } from './plan.ts';
import { afterwards, composeAway, runCompose } from './run-compose.ts';
import { refusalKind } from './run-plan.ts';
import { planDown } from './stack-down.ts';
import { isUp, isWorker, losses, nameOf, type Stack } from './stack-parts.ts';
import { waitForHealth } from './wait-for-health.ts';

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
		return { refused: render(failure.message, 'en'), kind: refusalKind(failure.kind) };
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

async function servicesOf(compose: ComposeClient, signal: AbortSignal): Promise<Refusal | { names: string[] }> {
	const lines: string[] = [];
	const code = await compose.run(['config', '--services'], line => lines.push(line), signal);
	if (code !== 0)
		return { refused: `The Compose file cannot be read: ${lines.at(-1) ?? `exit code ${code}`}`, kind: 'refused' };
	// Warnings about variables that are not set come among the names.
	return { names: [...new Set(lines.filter(line => /^[\w.-]+$/.test(line)))].toSorted() };
}

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
