import { airflowUserContainers } from './airflow-user-containers.ts';
import { chosenProject } from './choose-project.ts';
import type { Container } from './container.ts';
import type {
	AddressGap,
	AddressOrigin,
	DiscoveredStack,
	DiscoveryOptions,
	ServerAddress,
	ServerName,
} from './discovery.ts';
import type { Endpoint } from './endpoint.ts';
import { airflowHealthPaths, find, type KnownPage, lakehousePages, serverPages } from './known-pages.ts';
import { isApiServer } from './role.ts';

/** The ports of the guide, used as a guess. */
const guidePorts: Readonly<Record<ServerName, number>> = { airflow: 8082, mlflow: 5000 };

/**
 * Finds the stack among the containers by Compose labels, names, images and published ports. Pure: the same containers
 * give the same stack. The addresses of Airflow and MLflow come from the configuration, from containers of the project,
 * or from what the project published earlier in this run. The guide's ports are a guess, made only if no Compose
 * project exists and none was named.
 */
export function discoverStack(listed: readonly Container[], options: DiscoveryOptions): DiscoveredStack {
	// A container of `docker compose run` has the name of a service, but serves nothing.
	const containers = listed.filter(({ isOneOff }) => !isOneOff);
	const { before, publishedHost } = options;
	const choice = chosenProject(containers, options);
	const { project } = choice;
	const own = containers.filter(container => container.project === project);
	const seen = before?.project === project ? before : null;
	const mayGuess = project === null && options.engine !== 'silent' && !containers.some(one => one.project !== null);
	const found = (server: ServerName): Found => {
		const page = serverPages[server];
		const container = find(own, page);
		const given = server === 'airflow' ? options.airflowUrl : options.mlflowUrl;
		if (given !== undefined) return { address: known(given, 'given', container), container };
		const url = published(container, page.port, publishedHost);
		if (url !== undefined) return { address: known(url, 'published', container), container };
		const last = seen?.servers[server];
		if (last?.url && (last.origin === 'published' || last.origin === 'seen earlier')) {
			// Its port may belong to another stack now.
			const taker = publisherOf(last.url, containers, own, publishedHost);
			return {
				address: taker ? unknown('taken', taker) : known(last.url, 'seen earlier', container),
				container,
			};
		}
		if (mayGuess && container === undefined) {
			const guess = `http://${publishedHost}:${(options.guessedPorts ?? guidePorts)[server]}`;
			const taker = publisherOf(guess, containers, [], publishedHost);
			return { address: taker ? unknown('taken', taker) : known(guess, 'guess', undefined), container };
		}
		return { address: unknown(gapOf(container, own, project, options), container), container };
	};
	const airflow = found('airflow');
	const mlflow = found('mlflow');
	const endpoints: Endpoint[] = [];
	for (const [page, { address, container }] of [
		[serverPages.airflow, airflow],
		[serverPages.mlflow, mlflow],
	] as const) {
		if (address.url !== null) endpoints.push(endpointOf(page, address.url, container));
	}
	for (const page of lakehousePages) {
		const container = find(own, page) ?? find(containers, page);
		const url = published(container, page.port, publishedHost);
		if (url) endpoints.push(endpointOf(page, url, container));
	}
	for (const page of options.pages ?? []) {
		const id = page.name.toLowerCase();
		if (endpoints.some(endpoint => endpoint.id === id)) continue;
		endpoints.push({ id, title: page.name, pageUrl: page.url, healthUrl: page.url, containerId: null });
	}
	return {
		...choice,
		servers: { airflow: airflow.address, mlflow: mlflow.address },
		endpoints,
		airflowUserContainers: userContainersOf(airflow, own, publishedHost),
	};
}

type Found = { readonly address: ServerAddress; readonly container: Container | undefined };

/** None where the address, given or found, is not what the running container of Airflow's page publishes. */
function userContainersOf({ address, container }: Found, own: readonly Container[], host: string): string[] {
	if (address.url === null || container?.state !== 'running') return [];
	if (address.url !== published(container, serverPages.airflow.port, host)) return [];
	// Which of them belong together is not known without a project.
	return airflowUserContainers(container.project === null ? [container] : own);
}

function known(url: string, origin: AddressOrigin, container: Container | undefined): ServerAddress {
	return { url, origin, container: container?.name ?? null, gap: null };
}

function unknown(gap: AddressGap, container: Container | undefined): ServerAddress {
	return { url: null, origin: 'unknown', container: container?.name ?? null, gap };
}

function gapOf(
	container: Container | undefined,
	own: readonly Container[],
	project: string | null,
	{ engine }: DiscoveryOptions,
): AddressGap {
	if (engine !== 'listed') return 'engine';
	if (container) return container.state === 'running' ? 'not published' : 'not running';
	if (project === null) return 'no stack';
	return own.length === 0 ? 'no project' : 'no container';
}

function published(container: Container | undefined, privatePort: number, host: string): string | undefined {
	const ports = container?.ports.filter(port => port.protocol === 'tcp') ?? [];
	const preferred = ports.toSorted(
		(a, b) => Number(b.privatePort === privatePort) - Number(a.privatePort === privatePort),
	);
	return preferred.map(port => urlOf(port, host)).find(url => url !== undefined);
}

/** The address of a published port from here; undefined if it is not published. */
function urlOf({ address, publicPort }: Container['ports'][number], host: string): string | undefined {
	if (publicPort === null) return undefined;
	// Published on every address or on the loopback one: reachable by the host's name. Else only by that address.
	const anywhere = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(address);
	const url = `http://${anywhere ? host : address.includes(':') ? `[${address}]` : address}:${publicPort}`;
	// A URL cannot hold every port that engines have reported, nor a link-local address with its zone (`fe80::1%eth0`).
	return URL.canParse(url) ? url : undefined;
}

/** The running container of another project that publishes this address. */
function publisherOf(
	url: string,
	containers: readonly Container[],
	own: readonly Container[],
	host: string,
): Container | undefined {
	return containers.find(
		container =>
			!own.includes(container) &&
			(container.state === 'running' || container.state === 'paused') &&
			container.ports.some(port => port.protocol === 'tcp' && urlOf(port, host) === url),
	);
}

function endpointOf(page: KnownPage, url: string, container: Container | undefined): Endpoint {
	return {
		id: page.id,
		title: page.title,
		pageUrl: url,
		healthUrl: `${url.replace(/(?<!\/)\/+$/, '')}${healthPathOf(page, container)}`,
		containerId: container?.id ?? null,
	};
}

/** Only the process of Airflow 3 is called so; where it is unknown, the feed finds the path by its first request. */
function healthPathOf(page: KnownPage, container: Container | undefined): string {
	return page.id === 'airflow' && container !== undefined && isApiServer(container)
		? airflowHealthPaths['3']
		: page.healthPath;
}
