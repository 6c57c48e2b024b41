import { triggererBanner } from '../logs/airflow3-banners.ts';
import { MINUTE, SECOND } from '../time.ts';
import type { AirflowChoice } from '../versions.ts';
import type { ContainerDefinition, HealthcheckDefinition, ProjectDefinition } from './container.ts';
import { AIRFLOW_3_IMAGE, airflow2Image, mlopsContainers } from './mlops-airflow3.ts';
import { airflowLine } from './mlops-containers.ts';

/**
 * The containers of Airflow's official Compose file (apache/airflow,
 * airflow-core/docs/howto/docker-compose/docker-compose.yaml, and docs/apache-airflow/howto/docker-compose of 2.10), as the
 * project `shop` with two workers: names that Compose generates, an initialisation that has ended, no MLflow.
 */

const HOME = '/home/lakehouse/shop';

export const SHOP: ProjectDefinition = {
	name: 'shop',
	workingDir: HOME,
	configFile: `${HOME}/docker-compose.yaml`,
	network: 'shop_default',
	subnet: '172.20.0',
};

export type StackUser = { readonly name: string; readonly password: string };

/** The login that the file sets up where `_AIRFLOW_WWW_USER_…` are not set. */
export const OFFICIAL_USER: StackUser = { name: 'airflow', password: 'airflow' };

export const containerName = (service: string, replica = 1): string => `${SHOP.name}-${service}-${replica}`;

const CONNECTION = 'postgresql+psycopg2://airflow:airflow@postgres/airflow';
const COMMON_ENV = [
	'AIRFLOW__CORE__EXECUTOR=CeleryExecutor',
	`AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${CONNECTION}`,
	'AIRFLOW__CELERY__RESULT_BACKEND=db+postgresql://airflow:airflow@postgres/airflow',
	'AIRFLOW__CELERY__BROKER_URL=redis://:@redis:6379/0',
	'AIRFLOW__CORE__FERNET_KEY=',
	'AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION=true',
	'AIRFLOW__CORE__LOAD_EXAMPLES=false',
	'AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK=true',
	'_PIP_ADDITIONAL_REQUIREMENTS=',
	'AIRFLOW_HOME=/opt/airflow',
	'PATH=/home/airflow/.local/bin:/usr/local/bin:/usr/bin:/bin',
];
const ENV_2 = ['AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.basic_auth,airflow.api.auth.backend.session'];
const ENV_3 = [
	'AIRFLOW__CORE__AUTH_MANAGER=airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager',
	'AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://airflow-apiserver:8080/execution/',
];
const BINDS = ['dags', 'logs', 'config', 'plugins'].map(name => [`${HOME}/${name}`, `/opt/airflow/${name}`] as const);

const check = (test: HealthcheckDefinition['test'], seconds = 30): HealthcheckDefinition => ({
	test,
	intervalMs: seconds * SECOND,
	startPeriodMs: 30 * SECOND,
	failure: { exitCode: 1, output: '' },
	success: '',
});
const jobCheck = (type: string): HealthcheckDefinition => ({
	...check(['CMD-SHELL', `airflow jobs check --job-type ${type} --hostname "$\{HOSTNAME}"`]),
	failure: { exitCode: 1, output: 'No alive jobs found.\n' },
	success: 'Found one alive job.\n',
});
const curlCheck = (url: string) => check(['CMD', 'curl', '--fail', url]);
const celeryCheck = check([
	'CMD-SHELL',
	`celery --app airflow.providers.celery.executors.celery_executor.app inspect ping -d "celery@$\{HOSTNAME}" || celery --app airflow.executors.celery_executor.app inspect ping -d "celery@$\{HOSTNAME}"`,
]);

