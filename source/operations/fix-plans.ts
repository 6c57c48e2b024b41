import type { Clients } from '../clients/clients.ts';
import { failureOf } from '../model/failure.ts';
import { maskText } from '../model/secrets.ts';
import { shellWords } from '../model/shell-words.ts';
import type { ContainerState } from '../model/state.ts';
import { airflowCommand } from '../selectors/airflow-command.ts';
import { render } from '../words/message.ts';
import { airflowAway, airflowOf } from './airflow.ts';
import { answerIsLost, failed, once } from './outcomes.ts';
import type { Facts, Outcome, Planned } from './plan.ts';
import { composeAway, runCompose } from './run-compose.ts';

/** Plans for fixes that no key has of its own. */

/** A command in a container is given so long, ms. */
const limitMs = 60_000;

/** Gives a pool of Airflow so many slots. */
export function planPool(
	{ state }: Facts,
	{ pool, slots }: { readonly pool: string; readonly slots: number },
): Planned {
	const away = airflowAway(state, 'The pool cannot be changed now');
	if (away) return away;
	return {
		actionId: 'pool',
		title: `give the pool ${pool} ${slots} slots`,
		asks: [`The pool ${pool} gets ${slots} slots: so many of its tasks may run at once.`],
		command: airflowCommand(state, 'pools', 'set', pool, String(slots), ''),
		targets: [`pool ${pool}`],
		perform: tools => {
			const airflow = airflowOf(tools.clients);
			const look = async (): Promise<Outcome | null> => {
				const now = (await airflow.pools(tools.signal)).find(({ name }) => name === pool);
				return now?.slots === slots ? { outcome: 'done', message: `${pool} has ${slots} slots` } : null;
			};
			return once(
				tools,
				async () => {
					const now = await airflow.setPoolSlots(pool, slots, tools.signal);
					return { outcome: 'done', message: `${now.name} has ${now.slots} slots, ${now.open} of them open` };
				},
				look,
				'the pool is as it was',
			);
		},
	};
}

export type CommandWish = {
	readonly argv: readonly string[];
	/** Name or number; null: the container's own. */
	readonly user: string | null;
};

function commandOf({ container }: ContainerState, { argv, user }: CommandWish): string {
	return shellWords('docker', 'exec', ...(user === null ? [] : ['-u', user]), container.name, ...argv);
}

/** Runs a command in a running container, once; what it says is shown. */
export function planCommand(service: ContainerState, wish: CommandWish): Planned {
	const { container } = service;
	if (container.state !== 'running')
		return {
			refused: `${container.name} does not run (${container.state}): nothing can be run in it`,
			kind: 'refused',
		};
	const [program = ''] = wish.argv;
	return {
		actionId: 'exec',
		title: `run ${program} in ${container.name}`,
		asks: [
			`In the container ${container.name}${wish.user === '0' ? ', as root,' : ''} is run: ${shellWords(...wish.argv)}`,
		],
		command: commandOf(service, wish),
		targets: [`container ${container.name}`, `program ${program}`],
		project: container.project,
		perform: async ({ clients, progress, signal }): Promise<Outcome> => {
			try {
				const request = { user: wish.user ?? undefined, limitMs };
				const { exitCode, lines } = await clients.docker.runIn(container.id, wish.argv, request, signal);
				for (const line of lines) progress(maskText(line));
				const last = maskText(lines.at(-1) ?? '');
				if (exitCode === 0) return { outcome: 'done', message: last === '' ? `${program} succeeded` : last };
				return {
					outcome: 'failed',
					message: `${program} ended with ${exitCode}${last === '' ? '' : `: ${last}`}`,
					failure: 'refused',
				};
			} catch (error) {
				if (signal.aborted || !answerIsLost(error)) return failed(failureOf(error));
				return { outcome: 'unknown', message: render(failureOf(error).message, 'en'), failure: 'unreachable' };
			}
		},
	};
}

/** Runs a command in a container made from a service for that alone: for what its own container cannot do. */
export async function planRunOnce(clients: Clients, service: string, { argv, user }: CommandWish): Promise<Planned> {
	const { compose } = clients;
	const away = await composeAway(compose);
	if (away) return away;
	const [program = '', ...words] = argv;
	const all = [
		...['run', '--rm', '-T', '--no-deps'],
		...(user === null ? [] : ['--user', user]),
		...['--entrypoint', program, service],
		...words,
	];
	return {
		actionId: 'exec',
		title: `run ${program} in a container of ${service}`,
		asks: [
			`A container is made from the service ${service} for this alone, and removed afterwards${user === '0' ? '; in it root' : '; it'} runs: ${shellWords(...argv)}`,
		],
		command: compose.command(all),
		targets: [`service ${service}`, `program ${program}`],
		perform: async tools => (await runCompose(tools, all)) ?? { outcome: 'done', message: `${program} succeeded` },
	};
}

/** Attaches a container to a network again. */
export function planConnect(
	{ container }: ContainerState,
	{ network, alias }: { readonly network: string; readonly alias: string },
): Planned {
	return {
		actionId: 'connect',
		title: `attach ${container.name} to ${network}`,
		asks: [`The container ${container.name} is attached to the network ${network}, under its name there, ${alias}.`],
		command: shellWords('docker', 'network', 'connect', '--alias', alias, network, container.name),
		targets: [`container ${container.name}`, `network ${network}`],
		project: container.project,
		perform: async ({ clients, signal }): Promise<Outcome> => {
			const look = async (): Promise<Outcome | null> => {
				const { networks } = await clients.docker.setup(container.id, signal);
				return networks.some(({ name }) => name === network)
					? { outcome: 'done', message: `${container.name} is attached to ${network}` }
					: null;
			};
			try {
				await clients.docker.connectNetwork(network, container.id, [alias], signal);
				return (
					(await look()) ?? { outcome: 'failed', message: `${container.name} is not attached`, failure: 'refused' }
				);
			} catch (error) {
				const there = answerIsLost(error) ? await look().catch(() => null) : null;
				return there ?? failed(failureOf(error));
			}
		},
	};
}
