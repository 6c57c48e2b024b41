import type { Clients } from '../../clients/clients.ts';
import type { ComposeClient } from '../../clients/compose.ts';
import type { DockerClient } from '../../clients/engine/docker.ts';
import type { Container } from '../../model/engine/container.ts';
import { ClientError, failureOf } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import { waitForHealth } from '../containers/wait-for-health.ts';
import type { Facts, Outcome, Planned, Refusal, Tools } from '../plan/plan.ts';
import { refusalKind } from '../plan/run-plan.ts';
import { afterwards, composeUnavailable, runCompose } from './run-compose.ts';
import { planDown } from './stack-down.ts';
import {
	interruptsTasks,
	isUp,
	isWorker,
	losses,
	nameOf,
	profileOptions,
	type Stack,
	scaledServices,
} from './stack-parts.ts';

export const composeVerbs = ['up', 'stop', 'restart', 'down', 'down-volumes'] as const;
export type ComposeVerb = (typeof composeVerbs)[number];

export type ComposeRequest = {
	readonly verb: ComposeVerb;
	/** Services of the file; empty: all. `down` always means all. */
	readonly services: readonly string[];
};

/**
 * Starts, stops, restarts or takes down the stack with Docker Compose. The question is made from the Compose file, the
 * engine, and for volumes the engine's disk usage.
 */
