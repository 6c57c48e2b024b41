/** The stack of the guide, without scheduler and worker, beside stacks of the official Compose file. */
import { chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { container, dockerIn } from '../stack.ts';
import { airflowUid, freePort } from './official-stack.ts';

export type GuideStack = {
	readonly folder: string;
	/** Containers, which are named as the services. */
	readonly services: readonly string[];
	readonly airflowPort: number;
	readonly mlflowPort: number;
	remove(): Promise<void>;
};

const file = 'docker-compose-mlops.yml';

/** Starts it from a folder of its own, with other ports than the guide's. Its names are fixed: there can be one only. */
export async function startGuide(): Promise<GuideStack> {
	if ((await container('airflow-postgres')) !== null) throw new Error("bring the guide's stack down first");
	const folder = mkdtempSync(join(tmpdir(), 'laketop-guide-'));
	const [airflowPort, mlflowPort] = [await freePort(), await freePort()];
	copyFileSync(join(import.meta.dirname, '../../..', file), join(folder, file));
	const settings = { AIRFLOW_PORT: airflowPort, MLFLOW_PORT: mlflowPort, AIRFLOW_WEB_WORKERS: 1, MLFLOW_WORKERS: 1 };
	writeFileSync(
		join(folder, '.env'),
		[...Object.entries(settings), ['HEALTH_INTERVAL', '3s']].map(one => one.join('=')).join('\n'),
	);
	for (const name of ['dags', 'plugins', 'logs/airflow']) {
		mkdirSync(join(folder, name), { recursive: true });
		chownSync(join(folder, name), airflowUid, 0);
	}
	const compose = dockerIn(folder);
	const remove = async () => {
		await compose('compose', '-f', file, 'down', '--volumes', '--timeout', '5');
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const up = ['up', '--detach', '--wait', '--wait-timeout', '420'];
		await compose('compose', '-f', file, ...up, 'airflow-webserver', 'mlflow');
	} catch (error) {
		await remove();
		throw error;
	}
	const services = ['airflow-postgres', 'airflow-redis', 'airflow-webserver', 'mlflow'];
	return { folder, services, airflowPort, mlflowPort, remove };
}
