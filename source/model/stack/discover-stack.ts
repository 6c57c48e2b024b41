import { type Container, qualifiedName } from '../engine/container.ts';
import { isAirflow, isApiServer } from '../engine/role.ts';
import type { SshTarget } from '../engine/ssh-state.ts';
import { airflowUserContainers } from './airflow-user-containers.ts';
import { chosenProject } from './choose-project.ts';
import type {
	AddressGap,
	AddressOrigin,
	DiscoveredStack,
	DiscoveryOptions,
	OutsideServer,
	ServerAddress,
	ServerName,
} from './discovery.ts';
import type { Endpoint } from './endpoint.ts';
import { airflowHealthPaths, find, type KnownPage, lakehousePages, serverPages } from './known-pages.ts';

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
	const mayGuess =
		project === null &&
		(options.engine === 'listed' || options.engine === 'unreachable') &&
		!containers.some(one => one.project !== null);
	const found = (server: ServerName): Found => {
		const page = serverPages[server];
		const container = find(own, page);
		const given = server === 'airflow' ? options.airflowUrl : options.mlflowUrl;
		if (given !== undefined) {
			const place = { url: given, throughSsh: sshTargetOf(given, containers, options) };
			const publisher = container ? undefined : publisherOf(withLocalhost(given), containers, own, options);
			const outside = publisher ? [{ name: outsideName(publisher, project), url: given }] : [];
			return { address: { ...known(place, 'given', container), ...outsidePart(outside) }, container };
		}
		const place = published(container, page.port, options);
		if (place !== undefined) return { address: known(place, 'published', container), container };
		const last = seen?.servers[server];
		if (last?.url && (last.origin === 'published' || last.origin === 'seen earlier')) {
			// Its port may belong to another stack now.
			const taker = publisherOf(last.url, containers, own, options);
			return {
				address: taker
					? unknown('taken', taker)
					: known({ url: last.url, throughSsh: last.throughSsh }, 'seen earlier', container),
				container,
			};
		}
		if (mayGuess && container === undefined) {
			const port = (options.guessedPorts ?? guidePorts)[server];
			const guess = `http://${publishedHost}:${port}`;
			const taker = publisherOf(guess, containers, [], options);
			const throughSsh = options.isThroughSsh ? { host: '127.0.0.1', port } : undefined;
			return {
				address: taker ? unknown('taken', taker) : known({ url: guess, throughSsh }, 'guess', undefined),
				container,
			};
		}
		const gap = gapOf(container, own, project, options);
		const outside = gap === 'no container' ? outsideServers(page, containers, project, options) : [];
		return { address: { ...unknown(gap, container), ...outsidePart(outside) }, container };
	};
	const airflow = found('airflow');
	const mlflow = found('mlflow');
	const endpoints: Endpoint[] = [];
	for (const [page, { address, container }] of [
		[serverPages.airflow, airflow],
		[serverPages.mlflow, mlflow],
	] as const) {
		const { url, throughSsh } = address;
		if (url !== null) endpoints.push(endpointOf(page, { url, throughSsh }, container));
	}
	for (const page of lakehousePages) {
		const container = find(own, page) ?? find(containers, page);
		const place = published(container, page.port, options);
		if (place) endpoints.push(endpointOf(page, place, container));
	}
	for (const page of options.pages ?? []) {
		const id = page.name.toLowerCase();
		if (endpoints.some(endpoint => endpoint.id === id)) continue;
		const through = throughPart(sshTargetOf(page.url, containers, options));
		endpoints.push({ id, title: page.name, pageUrl: page.url, healthUrl: page.url, containerId: null, ...through });
	}
	return {
		...choice,
		servers: { airflow: airflow.address, mlflow: mlflow.address },
		endpoints,
		airflowUserContainers: userContainersOf(airflow, own, options),
	};
}

/** An address, and where requests to it go if not there. */
type Place = { readonly url: string; readonly throughSsh: SshTarget | undefined };
/** How published ports are reached from here. */
type Reach = Pick<DiscoveryOptions, 'publishedHost' | 'isThroughSsh'>;

type Found = { readonly address: ServerAddress; readonly container: Container | undefined };

/** None where the address, given or found, is not what the running container of Airflow's page publishes. */
function userContainersOf({ address, container }: Found, own: readonly Container[], reach: Reach): string[] {
	if (address.url === null || container?.state !== 'running') return [];
	if (address.url !== published(container, serverPages.airflow.port, reach)?.url) return [];
	// Which of them belong together is not known without a project.
	return airflowUserContainers(container.project === null ? [container] : own);
}

function known({ url, throughSsh }: Place, origin: AddressOrigin, container: Container | undefined): ServerAddress {
	return { url, origin, container: container?.name ?? null, gap: null, ...throughPart(throughSsh) };
}

