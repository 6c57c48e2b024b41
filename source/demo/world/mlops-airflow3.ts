import type { AirflowGeneration } from './airflow-state.ts';
import type { ContainerDefinition, HealthcheckDefinition } from './container.ts';
import { AIRFLOW_IMAGE, airflowLine, curl, MLOPS, MLOPS_CONTAINERS } from './mlops-containers.ts';
import { SECOND } from './time.ts';

/**
 * Containers of the stack with this major version of Airflow: 3 has an API server, and a service that reads DAG files.
 * @param workers replicas of the Celery worker; if several, each has the name that Compose generates
 */
export function mlopsContainers(generation: AirflowGeneration, workers = 1): readonly ContainerDefinition[] {
	const all = generation === '2' ? MLOPS_CONTAINERS : MLOPS_CONTAINERS.flatMap(inAirflow3);
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

const AIRFLOW_3_IMAGE = 'apache/airflow:3.3.2';
/** Variables of Airflow 2 that Airflow 3 has removed. */
const REMOVED_ENV = /^AIRFLOW__(?:API__AUTH_BACKENDS|SCHEDULER__DAG_DIR_LIST_INTERVAL)=|^_AIRFLOW_WWW_/;
const AIRFLOW_3_ENV = [
	'AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://airflow-apiserver:8080/execution/',
	'AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=admin:admin',
];

/** Health checks as in the official Compose file of Airflow 3. */
const jobCheck = (jobType: string): HealthcheckDefinition => ({
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
	const same = { ...definition, image: AIRFLOW_3_IMAGE, env, dependsOn };
	if (definition.name === 'airflow-webserver') {
		return [
			{
				...same,
				name: 'airflow-apiserver',
				service: 'airflow-apiserver',
				command: ['api-server'],
				healthcheck: curl('http://127.0.0.1:8080/api/v2/version', 180 * SECOND),
				banner: time => [
					airflowLine(time, 'api_server_command.py', 140, 'Starting the API server on port 8080 and host 0.0.0.0'),
					'INFO:     Started server process [7]',
					'INFO:     Application startup complete.',
					'INFO:     Uvicorn running on http://0.0.0.0:8080 (Press CTRL+C to quit)',
				],
			},
		];
	}
	if (definition.name !== 'airflow-scheduler') return [same];
	return [
		{ ...same, healthcheck: jobCheck('SchedulerJob') },
		{
			...same,
			name: 'airflow-dag-processor',
			service: 'airflow-dag-processor',
			command: ['dag-processor'],
			ports: [{ privatePort: 8080 }],
			healthcheck: jobCheck('DagProcessorJob'),
			idle: { cores: 0.03, memoryMiB: 296, processes: 4 },
			banner: time => [airflowLine(time, 'manager.py', 251, 'Processing files using up to 2 processes at a time')],
		},
	];
}
