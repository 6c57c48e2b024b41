import { isDeepStrictEqual } from 'node:util';
import { AirflowConnection } from '../clients/airflow/connection.ts';
import { noSessions, sessionsIn } from '../clients/airflow/kept-sessions.ts';
import type { Credentials } from '../clients/airflow/plain-login.ts';
import type { Clients } from '../clients/clients.ts';
import { composeUser } from '../clients/compose-user.ts';
import type { HttpTarget } from '../clients/http/http.ts';
import { sshRoute } from '../clients/http/ssh-connector.ts';
import { MlflowClient } from '../clients/mlflow/mlflow.ts';
import type { SshConnection } from '../clients/ssh/ssh-connection.ts';
import type { Config } from '../config/schema.ts';
import type { CutList } from '../model/cut-list.ts';
import { engineHostname } from '../model/engine/engine-address.ts';
import type { Fact } from '../model/observation.ts';
import { discoverStack } from '../model/stack/discover-stack.ts';
import { type DiscoveryOptions, type ServerName, type Stack, serverNames } from '../model/stack/discovery.ts';
import type { StackState } from '../model/state.ts';
import { cleanText } from '../model/text/clean-text.ts';
import type { Clock } from '../model/time/clock.ts';
import { addressFailure } from '../selectors/servers/address-gap.ts';
import { type Wakes, wakesOf } from './feeds.ts';
import { type FoundUser, stackLogin } from './stack-login.ts';
import type { StackStore } from './store.ts';

/** Grace period for the engine's first list of containers, ms; then the feeds start without it. */
const engineGraceMs = 2000;

export type WiringDeps = {
	readonly config: Config;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly store: StackStore;
	/** The clients of Airflow and MLflow are created and replaced here. */
	readonly clients: Clients;
	readonly wakes: Wakes;
	readonly observe: (fact: Fact) => void;
	readonly guessedPorts: Readonly<Record<ServerName, number>> | undefined;
};

/**
 * Discovers the stack whenever containers changed, creates clients for its addresses, and wakes the feeds whose server
 * has moved, returned or gone.
 */
export class Wiring {
	readonly #deps: WiringDeps;
	readonly #sessions: ReturnType<typeof sessionsIn>;
	/**
	 * The target of each client. A client is replaced when its server moves or is no longer a guess, and when its
	 * address becomes, or is no longer, the one that may receive the stack's own login.
	 */
	readonly #made: Partial<Record<ServerName, { readonly target: HttpTarget; readonly hasStackLogin: boolean }>> = {};
	#userContainers: readonly string[] = [];
	#inFiles: { readonly key: string; readonly user: Promise<Credentials | null> } | null = null;

	constructor(deps: WiringDeps) {
		const { config, clients, clock, signal, store, wakes, observe } = deps;
		const { sessionFile } = config.airflow;
		this.#deps = deps;
		this.#sessions = sessionFile === undefined ? noSessions() : sessionsIn(sessionFile);
		clients.ssh?.onChange(status => {
			const wasLost = store.current().ssh?.status === 'lost';
			observe({ type: 'ssh changed', ...status });
			// Everything waits for it.
			if (wasLost && status.status === 'connected') for (const wake of Object.values(wakes)) wake.fire();
		});
		let last = store.current();
		store.onChange(state => {
			// Assigned first: the observations below call this function again.
			const before = last;
			last = state;
			if (isDiscoveryDue(before, state)) this.discover();
			this.#wakeFeeds(before, state);
		});
		// An engine that does not answer must not delay the other feeds.
		void clock.sleep(engineGraceMs, signal).then(() => {
			if (store.current().stack === null && !signal.aborted) this.discover();
		});
	}

