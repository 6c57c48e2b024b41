/**
 * The embedded stack: servers in this process that speak the protocols of the Docker Engine (or Podman's), Airflow 2.8,
 * 2.10 or 3.3, and MLflow 2.9 or 3.17. All show one world, which a deterministic scenario changes. `laketop --demo`
 * runs the real program, with its real clients, on it; tests run clients and the whole program on it and control it
 * through `scenario`.
 *
 * `world/` is the state, `docker-server/`, `airflow-server/` and `mlflow-server/` show it, `scenario/` changes it.
 * Requires only Node.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComposeClient } from '../clients/compose.ts';
import { noEngineAddress } from '../model/engine/engine-address.ts';
import { createAirflowServer } from './airflow-server/airflow-server.ts';
import { createApiServer } from './airflow-server/v2/api-server.ts';
import { issueToken } from './airflow-server/v2/tokens.ts';
import { createDemoCompose } from './compose.ts';
import { createDockerServer } from './docker-server/docker-server.ts';
import { type EngineName, engineKinds } from './docker-server/engines.ts';
import { createMlflowServer } from './mlflow-server/mlflow-server.ts';
import { createPage, type PageName } from './pages.ts';
import { runAutopilot } from './scenario/autopilot.ts';
import { recallChatter, runChatter } from './scenario/chatter.ts';
import { createScenario } from './scenario/control.ts';
import { runNewerStories } from './scenario/newer-stories.ts';
import { createOutages } from './scenario/outages.ts';
import { type Scenario, serverNames } from './scenario/scenario.ts';
import { type Handler, startServer } from './server/switchable-server.ts';
import type { DemoStackName } from './stack-names.ts';
import { createAirflowState } from './world/airflow/airflow-state.ts';
import type { CatalogueDag } from './world/airflow/dag-catalogue.ts';
import { populateAirflow } from './world/airflow/history.ts';
import { runScheduler } from './world/airflow/scheduler.ts';
import { runWorker } from './world/airflow/worker.ts';
import type { ContainerDefinition } from './world/containers/container.ts';
import { runLoad } from './world/containers/load.ts';
import { OFFICIAL_USER, type StackUser } from './world/containers/official-containers.ts';
import { runScoring } from './world/mlflow/scoring.ts';
import { createTrackingStore } from './world/mlflow/tracking-store.ts';
import { populateContainers } from './world/populate.ts';
import type { DemoWorldStack } from './world/stack-parts.ts';
import { ELSEWHERE, guideStack, officialStack, withMlflowElsewhere } from './world/stacks.ts';
import { type AirflowChoice, type MlflowChoice, mlflowVersions } from './world/versions.ts';
import { advance, createWorld, hasMlflow, type World } from './world/world.ts';

export { type EngineName, engineNames } from './docker-server/engines.ts';
export type { Scenario, ServerName } from './scenario/scenario.ts';
export type { AirflowChoice, MlflowChoice } from './world/versions.ts';

export type DemoStack = {
	/** `unix:///…/docker.sock`, in a folder that nobody else may enter; `none` without an engine. */
	dockerHost: string;
	/** What its user has configured, because it cannot be discovered; null: nothing. */
	configured: ConfiguredServers | null;
	/** `http://127.0.0.1:PORT`; admin/admin. */
	airflowUrl: string;
	mlflowUrl: string;
	/** Pages of the lakehouse. */
	pageUrls: Readonly<Record<PageName, string>>;
	scenario: Scenario;
	/** Docker Compose for its MLOps stack: a real one could not reach the embedded engine. */
	compose: ComposeClient;
	/** Path of an audit file, in its folder. */
	auditFile: string;
	/** Stops servers and connections, removes the folder. May be called again. */
	close(): Promise<void>;
};

/** Addresses and logins of servers that nobody finds on an engine. */
export type ConfiguredServers = {
	/** undefined: it is found on the engine. */
	readonly airflowUrl: string | undefined;
	/** undefined: it is found on the engine, or the stack has none. */
	readonly mlflowUrl: string | undefined;
	/** Airflow 3 issues tokens; null: it is found on the engine. */
	readonly airflow:
		| { readonly token: string }
		| { readonly token: undefined; readonly username: string; readonly password: string }
		| null;
	/** null: MLflow wants no login. */
	readonly mlflow: { readonly username: string; readonly password: string } | null;
};

