import type { ContainerDefinition, ProjectDefinition } from '../../source/demo/world/containers/container.ts';
import { MLOPS_CONTAINERS } from '../../source/demo/world/containers/mlops-containers.ts';

/**
 * A stack in the shape of Airflow's official Compose file, beside the demo's own: no `container_name`, two workers, an
 * initialisation that has ended, no MLflow. Its page is that of the demo's Airflow.
 */

export const official: ProjectDefinition = {
	name: 'shop',
	workingDir: '/srv/shop',
	configFile: '/srv/shop/docker-compose.yaml',
	network: 'shop_default',
	subnet: '172.29.0',
};

const like = (name: string): ContainerDefinition => {
	const found = MLOPS_CONTAINERS.find(one => one.name === name);
	if (!found) throw new Error(`the demo has no container ${name}`);
	return found;
};

const service = (model: string, name: string, more: Partial<ContainerDefinition> = {}): ContainerDefinition => ({
	...like(model),
	name: `shop-${name}-${more.replica ?? 1}`,
	service: name,
	project: official,
	ports: [{ privatePort: 8080 }],
	binds: [['/srv/shop/dags', '/opt/airflow/dags']],
	volumes: [],
	dependsOn: ['airflow-init'],
	env: like(model).env.filter(one => !one.startsWith('_AIRFLOW_WWW_')),
	...more,
});

/** Who the initialisation creates, as its environment says. */
export const officialUser = { name: 'airflow', password: 'Xk7-only-this-stack' };

export const officialInit: ContainerDefinition = service('airflow-webserver', 'airflow-init', {
	entrypoint: ['/bin/bash'],
	command: [
		'-c',
		'mkdir -p /sources/logs /sources/dags\nchown -R "50000:0" /sources/{logs,dags}\nexec /entrypoint version\n',
	],
	env: [
		'AIRFLOW__CORE__EXECUTOR=CeleryExecutor',
		'_AIRFLOW_DB_MIGRATE=true',
		'_AIRFLOW_WWW_USER_CREATE=true',
		`_AIRFLOW_WWW_USER_USERNAME=${officialUser.name}`,
		`_AIRFLOW_WWW_USER_PASSWORD=${officialUser.password}`,
	],
	dependsOn: [],
	ended: { exitCode: 0, agoMs: 600_000 },
});

export const officialStack: readonly ContainerDefinition[] = [
	service('airflow-postgres', 'postgres', { ports: [{ privatePort: 5432 }], binds: [], dependsOn: [] }),
	service('airflow-redis', 'redis', { ports: [{ privatePort: 6379 }], binds: [], dependsOn: [] }),
	service('airflow-webserver', 'airflow-webserver', { ports: [{ privatePort: 8080, published: 'airflow' }] }),
	service('airflow-scheduler', 'airflow-scheduler'),
	service('airflow-worker', 'airflow-worker'),
	service('airflow-worker', 'airflow-worker', { replica: 2 }),
	service('airflow-scheduler', 'airflow-triggerer', { command: ['triggerer'] }),
	officialInit,
];
