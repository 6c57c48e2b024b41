/**
 * The embedded stack: servers in this process that speak the protocols of the Docker Engine (or Podman's), Airflow 2.8 or
 * 3.3 and MLflow 2.9. All show one world, which a deterministic scenario changes. `laketop --demo` runs the real
 * program, with its real clients, on it; tests run clients and the whole program on it and control it through
 * `scenario`.
 *
 * `world/` is the state, `docker-server/`, `airflow-server/` and `mlflow-server/` show it, `scenario/` changes it.
 * Requires only Node.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComposeClient } from '../clients/compose.ts';
import { createAirflowServer } from './airflow-server/airflow-server.ts';
import { createApiServer } from './airflow-server/v2/api-server.ts';
import { createDemoCompose } from './compose.ts';
import { createDockerServer } from './docker-server/docker-server.ts';
import { type EngineName, engineKinds } from './docker-server/engines.ts';
import { createMlflowServer } from './mlflow-server/mlflow-server.ts';
import { createPage, type PageName } from './pages.ts';
import { runAutopilot } from './scenario/autopilot.ts';
import { recallChatter, runChatter } from './scenario/chatter.ts';
import { createScenario } from './scenario/control.ts';
import { createOutages } from './scenario/outages.ts';
import type { Scenario } from './scenario/scenario.ts';
import { type Handler, startServer } from './server/switchable-server.ts';
import { type AirflowGeneration, createAirflowState } from './world/airflow-state.ts';
import type { ContainerDefinition } from './world/container.ts';
import type { CatalogueDag } from './world/dag-catalogue.ts';
import { populateAirflow } from './world/history.ts';
import { runLoad } from './world/load.ts';
import { populateContainers } from './world/populate.ts';
import { runScheduler } from './world/scheduler.ts';
import { createTrackingStore } from './world/tracking-store.ts';
import { runWorker } from './world/worker.ts';
import { advance, createWorld, type World } from './world/world.ts';

export { type EngineName, engineNames } from './docker-server/engines.ts';
export type { Scenario, ServerName } from './scenario/scenario.ts';

export type DemoStack = {
	/** `unix:///…/docker.sock`, in a folder that nobody else may enter. */
	dockerHost: string;
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

export type DemoOptions = {
	/** The same seed gives the same story. */
	seed?: number;
	/** 1 is real time. */
	speed?: number;
	/** The engine that the containers run on; `docker-20.10` where left out. */
	engine?: EngineName;
	/** By major version: 2 is 2.8.0, 3 is 3.3.2. */
	airflow?: AirflowGeneration;
	/** Who may log in to Airflow; admin/admin where left out. */
	airflowUser?: { readonly name: string; readonly password: string };
	/**
	 * Logins that Airflow 2 accepts within 40 s, wrong ones included (a real one: 5), with the order of `auth_backends` of
	 * Airflow's own Compose file, whose refusals do not offer Basic auth. Any number where left out.
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

/** The Airflow of `--demo`, for tests of the whole program: 2 unless the variable says 3. */
export function demoAirflow(environment: Readonly<Record<string, string | undefined>>): AirflowGeneration {
	return environment.DEMO_AIRFLOW === '3' ? '3' : '2';
}

/** Often enough for a flow of log lines; the servers also catch up before each response. */
const TICK_MS = 250;

export async function startDemo(options: DemoOptions = {}): Promise<DemoStack> {
	const { seed = 1, speed = 1, now = Date.now, autonomous = true, pages = {}, dags = [], containers = [] } = options;
	const { airflow: generation = '2', airflowUser = { name: 'admin', password: 'admin' } } = options;
	const begun = now();
	const worldTime = (): number => begun + (now() - begun) * speed;
	const world = createWorld({
		seed,
		time: begun,
		autonomous,
		airflow: {
			...createAirflowState(begun, generation),
			user: airflowUser.name,
			password: airflowUser.password,
			loginLimit: options.loginLimit ?? null,
		},
		mlflow: createTrackingStore(begun),
	});
	const catchUp = (): void => advance(world, worldTime());

	populateContainers(world, containers, options.workers);
	populateAirflow(world, dags);
	for (const dagId of options.withoutDags ?? []) forgetDag(world, dagId);
	recallChatter(world);
	runLoad(world);
	runScheduler(world);
	runWorker(world);
	if (autonomous) {
		runChatter(world);
		runAutopilot(world);
	}

	const folder = await mkdtemp(join(tmpdir(), 'laketop-demo-'));
	const socket = join(folder, 'docker.sock');
	// Also if the process ends without close().
	const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
	process.once('exit', removeFolder);
	const docker = createDockerServer(world, catchUp, engineKinds[options.engine ?? 'docker-20.10']);
	const page = (name: PageName): Handler =>
		createPage(world, name, pages[name]?.slowMs ?? (name === 'superset' && autonomous ? 640 : 0), catchUp);
	const servers = {
		docker: await startServer(docker.handler, socket, docker.upgrade),
		airflow: await startServer((generation === '2' ? createAirflowServer : createApiServer)(world, catchUp)),
		mlflow: await startServer(createMlflowServer(world, catchUp)),
		trino: await startServer(page('trino')),
		grafana: await startServer(page('grafana')),
		superset: await startServer(page('superset')),
	};
	for (const [name, server] of Object.entries(servers)) world.publishedPorts.set(name, server.port);
	const outages = createOutages(world, servers);
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
		dockerHost: `unix://${socket}`,
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

function forgetDag({ airflow }: World, dagId: string): void {
	airflow.dags.delete(dagId);
	airflow.runs.splice(0, airflow.runs.length, ...airflow.runs.filter(run => run.dagId !== dagId));
}
