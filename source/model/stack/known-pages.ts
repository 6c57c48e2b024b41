import type { Container } from '../engine/container.ts';
import { isJobName, type Role, roleOf } from '../engine/role.ts';
import type { ServerName } from './discovery.ts';

export type KnownPage = {
	readonly id: string;
	readonly title: string;
	/** Matches a Compose service, a container's name or its image. */
	readonly names: RegExp;
	readonly image: RegExp;
	/** The role that only its container has. */
	readonly role?: Role;
	readonly port: number;
	readonly healthPath: string;
};

/** The health page of each major version of Airflow; no login needed. */
export const airflowHealthPaths = { '2': '/health', '3': '/api/v2/monitor/health' } as const;

export const serverPages: Readonly<Record<ServerName, KnownPage>> = {
	airflow: {
		id: 'airflow',
		title: 'Airflow',
		names: /^airflow[-_]?(webserver|web|apiserver|api-server)/,
		image: /(^|\/)airflow[:@]?/,
		role: 'webserver',
		port: 8080,
		healthPath: airflowHealthPaths['2'],
	},
	mlflow: {
		id: 'mlflow',
		title: 'MLflow',
		names: /^mlflow([-_](server|tracking))?([-_]\d+)?$/,
		image: /mlflow/,
		port: 5000,
		healthPath: '/health',
	},
};
/** Pages of a lakehouse that report their own health: path and port of the public images. */
export const lakehousePages: readonly KnownPage[] = [
	{ id: 'trino', title: 'Trino', names: /^trino/, image: /trinodb\/trino/, port: 8080, healthPath: '/v1/info' },
	{
		id: 'grafana',
		title: 'Grafana',
		names: /^grafana/,
		image: /grafana\/grafana/,
		port: 3000,
		healthPath: '/api/health',
	},
	{
		id: 'superset',
		title: 'Superset',
		names: /^superset$/,
		image: /apache\/superset/,
		port: 8088,
		healthPath: '/health',
	},
];

/** The container that serves a page. */
export function find(all: readonly Container[], page: KnownPage): Container | undefined {
	// Containers of `docker compose run` serve nothing.
	const containers = all.filter(({ isOneOff }) => !isOneOff);
	const byName = containers.filter(({ service, name }) => page.names.test(service ?? '') || page.names.test(name));
	const running = (list: readonly Container[]) => list.find(container => container.state === 'running') ?? list[0];
	const byRole = page.role === undefined ? [] : containers.filter(one => roleOf(one) === page.role);
	return (
		running(byRole.filter(one => byName.includes(one))) ??
		running(byRole) ??
		running(byName) ??
		containers.find(
			one =>
				page.image.test(one.image) &&
				one.ports.some(port => port.privatePort === page.port) &&
				// Every container of Airflow's image exposes the port of the page.
				(page.role === undefined ||
					(roleOf(one) === null && one.airflowProcess === undefined && !isJobName(one.service ?? one.name))),
		)
	);
}