/** @param workers replicas of the Celery worker, as `--scale airflow-worker=N` */
export function officialContainers(
	airflow: AirflowChoice,
	workers: number,
	user: StackUser,
): readonly ContainerDefinition[] {
	const models = mlopsContainers(airflow, '2');
	const web = airflow === '3' ? 'airflow-apiserver' : 'airflow-webserver';
	const env = [...COMMON_ENV, ...(airflow === '3' ? ENV_3 : ENV_2)];
	const image = airflow === '3' ? AIRFLOW_3_IMAGE : airflow2Image(airflow);
	const modelOf = (name: string): ContainerDefinition => {
		const found = models.find(one => one.service === name);
		if (found === undefined) throw new RangeError(`no service ${name} to copy`);
		return found;
	};
	const worker = modelOf('airflow-worker');
	/** A service whose program is that of a service of the guide's stack. */
	const like = (model: string, service: string, more: Partial<ContainerDefinition>): ContainerDefinition => {
		const found = modelOf(model);
		const name = containerName(service, more.replica);
		return {
			...found,
			name,
			service,
			project: SHOP,
			binds: [],
			volumes: [],
			dependsOn: [],
			restart: 'always',
			...more,
		};
	};
	const ofAirflow = (model: string, service: string, more: Partial<ContainerDefinition>): ContainerDefinition =>
		like(model, service, {
			...{ env, image, binds: BINDS, ports: [{ privatePort: 8080 }] },
			dependsOn: ['redis', 'postgres', 'airflow-init'],
			...more,
		});
	const idle = (cores: number, memoryMiB: number) => ({ idle: { cores, memoryMiB, processes: 5 } });
	return [
		like('airflow-postgres', 'postgres', {
			image: airflow === '3' ? 'postgres:16' : 'postgres:13',
			ports: [{ privatePort: 5432 }],
			volumes: [['shop_postgres-db-volume', '/var/lib/postgresql/data']],
			healthcheck: check(['CMD', 'pg_isready', '-U', 'airflow'], 10),
		}),
		like('airflow-redis', 'redis', {
			image: 'redis:7.2-bookworm',
			ports: [{ privatePort: 6379 }],
			healthcheck: check(['CMD', 'redis-cli', 'ping'], 10),
		}),
		initialisation(ofAirflow(web, 'airflow-init', {}), env, user),
		ofAirflow(web, web, {
			ports: [{ privatePort: 8080, published: 'airflow' }],
			healthcheck: curlCheck(`http://localhost:8080${airflow === '3' ? '/api/v2/version' : '/health'}`),
		}),
		ofAirflow('airflow-scheduler', 'airflow-scheduler', { healthcheck: curlCheck('http://localhost:8974/health') }),
		...(airflow === '3' ? [ofAirflow('airflow-dag-processor', 'airflow-dag-processor', processor)] : []),
		...Array.from({ length: workers }, (_, index) =>
			ofAirflow('airflow-worker', 'airflow-worker', {
				env: [...env, 'DUMB_INIT_SETSID=0'],
				healthcheck: celeryCheck,
				replica: index + 1,
				banner: (time, host) =>
					worker.banner(time, host).map(line => line.replace('redis://airflow-redis:6379/0', 'redis://redis:6379/0')),
			}),
		),
		ofAirflow('airflow-scheduler', 'airflow-triggerer', {
			command: ['triggerer'],
			healthcheck: jobCheck('TriggererJob'),
			...idle(0.02, 210),
			banner:
				airflow === '3'
					? triggererBanner
					: time => [airflowLine(time, 'triggerer_job_runner.py', 338, 'Starting the triggerer')],
		}),
	];
}

const processor = { healthcheck: jobCheck('DagProcessorJob') };

/** Migrates the database and creates the user, as its environment says, then ends. */
function initialisation(like: ContainerDefinition, env: readonly string[], user: StackUser): ContainerDefinition {
	const { healthcheck: _, ...definition } = like;
	return {
		...definition,
		entrypoint: ['/bin/bash'],
		command: [
			'-c',
			'mkdir -p /sources/logs /sources/dags /sources/plugins\nchown -R "50000:0" /sources/{logs,dags,plugins}\nexec /entrypoint airflow version\n',
		],
		user: '0:0',
		env: [
			...env,
			'_AIRFLOW_DB_MIGRATE=true',
			'_AIRFLOW_WWW_USER_CREATE=true',
			`_AIRFLOW_WWW_USER_USERNAME=${user.name}`,
			`_AIRFLOW_WWW_USER_PASSWORD=${user.password}`,
		],
		binds: [[HOME, '/sources']],
		ports: [{ privatePort: 8080 }],
		dependsOn: ['redis', 'postgres'],
		restart: 'no',
		ended: { exitCode: 0, agoMs: 2 * 60 * MINUTE },
		bootMs: SECOND,
		endsAfterMs: 3 * SECOND,
		idle: { cores: 0.4, memoryMiB: 180, processes: 3 },
		banner: () => ['Database migrating done!', `User "${user.name}" created with role "Admin"`],
	};
}