export type DemoOptions = {
	/** The same seed gives the same story. */
	seed?: number;
	/** 1 is real time. */
	speed?: number;
	/** `guide` where left out; `official` is Airflow's own Compose file, without MLflow. */
	shape?: 'guide' | 'official';
	/** The engine that the containers run on, `docker-20.10` where left out; none: nobody here sees the containers. */
	engine?: EngineName | 'none';
	/** `2` (2.8.0) where left out; 2.10 is 2.10.5, 3 is 3.3.2. */
	airflow?: AirflowChoice;
	/** Airflow 3: DAGs with questions, assets and versions, and what happens with them by itself. */
	hasNewer?: boolean;
	/** `2` (2.9.2) where left out; 3 is 3.17.2. */
	mlflow?: MlflowChoice;
	/** MLflow is in the Compose project, or runs elsewhere; with the shape `guide`. `project` where left out. */
	mlflowAt?: 'project' | 'elsewhere';
	/** MLflow wants a login, as `mlflow server --app-name basic-auth`. */
	mlflowLogin?: boolean;
	/** Who may log in to Airflow; where left out, the user that the stack sets up. */
	airflowUser?: StackUser;
	/** With the shape `official`: whom `airflow-init` creates, as its environment says; airflow/airflow where left out. */
	stackUser?: StackUser;
	/**
	 * Logins that Airflow 2 accepts within 40 s, wrong ones included (a real one: 5), with the order of `auth_backends` of
	 * Airflow's own Compose file, whose refusals do not offer Basic auth. Where left out: 5 with the shape `official`, else any number.
	 */
	loginLimit?: number;
	/** Milliseconds since the epoch; a test's clock. */
	now?: () => number;
	/** False: only ordered runs, failing probes and log lines. Whatever was ordered takes its course. */
	autonomous?: boolean;
	/** Response time of a page, ms. By default Superset is slow. */
	pages?: Partial<Readonly<Record<PageName, { slowMs: number }>>>;
	/** DAGs in addition to the default ones. */
	dags?: readonly CatalogueDag[];
	/** Default DAGs that are left out. */
	withoutDags?: readonly string[];
	/** Containers in addition to the default ones: more replicas, one-offs, other projects. */
	containers?: readonly ContainerDefinition[];
	/** Replicas of the Celery worker: from 2 on they have the names that Compose generates, `mlops-airflow-worker-1`. */
	workers?: number;
};

/** What each of the named stacks is. */
export const demoStacks: Readonly<Record<DemoStackName, DemoOptions>> = {
	guide: {},
	'guide-airflow3': { airflow: '3', mlflow: '3', hasNewer: true },
	'official-airflow2': { shape: 'official', airflow: '2.10' },
	'official-airflow3': {
		shape: 'official',
		airflow: '3',
		hasNewer: true,
		// A login of its own, as an .env file of the project sets it.
		stackUser: { name: 'shop-admin', password: 'correct-horse-battery' },
	},
	'mlflow-elsewhere': { airflow: '3', mlflow: '3', mlflowAt: 'elsewhere', mlflowLogin: true },
	managed: { engine: 'none', airflow: '3', mlflow: '3', hasNewer: true },
	podman: { engine: 'podman-4.3' },
};

/** `RATELIMIT_ENABLED` of Airflow 2's web pages: this many within 40 s. */
const officialLoginLimit = 5;
const GUIDE_USER = { name: 'admin', password: 'admin' };

/** Often enough for a flow of log lines; the servers also catch up before each response. */
const TICK_MS = 250;

/** The world of these options, as it is at the start. */
function worldOf(options: DemoOptions, begun: number): World {
	const {
		seed = 1,
		autonomous = true,
		shape = 'guide',
		airflow = '2',
		mlflow = '2',
		mlflowAt = 'project',
		mlflowLogin = false,
		workers,
		hasNewer = false,
		stackUser = OFFICIAL_USER,
	} = options;
	const { name: user, password } = userOf(options);
	// Whoever tries the demo may log in as often as it takes, except where Airflow's own file is shown.
	const { loginLimit = shape === 'official' ? officialLoginLimit : null } = options;
	const guide = (): DemoWorldStack => {
		const stack = guideStack(airflow, mlflow, workers, hasNewer);
		return mlflowAt === 'elsewhere' ? withMlflowElsewhere(stack, mlflowLogin) : stack;
	};
	const world = createWorld({
		seed,
		time: begun,
		autonomous,
		stack: shape === 'official' ? officialStack(airflow, stackUser, workers, hasNewer) : guide(),
		airflow: { ...createAirflowState(begun, airflow), user, password, loginLimit },
		mlflow: createTrackingStore(begun, mlflowVersions[mlflow], mlflowLogin),
	});
	populateContainers(world, options.containers);
	populateAirflow(world, options.dags);
	for (const dagId of options.withoutDags ?? []) forgetDag(world, dagId);
	recallChatter(world);
	runLoad(world);
	runScheduler(world);
	runWorker(world);
	runScoring(world);
	if (autonomous) {
		runChatter(world);
		runAutopilot(world);
		runNewerStories(world);
	}
	return world;
}

