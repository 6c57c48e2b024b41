/**
 * A stack of Airflow's official Compose file, made and removed by the tests: started from its folder with two workers,
 * as its documentation says.
 */
import { once } from 'node:events';
import { chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AirflowApi, type Generation } from '../airflow-api.ts';
import { dockerIn, until } from '../stack.ts';

const folders = ['dags', 'logs', 'plugins', 'config'];
/** User of the image. */
export const airflowUid = 50_000;

export type OfficialStack = {
	readonly generation: Generation;
	readonly version: string;
	/** Name of the Compose project: that of the folder. */
	readonly project: string;
	/** The folder with the Compose file. */
	readonly folder: string;
	readonly api: AirflowApi;
	/** The services that keep running. */
	readonly services: readonly string[];
	/** The service that answers the REST API. */
	readonly server: string;
	remove(): Promise<void>;
};

/** The port from which triggerers and workers serve their logs; there is one once they have started. */
const portOpen = (port: number) => `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}'`;

/** Service, command of its health check. None starts Python, unlike those of the file: on two busy cores they fail. */
const checks: Readonly<Record<Generation, Readonly<Record<string, string>>>> = {
	2: {
		'airflow-webserver': 'curl -fs http://localhost:8080/health',
		'airflow-scheduler': 'curl -fs http://localhost:8974/health',
		'airflow-triggerer': portOpen(8794),
		'airflow-worker': portOpen(8793),
	},
	3: {
		'airflow-apiserver': 'curl -fs http://localhost:8080/api/v2/version',
		'airflow-scheduler': 'curl -fs http://localhost:8974/health',
		'airflow-dag-processor': 'grep -q dag-processor /proc/1/cmdline',
		'airflow-triggerer': portOpen(8794),
		'airflow-worker': portOpen(8793),
	},
};

/** An override beside the file, which Compose reads by itself: quicker health checks, and new DAG files are seen soon. */
function override(generation: Generation): string {
	const services = Object.entries(checks[generation]).map(([service, command]) => [
		service,
		{
			environment: {
				AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL: '10',
				AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL: '10',
				// The scheduler's health page is a fork that shares its database connection, and may take an answer meant for the
				// scheduler, which then waits for ever. Seen with 2.8.0.
				...(service === 'airflow-scheduler' ? { AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_ENABLED: 'false' } : {}),
			},
			healthcheck: { test: ['CMD-SHELL', command], interval: '3s', timeout: '10s', retries: 20, start_period: '300s' },
		},
	]);
	// YAML can hold JSON.
	return JSON.stringify({ services: Object.fromEntries(services) }, null, '\t');
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0);
	await once(server, 'listening');
	const address = server.address();
	await new Promise(resolve => server.close(resolve));
	if (typeof address !== 'object' || address === null) throw new Error('no port is free');
	return address.port;
}

/** Starts the stack and waits until it is healthy. */
export async function startOfficial(generation: Generation, project: string): Promise<OfficialStack> {
	const port = await freePort();
	const parent = mkdtempSync(join(tmpdir(), 'laketop-official-'));
	const folder = join(parent, project);
	for (const name of folders) mkdirSync(join(folder, name), { recursive: true });
	const text = readFileSync(join(import.meta.dirname, `airflow${generation}/docker-compose.yaml`), 'utf8');
	writeFileSync(join(folder, 'docker-compose.yaml'), text.replace('8090:8080', `${port}:8080`));
	writeFileSync(join(folder, 'docker-compose.override.yaml'), override(generation));
	copyFileSync(join(import.meta.dirname, 'dags/orders.py'), join(folder, 'dags/orders.py'));
	for (const name of folders) chownSync(join(folder, name), airflowUid, 0);
	const compose = dockerIn(folder);
	const remove = async () => {
		await compose('compose', 'down', '--volumes', '--timeout', '5');
		rmSync(parent, { recursive: true, force: true });
	};
	const api = new AirflowApi({
		address: `http://localhost:${port}`,
		user: 'airflow',
		password: 'airflow',
		generation,
		dagId: 'orders',
	});
	try {
		await compose('compose', 'up', '--detach', '--wait', '--wait-timeout', '420', '--scale', 'airflow-worker=2');
		await until(() => api.dag().then(() => undefined));
	} catch (error) {
		await remove();
		throw error;
	}
	return {
		generation,
		version: generation === 2 ? '2.8.0' : '3.3.2',
		project,
		folder,
		api,
		services: ['postgres', 'redis', ...Object.keys(checks[generation])],
		server: generation === 2 ? 'airflow-webserver' : 'airflow-apiserver',
		remove,
	};
}
