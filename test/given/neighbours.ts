import type { ContainerDefinition, ProjectDefinition } from '../../source/demo/world/containers/container.ts';
import { MLOPS, MLOPS_CONTAINERS } from '../../source/demo/world/containers/mlops-containers.ts';

/** Containers beside the demo's stack with similar names. */

export const shop: ProjectDefinition = {
	name: 'shop',
	workingDir: '/srv/shop',
	configFile: '/srv/shop/docker-compose.yml',
	network: 'shop_default',
	subnet: '172.29.0',
};

const like = (service: string): ContainerDefinition => {
	const found = MLOPS_CONTAINERS.find(one => one.service === service);
	if (!found) throw new Error(`the demo has no service ${service}`);
	return found;
};

const inShop = (definition: ContainerDefinition, service = definition.service): ContainerDefinition => ({
	...definition,
	name: `shop-${service}-1`,
	service,
	project: shop,
	ports: [],
	volumes: [],
	binds: [],
});

/** A project with all the names of the stack's services, and one that the stack does not have. */
export const secondProject: readonly ContainerDefinition[] = [
	...MLOPS_CONTAINERS.map(definition => inShop(definition)),
	inShop(like('airflow-worker'), 'airflow-triggerer'),
];

/** One-offs of the stack's own services, with names that sort before all others. */
export const oneOffs: readonly ContainerDefinition[] = [
	{ ...like('airflow-worker'), name: 'aaa-airflow-worker-run', isOneOff: true, ended: { exitCode: 1, agoMs: 600_000 } },
	{ ...like('airflow-scheduler'), name: 'aaa-airflow-scheduler-run', isOneOff: true },
	{ ...like('airflow-webserver'), name: 'aaa-airflow-webserver-run', isOneOff: true, ports: [] },
];

/** Two replicas of one more service. */
export const replicas: readonly ContainerDefinition[] = [1, 2].map(number => ({
	...like('airflow-redis'),
	name: `${MLOPS.name}-api-${number}`,
	service: 'api',
	replica: number,
	image: 'api:1',
	volumes: [],
}));