function userOf({ shape, airflowUser, stackUser = OFFICIAL_USER }: DemoOptions): StackUser {
	return airflowUser ?? (shape === 'official' ? stackUser : GUIDE_USER);
}

export async function startDemo(options: DemoOptions = {}): Promise<DemoStack> {
	const { speed = 1, now = Date.now, autonomous = true, pages = {}, engine = 'docker-20.10' } = options;
	const begun = now();
	const worldTime = (): number => begun + (now() - begun) * speed;
	const world = worldOf(options, begun);
	const isAirflow3 = world.airflow.generation === '3';
	const catchUp = (): void => advance(world, worldTime());

	const folder = await mkdtemp(join(tmpdir(), 'laketop-demo-'));
	const socket = join(folder, 'docker.sock');
	// Also if the process ends without close().
	const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
	process.once('exit', removeFolder);
	const docker = createDockerServer(world, catchUp, engineKinds[engine === 'none' ? 'docker-20.10' : engine]);
	const page = (name: PageName): Handler =>
		createPage(world, name, pages[name]?.slowMs ?? (name === 'superset' && autonomous ? 640 : 0), catchUp);
	const servers = {
		docker: await startServer(docker.handler, socket, docker.upgrade),
		airflow: await startServer((isAirflow3 ? createApiServer : createAirflowServer)(world, catchUp)),
		mlflow: await startServer(createMlflowServer(world, catchUp, options.mlflowLogin ? ELSEWHERE.user : null)),
		trino: await startServer(page('trino')),
		grafana: await startServer(page('grafana')),
		superset: await startServer(page('superset')),
	};
	for (const [name, server] of Object.entries(servers)) world.publishedPorts.set(name, server.port);
	const outages = createOutages(world, servers);
	for (const name of serverNames) await outages.set(name, undefined);
	const scenario = createScenario({ world, catchUp, servers, outages, statsStreams: docker.statsStreams });

	const timer = setInterval(catchUp, TICK_MS);
	timer.unref();

	let closing: Promise<void> | undefined;
	const close = async (): Promise<void> => {
		clearInterval(timer);
		process.off('exit', removeFolder);
		await Promise.all(Object.values(servers).map(server => server.close()));
		await rm(folder, { recursive: true, force: true });
	};
	const url = ({ port }: { port: number }): string => `http://127.0.0.1:${port}`;
	return {
		dockerHost: engine === 'none' ? noEngineAddress : `unix://${socket}`,
		configured: configuredFor(world, options, { airflow: url(servers.airflow), mlflow: url(servers.mlflow) }),
		airflowUrl: url(servers.airflow),
		mlflowUrl: url(servers.mlflow),
		pageUrls: { trino: url(servers.trino), grafana: url(servers.grafana), superset: url(servers.superset) },
		scenario,
		auditFile: join(folder, 'audit.jsonl'),
		compose: createDemoCompose(world, catchUp, () => servers.docker.mode() === 'up'),
		close() {
			closing ??= close();
			return closing;
		},
	};
}

function configuredFor(
	world: World,
	options: DemoOptions,
	urls: { readonly airflow: string; readonly mlflow: string },
): ConfiguredServers | null {
	const hasEngine = options.engine !== 'none';
	const { isMlflowElsewhere = false } = world.stack;
	const { mlflowLogin = false } = options;
	if (hasEngine && !isMlflowElsewhere && !mlflowLogin) return null;
	const { name: username, password } = userOf(options);
	const isAirflow3 = world.airflow.generation === '3';
	const login = isAirflow3 ? { token: issueToken(world) } : { token: undefined, username, password };
	return {
		airflowUrl: hasEngine ? undefined : urls.airflow,
		mlflowUrl: isMlflowElsewhere || (!hasEngine && hasMlflow(world)) ? urls.mlflow : undefined,
		airflow: hasEngine ? null : login,
		mlflow: mlflowLogin ? { username: ELSEWHERE.user.name, password: ELSEWHERE.user.password } : null,
	};
}

function forgetDag({ airflow }: World, dagId: string): void {
	airflow.dags.delete(dagId);
	airflow.runs.splice(0, airflow.runs.length, ...airflow.runs.filter(run => run.dagId !== dagId));
}
