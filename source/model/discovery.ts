import * as z from 'zod/mini';
import type { Container } from './container.ts';
import type { Endpoint } from './endpoint.ts';
import type { FolderProject } from './folder-project.ts';

/** The servers of a stack whose addresses are discovered. */
export const serverNames = ['airflow', 'mlflow'] as const;
export type ServerName = (typeof serverNames)[number];

/**
 * What an address rests on.
 * - given: flag, environment or configuration file
 * - published: the published port of a container of the project
 * - seen earlier: published by the project earlier in this run; the container is stopped or gone
 * - guess: the guide's port on the engine's host; nothing says that it belongs to the stack
 * - unknown: there is no address, see `gap`
 */
export const addressOrigins = ['given', 'published', 'seen earlier', 'guess', 'unknown'] as const;
export type AddressOrigin = (typeof addressOrigins)[number];

/**
 * Why an address is unknown.
 * - engine: the engine does not answer
 * - no project: the project has no containers on this engine
 * - no stack: no project on this engine runs Airflow or MLflow
 * - no container: the project has containers, but none of this server
 * - not running: the container is not running, and its port was not seen in this run
 * - not published: the container runs, but publishes no port
 * - taken: the port that it had, or that a guess would use, is published by another container
 */
export const addressGaps = [
	'engine',
	'no project',
	'no stack',
	'no container',
	'not running',
	'not published',
	'taken',
] as const;
export type AddressGap = (typeof addressGaps)[number];

export const serverAddressSchema = z.object({
	/** null when the address is unknown. */
	url: z.nullable(z.string()),
	origin: z.enum(addressOrigins),
	/** Name of the container that serves it, or that has its port (`taken`), where known. */
	container: z.nullable(z.string()),
	gap: z.nullable(z.enum(addressGaps)),
});
export type ServerAddress = z.infer<typeof serverAddressSchema>;

/**
 * How the project was chosen.
 * - given: flag, environment or configuration file
 * - folder: it was started from the current folder, or is the project of its Compose file
 * - earlier: it was watched earlier in this run
 * - only: no other project runs Airflow or MLflow
 * - best: of several it has most of the services of an MLOps stack
 * - none: no project was found
 */
export const projectOrigins = ['given', 'folder', 'earlier', 'only', 'best', 'none'] as const;
export type ProjectOrigin = (typeof projectOrigins)[number];

export const stackSchema = z.object({
	/** The Compose project of the MLOps stack; null where none was found. */
	project: z.nullable(z.string()),
	projectOrigin: z.enum(projectOrigins),
	/** Other projects on this engine that run Airflow or MLflow. */
	otherProjects: z.array(z.string()),
	/**
	 * The project of the current folder's Compose file, where that has no containers and another folder's project is shown
	 * for want of it: that one is looked at, and not changed.
	 */
	folderProject: z.optional(z.string()),
	servers: z.object({ airflow: serverAddressSchema, mlflow: serverAddressSchema }),
});
export type Stack = z.infer<typeof stackSchema>;
export type DiscoveredStack = Stack & { readonly endpoints: Endpoint[] };

/** What the user fixed; everything else is discovered. */
export type DiscoveryWishes = {
	readonly project?: string | undefined;
	readonly airflowUrl?: string | undefined;
	readonly mlflowUrl?: string | undefined;
	readonly pages?: readonly { readonly name: string; readonly url: string }[] | undefined;
	/** Host name under which published ports are reached: localhost, or the host of a remote engine. */
	readonly publishedHost: string;
	/** The folder that laketop was started in, by all its names (a link is one more). */
	readonly currentFolders?: readonly string[] | undefined;
	/** The project of the Compose file there; null or left out: there is none, or its name is not known. */
	readonly folderProject?: FolderProject | null | undefined;
	/**
	 * Whether the engine has listed its containers, cannot be asked, or has not answered yet. Without a list nothing is
	 * known about projects.
	 */
	readonly engine: 'listed' | 'unreachable' | 'silent';
	/** What was discovered before in this run; null the first time. */
	readonly before: Stack | null;
	/** The ports of a guess; those of the guide where left out. */
	readonly guessedPorts?: Readonly<Record<ServerName, number>> | undefined;
};