	/** Looks for the stack among the known containers. */
	discover(): void {
		const { config, clients, store, wakes, observe, guessedPorts } = this.#deps;
		const state = store.current();
		const containers = Object.values(state.containers).map(({ container }) => container);
		const { airflowUserContainers, ...stack } = discoverStack(containers, {
			...config.discovery,
			publishedHost: publishedHost(config),
			isThroughSsh: clients.ssh !== null,
			currentFolders: currentFolders(),
			folderProject: config.folderProject,
			engine: engineOf(state),
			before: state.stack,
			guessedPorts,
		});
		this.#userContainers = config.leftToStack?.includes('airflow login') ? airflowUserContainers : [];
		const moved = serverNames.filter(server => this.#rewire(stack, server));
		observe({ type: 'stack discovered', ...stack });
		for (const server of moved) for (const wake of wakesOf(wakes, server)) wake.fire();
	}

	/** Replaces the client of a server if its address has changed; returns whether it has. */
	#rewire(stack: Stack, server: ServerName): boolean {
		const { config, clients, observe } = this.#deps;
		const onCut = (cut: CutList) => observe({ type: 'list cut', cut });
		const target = targetOf(stack, server, clients.ssh);
		const hasStackLogin = server === 'airflow' && this.#userContainers.length > 0;
		const made = { target, hasStackLogin };
		const isSame = isDeepStrictEqual(this.#made[server], made);
		this.#made[server] = made;
		if (isSame) return false;
		void clients[server]?.close();
		if (server === 'airflow')
			clients.airflow = new AirflowConnection(
				target,
				hasStackLogin ? this.#stackLogin() : config.airflow,
				this.#sessions,
				onCut,
			);
		else clients.mlflow = new MlflowClient(target, config.mlflow, onCut);
		return true;
	}

	/** Looks for the user that Airflow was set up with; nothing is found while the engine does not answer. */
	async lookUpUser(): Promise<void> {
		if (this.#userContainers.length > 0) await this.#stackLogin()().catch(() => null);
	}

	#stackLogin() {
		const { config, clients, store, observe } = this.#deps;
		const onFound = (found: FoundUser | null) => {
			const user = found && { name: cleanText(found.login.username), container: this.#nameOf(found.containerId) };
			if (!isDeepStrictEqual(user, store.current().airflowUser)) observe({ type: 'airflow user found', user });
		};
		const ids = () => this.#userContainers;
		return stackLogin(clients.docker, ids, () => this.#userInFiles(), config.airflow, onFound);
	}

	/** null: no container. */
	#nameOf(containerId: string | null): string | null {
		return containerId === null ? null : (this.#deps.store.current().containers[containerId]?.container.name ?? '');
	}

	/**
	 * Read once for each state of the project: it costs a process. Only of files that belong to the watched project, whose
	 * server is the only one that gets the login.
	 */
	async #userInFiles(): Promise<Credentials | null> {
		const { clients, signal, store } = this.#deps;
		const { name, files, origin } = clients.compose.project();
		if (origin === 'default' || name === null || name !== store.current().stack?.project) return null;
		const key = [name, ...files].join('\n');
		if (this.#inFiles?.key !== key) this.#inFiles = { key, user: composeUser(clients.compose, signal) };
		return this.#inFiles.user;
	}

	#wakeFeeds(before: StackState, state: StackState): void {
		const { wakes } = this.#deps;
		for (const { id, check } of state.endpoints) {
			const was = before.endpoints.find(one => one.id === id)?.check;
			// A page responds again, or no longer: its feeds react now, not at their next turn.
			if (check && was && check.ok !== was.ok)
				for (const wake of wakesOf(wakes, id === 'mlflow' ? 'mlflow' : 'airflow')) wake.fire();
		}
		// The container behind a page has changed, or a feed has lost its server: request the pages now.
		const moved = state.endpoints.some(({ containerId }) => {
			const now = containerId ? state.containers[containerId]?.container : undefined;
			const then = containerId ? before.containers[containerId]?.container : undefined;
			return now?.state !== then?.state || now?.health !== then?.health;
		});
		if (
			moved ||
			state.feeds.pipeline.status !== before.feeds.pipeline.status ||
			state.feeds.experiment.status !== before.feeds.experiment.status
		) {
			wakes.endpoints.fire();
		}
	}
}

function isDiscoveryDue(before: StackState, state: StackState): boolean {
	const docker = state.feeds.containers.status;
	const isFirstList = docker === 'live' && before.feeds.containers.status !== 'live';
	// Without an engine nothing can be discovered: configured addresses are used, and missing ones reported.
	const isLost = docker === 'failed' && before.feeds.containers.status !== 'failed';
	return isFirstList || isLost || (state.containers !== before.containers && containersMoved(before, state));
}

/** Containers were added, removed, started or stopped, or publish other ports: discover again. */
function containersMoved(before: StackState, now: StackState): boolean {
	const ids = Object.keys(now.containers);
	return (
		ids.length !== Object.keys(before.containers).length ||
		ids.some(id => {
			const [was, is] = [before.containers[id]?.container, now.containers[id]?.container];
			return was?.ports !== is?.ports || was?.state !== is?.state;
		})
	);
}

/** Whether the engine has listed its containers. The list stays known when the engine is lost. */
function engineOf({ hasEngine, containers, sources, feeds }: StackState): DiscoveryOptions['engine'] {
	if (!hasEngine) return 'none';
	if (Object.keys(containers).length > 0 || feeds.containers.status === 'live') return 'listed';
	if (feeds.containers.status === 'failed') return sources.docker === undefined ? 'unreachable' : 'listed';
	return 'silent';
}

/** Where requests to a server go, if its address is known. */
function targetOf(stack: Stack, server: ServerName, ssh: SshConnection | null): HttpTarget {
	const { url, origin, throughSsh } = stack.servers[server];
	if (url === null) return { unknown: addressFailure(stack, server) };
	return { url, isGuess: origin === 'guess', through: sshRoute(ssh, throughSsh) };
}

/** The folder that laketop was started in, by its own name and by the name of a link to it. */
function currentFolders(): string[] {
	const { PWD: logical } = process.env;
	const folder = process.cwd();
	return logical === undefined || logical === folder ? [folder] : [folder, logical];
}

/** The host under which ports published by the engine are reached from here. */
function publishedHost(config: Config): string {
	return engineHostname(config.dockerHost) ?? 'localhost';
}
