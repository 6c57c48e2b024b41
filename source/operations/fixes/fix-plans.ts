import type { Clients } from '../../clients/clients.ts';
import { exitedWith } from '../../model/failures/exited-with.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import type { ContainerState } from '../../model/state.ts';
import { containerStateText } from '../../model/state-texts.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { poolCommand } from '../../selectors/printed-commands/airflow-command.ts';
import { type EngineAsked, engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { filled, type Message, phrase, quoted } from '../../words/message.ts';
import { airflowOf, airflowUnavailable } from '../airflow.ts';
import { answerIsLost, failed, once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned } from '../plan/plan.ts';
import { composeUnavailable, runCompose } from '../stack/run-compose.ts';

/** Plans for fixes that have no key of their own. */

/** Time limit of a command in a container, ms. */
const limitMs = 60_000;

/** Sets the number of slots of an Airflow pool. */
export function planPool(
	{ state }: Facts,
	{ pool, slots }: { readonly pool: string; readonly slots: number },
): Planned {
	const unavailable = airflowUnavailable(
		state,
		phrase(['The pool cannot be changed now', '지금은 풀을 변경할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	return {
		actionId: 'pool',
		title: phrase(['set pool {pool} to {slots} {slots|slot|slots}', '풀 {pool}의 슬롯을 {slots}개로 변경'], {
			pool,
			slots,
		}),
		effects: [
			phrase(
				[
					'Sets pool {pool} to {slots} {slots|slot|slots}, the number of its tasks that may run at once.',
					'풀 {pool}의 슬롯을 {slots}개로 변경합니다. 동시에 실행할 수 있는 작업 수입니다.',
				],
				{ pool, slots },
			),
		],
		command: poolCommand(state, pool, slots),
		targets: [`pool ${pool}`],
		perform: tools => {
			const airflow = airflowOf(tools.clients);
			const look = async (): Promise<Outcome | null> => {
				const now = (await airflow.pools(tools.signal)).find(({ name }) => name === pool);
				return now?.slots === slots
					? {
							outcome: 'done',
							message: phrase(['{pool} has {slots} {slots|slot|slots}', '{pool} 슬롯 {slots}개'], { pool, slots }),
						}
					: null;
			};
			return once(
				tools,
				async () => {
					const now = await airflow.setPoolSlots(pool, slots, tools.signal);
					const message = phrase(
						['{pool} has {slots} {slots|slot|slots}, {open} open', '{pool} 슬롯 {slots}개, 여유 {open}개'],
						{ pool: now.name, slots: now.slots, open: now.open },
					);
					return { outcome: 'done', message };
				},
				look,
				phrase(['the pool is unchanged', '풀이 변경되지 않았습니다']),
			);
		},
	};
}

function succeeded(program: string): Message {
	return phrase(['{program} succeeded', '{program} 성공'], { program });
}

export type ContainerCommand = {
	readonly argv: readonly string[];
	/** Name or number; null: the container's default user. */
	readonly user: string | null;
};

function commandOf(engine: EngineAsked, { container }: ContainerState, { argv, user }: ContainerCommand): string {
	return engineCommand(engine, 'exec', ...(user === null ? [] : ['-u', user]), container.name, ...argv);
}

/** Runs a command once in a running container, and shows its output. */
export function planCommand(engine: EngineAsked, service: ContainerState, wanted: ContainerCommand): Planned {
	const { container } = service;
	if (container.state !== 'running')
		return {
			refused: phrase(
				[
					'{name} is not running ({state}): no command can run in it',
					'{name}이(가) 실행 중이 아니어서({state}) 명령을 실행할 수 없습니다',
				],
				{ name: container.name, state: containerStateText({ state: container.state }) },
			),
			kind: 'refused',
		};
	const [program = ''] = wanted.argv;
	return {
		actionId: 'exec',
		title: phrase(['run {program} in {name}', '{name}에서 {program} 실행'], { program, name: container.name }),
		effects: [
			filled(
				wanted.user === '0'
					? ['Runs in container {name} as root: {command}', '컨테이너 {name}에서 root로 실행합니다: {command}']
					: ['Runs in container {name}: {command}', '컨테이너 {name}에서 실행합니다: {command}'],
				{ name: container.name, command: shellWords(...wanted.argv) },
			),
		],
		command: commandOf(engine, service, wanted),
		targets: [`container ${container.name}`, `program ${program}`],
		project: container.project,
		perform: async ({ clients, progress, signal }): Promise<Outcome> => {
			try {
				const request = { user: wanted.user ?? undefined, limitMs };
				const { exitCode, lines } = await clients.docker.runIn(container.id, wanted.argv, request, signal);
				for (const line of lines) progress(quoted(maskText(line)));
				const last = maskText(lines.at(-1) ?? '');
				if (exitCode === 0) return { outcome: 'done', message: last === '' ? succeeded(program) : quoted(last) };
				return {
					outcome: 'failed',
					message: exitedWith(program, exitCode, last),
					failure: 'refused',
				};
			} catch (error) {
				if (signal.aborted || !answerIsLost(error)) return failed(failureOf(error));
				return { outcome: 'unknown', message: failureOf(error).message, failure: 'unreachable' };
			}
		},
	};
}

/** Runs a command in a temporary container of a service, for commands that its own container cannot run. */
export async function planRunOnce(
	clients: Clients,
	service: string,
	{ argv, user }: ContainerCommand,
): Promise<Planned> {
	const { compose } = clients;
	const unavailable = await composeUnavailable(compose);
	if (unavailable) return unavailable;
	const [program = '', ...words] = argv;
	const all = [
		...['run', '--rm', '-T', '--no-deps'],
		...(user === null ? [] : ['--user', user]),
		...['--entrypoint', program, service],
		...words,
	];
	return {
		actionId: 'exec',
		title: phrase(
			['run {program} in a one-off container of {service}', '{service}의 일회성 컨테이너에서 {program} 실행'],
			{
				program,
				service,
			},
		),
		effects: [
			filled(
				user === '0'
					? [
							'Creates a one-off container of service {service}, runs this as root and removes it: {command}',
							'서비스 {service}의 일회성 컨테이너를 만들어 root로 실행한 뒤 삭제합니다: {command}',
						]
					: [
							'Creates a one-off container of service {service}, runs this and removes it: {command}',
							'서비스 {service}의 일회성 컨테이너를 만들어 실행한 뒤 삭제합니다: {command}',
						],
				{ service, command: shellWords(...argv) },
			),
		],
		command: compose.command(all),
		targets: [`service ${service}`, `program ${program}`],
		perform: async tools => (await runCompose(tools, all)) ?? { outcome: 'done', message: succeeded(program) },
	};
}

/** Reconnects a container to a network. */
export function planConnect(
	engine: EngineAsked,
	{ container }: ContainerState,
	{ network, alias }: { readonly network: string; readonly alias: string },
): Planned {
	const named = { name: container.name, network };
	return {
		actionId: 'connect',
		title: phrase(['connect {name} to {network}', '{name}을(를) {network}에 연결'], { name: container.name, network }),
		effects: [
			phrase(
				[
					'Connects container {name} to network {network} with the alias {alias}.',
					'컨테이너 {name}을(를) 네트워크 {network}에 별칭 {alias}으로(로) 연결합니다.',
				],
				{ name: container.name, network, alias },
			),
		],
		command: engineCommand(engine, 'network', 'connect', '--alias', alias, network, container.name),
		targets: [`container ${container.name}`, `network ${network}`],
		project: container.project,
		perform: async ({ clients, signal }): Promise<Outcome> => {
			const look = async (): Promise<Outcome | null> => {
				const { networks } = await clients.docker.setup(container.id, signal);
				return networks.some(({ name }) => name === network)
					? {
							outcome: 'done',
							message: phrase(['{name} is connected to {network}', '{name}이(가) {network}에 연결됨'], named),
						}
					: null;
			};
			try {
				await clients.docker.connectNetwork(network, container.id, [alias], signal);
				return (
					(await look()) ?? {
						outcome: 'failed',
						message: phrase(
							['{name} is not connected to {network}', '{name}이(가) {network}에 연결되지 않았습니다'],
							named,
						),
						failure: 'refused',
					}
				);
			} catch (error) {
				const there = answerIsLost(error) ? await look().catch(() => null) : null;
				return there ?? failed(failureOf(error));
			}
		},
	};
}