/** The ports of the guide, a guess where nothing better is known. */
const guidePorts: Readonly<Record<ServerName, number>> = { airflow: 8082, mlflow: 5000 };

type KnownPage = {
	readonly id: string;
	readonly title: string;
	/** Matches a Compose service, a container's name or its image. */
	readonly names: RegExp;
	readonly image: RegExp;
	readonly port: number;
	readonly healthPath: string;
};

const serverPages: Readonly<Record<ServerName, KnownPage>> = {
	airflow: {
		id: 'airflow',
		title: 'Airflow',
		names: /^airflow[-_]?(webserver|web|apiserver|api-server)/,
		image: /(^|\/)airflow[:@]?/,
		port: 8080,
		healthPath: '/health',
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
 * give the same stack. The addresses of Airflow and MLflow come from containers of the project, from the configuration,
 * or from where the project published them earlier in this run. The guide's ports are a guess, made only where no
 * Compose project exists and none was asked for.
 */
export function discoverStack(listed: readonly Container[], wishes: DiscoveryWishes): DiscoveredStack {
	// A `docker compose run` bears the name of a service, and serves nothing.
	const containers = listed.filter(({ isOneOff }) => !isOneOff);
	const { before, publishedHost } = wishes;
	const choice = chosenProject(containers, wishes);
	const { project } = choice;
	const own = containers.filter(container => container.project === project);
	const seen = before?.project === project ? before : null;
	const mayGuess = project === null && wishes.engine !== 'silent' && !containers.some(one => one.project !== null);
	const found = (server: ServerName): Found => {
		const page = serverPages[server];
		const container = find(own, page);
		const given = server === 'airflow' ? wishes.airflowUrl : wishes.mlflowUrl;
		if (given !== undefined) return { address: known(given, 'given', container), container };
		const url = published(container, page.port, publishedHost);
		if (url !== undefined) return { address: known(url, 'published', container), container };
		const last = seen?.servers[server];
		if (last?.url && (last.origin === 'published' || last.origin === 'seen earlier')) {
			// Its port may have gone to another stack meanwhile.
			const taker = publisherOf(last.url, containers, own, publishedHost);
			return {
				address: taker ? unknown('taken', taker) : known(last.url, 'seen earlier', container),
				container,
			};
		}
		if (mayGuess && container === undefined) {
			const guess = `http://${publishedHost}:${(wishes.guessedPorts ?? guidePorts)[server]}`;
			const taker = publisherOf(guess, containers, [], publishedHost);
			return { address: taker ? unknown('taken', taker) : known(guess, 'guess', undefined), container };
		}
		return { address: unknown(gapOf(container, own, project, wishes), container), container };
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
	for (const page of wishes.pages ?? []) {
		const id = page.name.toLowerCase();
		if (endpoints.some(endpoint => endpoint.id === id)) continue;
		endpoints.push({ id, title: page.name, pageUrl: page.url, healthUrl: page.url, containerId: null });
	}
	return {
		...choice,
		servers: { airflow: airflow.address, mlflow: mlflow.address },
		endpoints,
	};
}

type Found = { readonly address: ServerAddress; readonly container: Container | undefined };

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
	{ engine }: DiscoveryWishes,
): AddressGap {
	if (engine !== 'listed') return 'engine';
	if (container) return container.state === 'running' ? 'not published' : 'not running';
	if (project === null) return 'no stack';
	return own.length === 0 ? 'no project' : 'no container';
}

type Choice = Pick<Stack, 'project' | 'projectOrigin' | 'otherProjects' | 'folderProject'>;

/**
 * The project that was asked for; else the one started from the current folder; else the one watched earlier in this
 * run, also when it was taken down; else the only one that runs Airflow or MLflow; else the one with most of their services.
 */
function chosenProject(containers: readonly Container[], wishes: DiscoveryWishes): Choice {
	const scores = scoresOf(containers);
	const ranked = [...scores].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	const stacks = ranked.flatMap(([name, points]) => (points > 0 ? [name] : []));
	const choose = (project: string | null, projectOrigin: ProjectOrigin): Choice => ({
		project,
		projectOrigin,
		otherProjects: stacks.filter(name => name !== project),
	});
	if (wishes.project !== undefined) return choose(wishes.project, 'given');
	const folders = wishes.currentFolders ?? [];
	const own = wishes.folderProject ?? null;
	const isHere = ({ workingDirectory, configFiles }: Container) =>
		(workingDirectory !== null && folders.includes(workingDirectory)) ||
		(configFiles?.split(',').some(file => own?.files.includes(file.trim())) ?? false);
	const here = new Set(containers.flatMap(one => (one.project !== null && isHere(one) ? [one.project] : [])));
	const ofFolder = ranked.find(([name]) => here.has(name))?.[0] ?? ranked.find(([name]) => name === own?.name)?.[0];
	if (ofFolder !== undefined) return choose(ofFolder, 'folder');
	const [best] = stacks;
	const earlier = wishes.before?.project ?? null;
	const elsewhere = (project: string, origin: ProjectOrigin): Choice => ({
		...choose(project, origin),
		...(own === null || own.name === project ? {} : { folderProject: own.name }),
	});
	if (earlier !== null && earlier !== best) return elsewhere(earlier, 'earlier');
	if (best === undefined) return choose(null, 'none');
	return elsewhere(best, stacks.length === 1 ? 'only' : 'best');
}

/** How much of an MLOps stack each project runs; 0 for none of it. */
function scoresOf(containers: readonly Container[]): Map<string, number> {
	const scores = new Map<string, number>();
	for (const { project, service, name, image } of containers) {
		if (project === null) continue;
		const word = service ?? name;
		const points =
			(serverPages.airflow.names.test(word) ? 8 : 0) +
			(/^airflow/.test(word) || serverPages.airflow.image.test(image) ? 2 : 0) +
			(serverPages.mlflow.names.test(word) ? 4 : 0);
		scores.set(project, (scores.get(project) ?? 0) + points);
	}
	return scores;
}

function find(all: readonly Container[], page: KnownPage): Container | undefined {
	// What `docker compose run` made serves nobody.
	const containers = all.filter(({ isOneOff }) => !isOneOff);
	const byName = containers.filter(({ service, name }) => page.names.test(service ?? '') || page.names.test(name));
	const running = (list: readonly Container[]) => list.find(container => container.state === 'running') ?? list[0];
	return (
		running(byName) ??
		containers.find(({ image, ports }) => page.image.test(image) && ports.some(port => port.privatePort === page.port))
	);
}

function published(container: Container | undefined, privatePort: number, host: string): string | undefined {
	const ports = container?.ports.filter(port => port.protocol === 'tcp') ?? [];
	const preferred = ports.toSorted(
		(a, b) => Number(b.privatePort === privatePort) - Number(a.privatePort === privatePort),
	);
	return preferred.map(port => urlOf(port, host)).find(url => url !== undefined);
}

/** Where a published port is reached from here; undefined where it is not published. */
function urlOf({ address, publicPort }: Container['ports'][number], host: string): string | undefined {
	if (publicPort === null) return undefined;
	// Published on every address or on the loopback one: the host's own name does. Else on that address alone.
	const anywhere = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(address);
	const url = `http://${anywhere ? host : address.includes(':') ? `[${address}]` : address}:${publicPort}`;
	// No URL can hold every port that engines have reported, nor a link-local address with its zone (`fe80::1%eth0`).
	return URL.canParse(url) ? url : undefined;
}

/** The running container, none of the project's own, that has published this address. */
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
		healthUrl: `${url.replace(/(?<!\/)\/+$/, '')}${page.healthPath}`,
		containerId: container?.id ?? null,
	};
}
