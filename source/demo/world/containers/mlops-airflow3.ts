import { apiServerBanner, dagProcessorBanner, schedulerBanner, workerBanner } from '../logs/airflow3-banners.ts';
import { SECOND } from '../time.ts';
import { type AirflowChoice, airflowVersions, type MlflowChoice, mlflowVersions } from '../versions.ts';
import type { ContainerDefinition, HealthcheckDefinition } from './container.ts';
import { AIRFLOW_IMAGE, curl, MLFLOW_IMAGE, MLOPS, MLOPS_CONTAINERS } from './mlops-containers.ts';

/**
 * Containers of the guide's stack with these versions: Airflow 3 has an API server, and a service that reads DAG files.
 * @param workers replicas of the Celery worker; if several, each has the name that Compose generates
 */
export function mlopsContainers(airflow: AirflowChoice, mlflow: MlflowChoice, workers = 1): ContainerDefinition[] {
	const ofAirflow = airflow === '3' ? MLOPS_CONTAINERS.flatMap(inAirflow3) : MLOPS_CONTAINERS.map(inAirflow2(airflow));
	const all = mlflow === '2' ? ofAirflow : ofAirflow.map(inMlflow3);
	if (workers < 2) return all;
	return all.flatMap(definition =>
		definition.service === 'airflow-worker'
			? Array.from({ length: workers }, (_, index) => ({
					...definition,
					name: `${MLOPS.name}-${definition.service}-${index + 1}`,
					replica: index + 1,
				}))
			: [definition],
	);
}

export const AIRFLOW_3_IMAGE = 'apache/airflow:3.3.2';
/** Variables of Airflow 2 that Airflow 3 has removed. */
const REMOVED_ENV = /^AIRFLOW__(?:API__AUTH_BACKENDS|SCHEDULER__DAG_DIR_LIST_INTERVAL)=|^_AIRFLOW_WWW_/;
const AIRFLOW_3_ENV = [
	'AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://airflow-apiserver:8080/execution/',
	'AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=admin:admin',
];

/** Health checks as in the official Compose file of Airflow 3. */
export const jobCheck = (jobType: string): HealthcheckDefinition => ({
	test: ['CMD-SHELL', `airflow jobs check --job-type ${jobType} --hostname localhost`],
	intervalMs: 30 * SECOND,
	startPeriodMs: 30 * SECOND,
	failure: { exitCode: 1, output: 'No alive jobs found.\n' },
	success: 'Found one alive job.\n',
});

function inAirflow3(definition: ContainerDefinition): ContainerDefinition[] {
	const dependsOn = definition.dependsOn.map(name => (name === 'airflow-webserver' ? 'airflow-apiserver' : name));
	if (definition.image !== AIRFLOW_IMAGE) return [{ ...definition, dependsOn }];
	const env = [...definition.env.filter(one => !REMOVED_ENV.test(one)), ...AIRFLOW_3_ENV];
	// Its components log to standard output.
	const same = { ...definition, image: AIRFLOW_3_IMAGE, env, dependsOn, logsToStdout: true };
	if (definition.name === 'airflow-webserver') {
		return [
			{
				...same,
				name: 'airflow-apiserver',
				service: 'airflow-apiserver',
				command: ['api-server'],
				healthcheck: curl('http://127.0.0.1:8080/api/v2/version', 180 * SECOND),
				banner: apiServerBanner,
			},
		];
	}
	if (definition.name === 'airflow-worker') return [{ ...same, banner: workerBanner('redis://airflow-redis:6379/0') }];
	if (definition.name !== 'airflow-scheduler') return [same];
	return [
		{ ...same, healthcheck: jobCheck('SchedulerJob'), banner: schedulerBanner },
		{
			...same,
			name: 'airflow-dag-processor',
			service: 'airflow-dag-processor',
			command: ['dag-processor'],
			ports: [{ privatePort: 8080 }],
			healthcheck: jobCheck('DagProcessorJob'),
			idle: { cores: 0.03, memoryMiB: 296, processes: 4 },
			banner: dagProcessorBanner,
		},
	];
}

const inAirflow2 =
	(airflow: Exclude<AirflowChoice, '3'>) =>
	(definition: ContainerDefinition): ContainerDefinition =>
		definition.image === AIRFLOW_IMAGE ? { ...definition, image: airflow2Image(airflow) } : definition;

export const airflow2Image = (airflow: Exclude<AirflowChoice, '3'>): string =>
	AIRFLOW_IMAGE.replace(airflowVersions['2'], airflowVersions[airflow]);

/** MLflow 3 serves with uvicorn. */
function inMlflow3(definition: ContainerDefinition): ContainerDefinition {
	if (definition.image !== MLFLOW_IMAGE) return definition;
	return {
		...definition,
		image: MLFLOW_IMAGE.replace(mlflowVersions['2'], mlflowVersions['3']),
		banner: () => [
			'INFO:     Uvicorn running on http://0.0.0.0:5000 (Press CTRL+C to quit)',
			'INFO:     Started parent process [10]',
			'INFO:     Started server process [11]',
			'INFO:     Application startup complete.',
		],
	};
}
