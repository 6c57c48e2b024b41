import type { Container } from './container.ts';
import type { Endpoint } from './observation.ts';

/** What the user fixed; everything else is discovered. */
export type DiscoveryWishes = {
	readonly project?: string | undefined;
	readonly airflowUrl?: string | undefined;
	readonly mlflowUrl?: string | undefined;
	readonly pages?: readonly { readonly name: string; readonly url: string }[] | undefined;
	/** Where they were found before: a stopped container publishes nothing, and comes back where it was. */
	readonly lastAirflowUrl?: string | undefined;
	readonly lastMlflowUrl?: string | undefined;
	/** Host name under which published ports are reached: localhost, or the host of a remote engine. */
	readonly publishedHost: string;
};

export type DiscoveredStack = {
	/** The Compose project of the MLOps stack; null where none was found. */
	readonly project: string | null;
	readonly airflowUrl: string;
	readonly mlflowUrl: string;
	readonly endpoints: readonly Endpoint[];
};

/** The guide's addresses, used where nothing better is known. */
const guidePorts = { airflow: 8082, mlflow: 5000 };

type KnownPage = {
	readonly id: string;
	readonly title: string;
	/** Matches a Compose service, a container's name or its image. */
	readonly names: RegExp;
	readonly image: RegExp;
	readonly port: number;
	readonly healthPath: string;
};

const airflowPage: KnownPage = {
	id: 'airflow',
	title: 'Airflow',
	names: /^airflow[-_]?(webserver|web|apiserver|api-server)/,
	image: /(^|\/)airflow[:@]?/,
	port: 8080,
	healthPath: '/health',
};
const mlflowPage: KnownPage = {
	id: 'mlflow',
	title: 'MLflow',
	names: /^mlflow([-_](server|tracking))?([-_]\d+)?$/,
	image: /mlflow/,
	port: 5000,
	healthPath: '/health',
};
/** Pages of a lakehouse that says by itself whether it is well: path and port of the public images. */
const lakehousePages: readonly KnownPage[] = [
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

/**
 * Finds the stack among the containers by Compose labels, names, images and published ports. Pure: the same containers
 * give the same stack. Where none publishes a port, the last known address holds, else the guide's.
 */
export function discoverStack(containers: readonly Container[], wishes: DiscoveryWishes): DiscoveredStack {
	const project = wishes.project ?? mlopsProject(containers);
	const own = project === null ? containers : containers.filter(container => container.project === project);
	const airflow = find(own, airflowPage) ?? find(containers, airflowPage);
	const mlflow = find(own, mlflowPage) ?? find(containers, mlflowPage);
	const fallback = (port: number) => `http://${wishes.publishedHost}:${port}`;
	const airflowUrl =
		wishes.airflowUrl ??
		published(airflow, airflowPage.port, wishes.publishedHost) ??
		wishes.lastAirflowUrl ??
		fallback(guidePorts.airflow);
	const mlflowUrl =
		wishes.mlflowUrl ??
		published(mlflow, mlflowPage.port, wishes.publishedHost) ??
		wishes.lastMlflowUrl ??
		fallback(guidePorts.mlflow);
	const endpoints: Endpoint[] = [
		endpointOf(airflowPage, airflowUrl, airflow),
		endpointOf(mlflowPage, mlflowUrl, mlflow),
	];
	for (const page of lakehousePages) {
		const container = find(containers, page);
		const url = published(container, page.port, wishes.publishedHost);
		if (url) endpoints.push(endpointOf(page, url, container));
	}
	for (const page of wishes.pages ?? []) {
		const id = page.name.toLowerCase();
		if (endpoints.some(endpoint => endpoint.id === id)) continue;
		endpoints.push({ id, title: page.name, pageUrl: page.url, healthUrl: page.url, containerId: null });
	}
	return { project, airflowUrl, mlflowUrl, endpoints };
}

/** The project that runs Airflow; where several do, the one whose services have the guide's names. */
function mlopsProject(containers: readonly Container[]): string | null {
	const score = new Map<string, number>();
	for (const { project, service, name, image } of containers) {
		if (!project) continue;
		const points =
			(airflowPage.names.test(service ?? name) ? 8 : 0) +
			(/^airflow/.test(service ?? name) || airflowPage.image.test(image) ? 2 : 0) +
			(mlflowPage.names.test(service ?? name) ? 4 : 0);
		score.set(project, (score.get(project) ?? 0) + points);
	}
	const best = [...score].filter(([, points]) => points > 0).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	return best[0]?.[0] ?? null;
}

function find(containers: readonly Container[], page: KnownPage): Container | undefined {
	const byName = containers.filter(({ service, name }) => page.names.test(service ?? '') || page.names.test(name));
	const running = (list: readonly Container[]) => list.find(container => container.state === 'running') ?? list[0];
	return (
		running(byName) ??
		containers.find(({ image, ports }) => page.image.test(image) && ports.some(port => port.privatePort === page.port))
	);
}

function published(container: Container | undefined, privatePort: number, host: string): string | undefined {
	const ports = container?.ports.filter(port => port.protocol === 'tcp' && port.publicPort !== null) ?? [];
	const port = ports.find(one => one.privatePort === privatePort) ?? ports[0];
	if (!port) return undefined;
	// Published on every address or on the loopback one: the host's own name does. Else on that address alone.
	const anywhere = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(port.address);
	const name = anywhere ? host : port.address.includes(':') ? `[${port.address}]` : port.address;
	const url = `http://${name}:${port.publicPort}`;
	// A link-local address is nothing without its zone (`fe80::1%eth0`), for which URLs have no place.
	return URL.canParse(url) ? url : undefined;
}

function endpointOf(page: KnownPage, url: string, container: Container | undefined): Endpoint {
	return {
		id: page.id,
		title: page.title,
		pageUrl: url,
		healthUrl: `${url.replace(/\/+$/, '')}${page.healthPath}`,
		containerId: container?.id ?? null,
	};
}