function throughPart(throughSsh: SshTarget | undefined): { readonly throughSsh?: SshTarget } {
	return throughSsh === undefined ? {} : { throughSsh };
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
	if (engine === 'none') return 'no engine';
	if (engine !== 'listed') return 'engine';
	if (container) return container.state === 'running' ? 'not published' : 'not running';
	if (project === null) return 'no stack';
	return own.length === 0 ? 'no project' : 'no container';
}

/** Running containers outside the project that publish the port of such a page; those of another Airflow last. */
function outsideServers(
	page: KnownPage,
	containers: readonly Container[],
	project: string | null,
	reach: Reach,
): OutsideServer[] {
	const stacks = new Set(containers.filter(isAirflow).map(one => one.project));
	const servers = containers.flatMap(container => {
		if (container.project === project || container.state !== 'running' || !find([container], page)) return [];
		const url = published(container, page.port, reach)?.url;
		const name = outsideName(container, project);
		return url === undefined
			? []
			: [{ name, url, isShared: container.project === null || !stacks.has(container.project) }];
	});
	return servers
		.toSorted((a, b) => Number(b.isShared) - Number(a.isShared) || (a.name < b.name ? -1 : 1))
		.map(({ name, url }) => ({ name, url }));
}

const outsideName = (container: Container, project: string | null) =>
	qualifiedName({ container, replicas: 1 }, project);

/** A given address without its path, its host written as that of published ports. */
function withLocalhost(url: string): string {
	const { origin, hostname } = new URL(url);
	return hostname === '127.0.0.1' ? origin.replace(hostname, 'localhost') : origin;
}

function outsidePart(outside: readonly OutsideServer[]): { outside?: OutsideServer[] } {
	return outside.length === 0 ? {} : { outside: [...outside] };
}

function published(container: Container | undefined, privatePort: number, reach: Reach): Place | undefined {
	const ports = container?.ports.filter(port => port.protocol === 'tcp') ?? [];
	const preferred = ports.toSorted(
		(a, b) => Number(b.privatePort === privatePort) - Number(a.privatePort === privatePort),
	);
	return preferred.map(port => placeOf(port, reach)).find(place => place !== undefined);
}

/** The address of a published port from here; undefined if it is not published. */
function placeOf(
	{ address, publicPort }: Container['ports'][number],
	{ publishedHost, isThroughSsh }: Reach,
): Place | undefined {
	if (publicPort === null) return undefined;
	// Published on every address or on the loopback one: reachable by the host's name. Else only by that address.
	const anywhere = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(address);
	const url = `http://${anywhere ? publishedHost : address.includes(':') ? `[${address}]` : address}:${publicPort}`;
	// A URL cannot hold every port that engines have reported, nor a link-local address with its zone (`fe80::1%eth0`).
	if (!URL.canParse(url)) return undefined;
	return { url, throughSsh: isThroughSsh ? { host: hostThere(address), port: publicPort } : undefined };
}

/** Where a port is reached on the engine's host itself; `localhost` is tried as IPv6 and as IPv4. */
function hostThere(address: string): string {
	if (address === '' || address === '0.0.0.0') return '127.0.0.1';
	return address === '::' ? 'localhost' : address;
}

/** Where a configured address leads through ssh: if it is that of a published port. Any other is reached from here. */
function sshTargetOf(url: string, containers: readonly Container[], reach: Reach): SshTarget | undefined {
	if (!reach.isThroughSsh) return undefined;
	const origin = URL.parse(url)?.origin;
	const places = containers.flatMap(({ ports }) => ports.map(port => placeOf(port, reach)));
	return places.find(place => place && URL.parse(place.url)?.origin === origin)?.throughSsh;
}

/** The running container of another project that publishes this address. */
function publisherOf(
	url: string,
	containers: readonly Container[],
	own: readonly Container[],
	reach: Reach,
): Container | undefined {
	return containers.find(
		container =>
			!own.includes(container) &&
			(container.state === 'running' || container.state === 'paused') &&
			container.ports.some(port => port.protocol === 'tcp' && placeOf(port, reach)?.url === url),
	);
}

function endpointOf(page: KnownPage, { url, throughSsh }: Place, container: Container | undefined): Endpoint {
	return {
		id: page.id,
		title: page.title,
		pageUrl: url,
		healthUrl: `${url.replace(/(?<!\/)\/+$/, '')}${healthPathOf(page, container)}`,
		containerId: container?.id ?? null,
		...throughPart(throughSsh),
	};
}

/** Only the process of Airflow 3 is called so; where it is unknown, the feed finds the path by its first request. */
function healthPathOf(page: KnownPage, container: Container | undefined): string {
	return page.id === 'airflow' && container !== undefined && isApiServer(container)
		? airflowHealthPaths['3']
		: page.healthPath;
}