export async function planCompose(
	clients: Clients,
	{ state }: Facts,
	{ verb, services }: ComposeRequest,
	signal: AbortSignal,
): Promise<Planned> {
	const { compose } = clients;
	const unavailable = await composeUnavailable(compose);
	if (unavailable) return unavailable;
	if (services.length > 0 && (verb === 'down' || verb === 'down-volumes'))
		return {
			refused: phrase([
				'down takes the whole stack down; use stop for single services',
				'down은 스택 전체를 내립니다. 서비스 하나는 stop을 사용하세요',
			]),
			kind: 'refused',
		};
	const project = compose.project();
	const own = Object.values(state.containers)
		.map(({ container }) => container)
		.filter(container => container.project !== null && container.project === project.name);
	const active = await servicesOf(compose, signal);
	if ('refused' in active) return active;
	const running = own.flatMap(({ service, isOneOff }) => (isOneOff || service === null ? [] : [service]));
	const all = await withProfiles(compose, active.names, services.length > 0 ? services : running, signal);
	const unknown = services.filter(service => !all.names.includes(service));
	if (unknown.length > 0)
		return {
			refused: phrase(
				[
					'The Compose file has no service {unknown}; it has {names}',
					'Compose 파일에 서비스 {unknown}이(가) 없습니다. 있는 서비스: {names}',
				],
				{ unknown: listed(unknown), names: listed(all.names) },
			),
			kind: 'nothing',
		};
	// Services of other profiles are started by name only.
	const wanted = services.length > 0 ? services : verb === 'up' ? active.names : all.names;
	const touched = own.filter(container => !container.isOneOff && wanted.includes(container.service ?? ''));
	if (verb !== 'up' && touched.length === 0) {
		const refused =
			services.length > 0
				? phrase(['{services}: no containers', '{services}: 컨테이너가 없습니다'], { services: listed(services) })
				: phrase(['Project {name} has no containers', '{name} 프로젝트에 컨테이너가 없습니다'], {
						name: project.name ?? '',
					});
		// The volumes of a stack that is down still exist.
		if (verb !== 'down-volumes') return { refused, kind: 'nothing' };
	}
	const profiles = verb === 'up' ? [] : all.profiles;
	const stack: Stack = { compose, project, own, touched, wanted, services, profiles, containers: state.containers };
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

async function servicesOf(compose: ComposeClient, signal: AbortSignal): Promise<Refusal | { names: string[] }> {
	const lines: string[] = [];
	const code = await compose.run(['config', '--services'], line => lines.push(line), signal);
	if (code !== 0)
		return {
			refused: phrase(['The Compose file cannot be read: {why}', 'Compose 파일을 읽을 수 없습니다: {why}'], {
				why: lines.at(-1) ?? phrase(['exit code {code}', '종료 코드 {code}'], { code }),
			}),
			kind: 'refused',
		};
	// Warnings about unset variables come among the names.
	return { names: [...new Set(lines.filter(line => /^[\w.-]+$/.test(line)))].toSorted() };
}

/**
 * The names, and those of services whose profile is not active: Compose leaves these out unless it is named, also where
 * their containers run (by the code of Compose 2.29; not tried). `profiles`: one of each of them.
 */
async function withProfiles(
	compose: ComposeClient,
	active: readonly string[],
	asked: readonly string[],
	signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly profiles: readonly string[] }> {
	if (asked.every(service => active.includes(service))) return { names: active, profiles: [] };
	const services = await compose.services(signal).catch(error => {
		if (!(error instanceof ClientError)) throw error;
		// Orphans of an older file: Compose reports them itself.
		return [];
	});
	const others = services.filter(({ name }) => !active.includes(name) && asked.includes(name));
	return {
		names: [...active, ...others.map(({ name }) => name)].toSorted(),
		profiles: [...new Set(others.flatMap(({ profiles }) => profiles[0] ?? []))].toSorted(),
	};
}

const waitsForHealth: Text = [
	'Then waits up to 5 minutes for them to become healthy.',
	'그런 다음 정상 상태가 될 때까지 최대 5분 동안 기다립니다.',
];

function planUp(stack: Stack): Planned {
	const { compose, own, wanted, services } = stack;
	const rest = own.filter(container => !container.isOneOff && !wanted.includes(container.service ?? ''));
	const scaled = scaledServices(stack.touched, wanted);
	// Without --no-deps Compose waits for the health of all dependencies of a service, even if the service is up.
	const withoutDependencies = services.length > 0 && rest.length > 0 && rest.every(isUp);
	const scale = scaled.flatMap(({ service, replicas }) => ['--scale', `${service}=${replicas}`]);
	const words = ['up', '-d', ...(withoutDependencies ? ['--no-deps'] : []), ...scale, ...services];
	const effects = [
		phrase(
			[
				'Creates, starts or, where the Compose file has changed, recreates: {names}.',
				'없으면 생성하고, 중지되어 있으면 시작하고, Compose 파일이 바뀌었으면 다시 생성합니다: {names}.',
			],
			{ names: listed(wanted) },
		),
	];
	if (services.length > 0 && !withoutDependencies)
		effects.push(phrase(['Starts their dependencies too.', '의존하는 서비스도 시작합니다.']));
	for (const { service, replicas } of scaled) {
		effects.push(
			phrase(['{service} keeps its {n} {n|replica|replicas}.', '{service}의 복제본 {n}개는 유지됩니다.'], {
				service,
				n: replicas,
			}),
		);
	}
	effects.push(phrase(waitsForHealth));
	return {
		actionId: 'up',
		title:
			services.length > 0
				? phrase(['up {names}', '{names} 올리기(up)'], { names: listed(services, 3) })
				: phrase(['up the stack', '스택 올리기(up)']),
		effects,
		command: compose.command(words),
		targets: wanted.map(service => `service ${service}`),
		perform: async tools => {
			const outcome = await runCompose(tools, words);
			return outcome ?? afterwards(() => waitForHealth(tools, wanted));
		},
	};
}

function planStop(stack: Stack): Planned {
	const { compose, own, touched, services } = stack;
	const up = touched.filter(container => container.state !== 'exited' && container.state !== 'created');
	if (up.length === 0) {
		const refused = phrase(['{names}: already stopped', '{names}: 이미 중지되어 있습니다'], {
			names: listed(touched.map(nameOf)),
		});
		return { refused, kind: 'already' };
	}
	const words = [...profileOptions(stack), 'stop', ...services];
	return {
		actionId: 'stop',
		title:
			services.length > 0
				? phrase(['stop {names} with Compose', 'Compose로 {names} 중지'], { names: listed(services, 3) })
				: phrase(['stop the stack', '스택 중지']),
		effects: [
			phrase(
				[
					'Stops {n} {n|container|containers} within {n|its grace period|their grace periods}: {names}.',
					'컨테이너 {n}개를 종료 유예 시간 안에 중지합니다: {names}.',
				],
				{ n: up.length, names: listed(up.map(nameOf), 20) },
			),
			phrase([
				'Containers, networks and volumes are kept; up starts them again.',
				'컨테이너, 네트워크, 볼륨은 유지됩니다. up으로 다시 시작할 수 있습니다.',
			]),
			...(own.some(isWorker) && up.some(isWorker) ? [phrase(interruptsTasks)] : []),
			...losses(stack, up),
		],
		command: compose.command(words),
		targets: up.map(container => `container ${container.name}`),
		perform: async tools => (await runCompose(tools, words)) ?? afterwards(() => whoIsStopped(tools, touched)),
	};
}

function planRestart(stack: Stack): Planned {
	const { compose, touched, wanted, services } = stack;
	const words = [...profileOptions(stack), 'restart', ...services];
	return {
		actionId: 'restart',
		title:
			services.length > 0
				? phrase(['restart {names} with Compose', 'Compose로 {names} 재시작'], { names: listed(services, 3) })
				: phrase(['restart the stack', '스택 재시작']),
		effects: [
			phrase(
				[
					'Stops {n} {n|container|containers} within {n|its grace period|their grace periods} and starts {n|it|them} again: {names}.',
					'컨테이너 {n}개를 종료 유예 시간 안에 중지한 뒤 다시 시작합니다: {names}.',
				],
				{ n: touched.length, names: listed(touched.map(nameOf), 20) },
			),
			...(touched.some(isWorker)
				? [
						phrase([
							'Interrupts running tasks; Airflow retries those with tries left.',
							'실행 중인 작업이 중단됩니다. 재시도 횟수가 남은 작업은 Airflow가 다시 시도합니다.',
						]),
					]
				: []),
			...losses(stack, touched),
			phrase([
				'Does not apply changes of the Compose file; up does.',
				'Compose 파일의 변경 사항은 적용하지 않습니다. 적용하려면 up을 사용하세요.',
			]),
			phrase(waitsForHealth),
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
	if (not.length === 0) {
		const message = phrase(['{n} {n|container|containers} stopped', '컨테이너 {n}개 중지됨'], { n: now.length });
		return { outcome: 'done', message };
	}
	const message = phrase(['still running: {names}', '아직 실행 중: {names}'], { names: listed(not.map(nameOf)) });
	return { outcome: 'failed', message, failure: 'refused' };
}
