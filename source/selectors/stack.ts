import type { AddressGap, ServerAddress, ServerName, Stack } from '../model/discovery.ts';
import { type Failure, type SourceName, sourceNames } from '../model/source.ts';
import type { StackState } from '../model/state.ts';

/** Questions about the stack that is watched: its project, where its servers are, and how that is known. */

/** The Compose project of the stack; before the stack is discovered, the configured one. */
export function ownProject({ stack }: Pick<StackState, 'stack'>, configured: string | undefined): string | null {
	return stack === null ? (configured ?? null) : stack.project;
}

/** A project that is shown because the current folder's own has no containers. */
export type ForeignStack = {
	/** The project that is shown. */
	readonly shown: string;
	/** The project of the current folder. */
	readonly own: string;
};

/** Whether what is shown is another folder's; null where it is the own stack, or was asked for by name. */
export function foreignStack({ stack }: Pick<StackState, 'stack'>): ForeignStack | null {
	const { project = null, folderProject } = stack ?? {};
	return project === null || folderProject === undefined ? null : { shown: project, own: folderProject };
}

/** The project that Compose brings up, stops and takes down: the current folder's, also while another one is shown. */
export function projectToChange(state: Pick<StackState, 'stack'>, configured: string | undefined): string | null {
	return foreignStack(state)?.own ?? ownProject(state, configured);
}

/** Where it is shown: `shop is another folder's project; this folder's, mlops, has no containers`. */
export function foreignWords({ shown, own }: ForeignStack): string {
	return `${shown} is another folder's project; this folder's, ${own}, has no containers`;
}

/**
 * Why a change is refused: a folder that has a stack of its own does not change another one's, which it shows only for
 * want of it. null where it may be made.
 * @param project that would be changed; undefined: the shown one, by its Airflow
 */
export function foreignChange(state: Pick<StackState, 'stack'>, project: string | null | undefined): Failure | null {
	const foreign = foreignStack(state);
	if (foreign === null || (project ?? foreign.shown) !== foreign.shown) return null;
	// An address that was given is meant, whatever project is shown.
	if (project === undefined && state.stack?.servers.airflow.origin === 'given') return null;
	return {
		kind: 'refused',
		message: `Not changed: ${foreignWords(foreign)}`,
		fix: `Start the stack of this folder with laketop up, or pass --project ${foreign.shown} to change ${foreign.shown}`,
	};
}

/**
 * The other Compose projects on this engine, each once: those that run Airflow or MLflow first, as discovery ranks them,
 * then the rest by name.
 */
export function projectsFound({ stack, containers }: Pick<StackState, 'stack' | 'containers'>): string[] {
	const ranked = stack?.otherProjects ?? [];
	const all = new Set(Object.values(containers).flatMap(({ container }) => container.project ?? []));
	const rest = [...all].filter(name => name !== stack?.project && !ranked.includes(name)).toSorted();
	return [...ranked, ...rest];
}

/** The project that was asked for by name and has no container here; null where that is not so. */
export function absentProject(state: Pick<StackState, 'stack' | 'containers'>): string | null {
	const { project = null, projectOrigin = 'none' } = state.stack ?? {};
	if (project === null || projectOrigin !== 'given') return null;
	return Object.values(state.containers).some(({ container }) => container.project === project) ? null : project;
}

/** Whether nothing but the guide says that this server is the stack's. */
export function isGuessed({ stack }: Pick<StackState, 'stack'>, id: string): boolean {
	return (id === 'airflow' || id === 'mlflow') && stack?.servers[id].origin === 'guess';
}

/** Whether answers of this server are the stack's: its address is known, and no guess. */
export function isOwnServer({ stack }: Pick<StackState, 'stack'>, server: ServerName): boolean {
	const origin = stack?.servers[server].origin;
	return origin !== 'guess' && origin !== 'unknown';
}

/** The servers that are only guessed. */
export function guessedServers(state: Pick<StackState, 'stack'>): SourceName[] {
	return sourceNames.filter(name => isGuessed(state, name));
}

const titles: Readonly<Record<ServerName, string>> = { airflow: 'Airflow', mlflow: 'MLflow' };

/** That what a server answers may be another stack's; null where it is the stack's, or its address is unknown. */
export function guessWords({ stack }: Pick<StackState, 'stack'>, server: ServerName): string | null {
	const url = stack?.servers[server].url;
	if (!url || !isGuessed({ stack }, server)) return null;
	return `${titles[server]} at ${url} is a guess, as no project was found: it may be another stack's. Set --${server}-url or --project`;
}

/** Why the address of a server is unknown, and what to do. */
export function addressFailure(stack: Stack, server: ServerName): Failure {
	const { gap, container } = stack.servers[server];
	const title = titles[server];
	const flag = `--${server}-url`;
	const { message, fix } = gapWords(gap, { title, flag, container: container ?? title, stack });
	return { kind: 'unconfigured', message, fix };
}

function gapWords(
	gap: AddressGap | null,
	{ title, flag, container, stack }: { title: string; flag: string; container: string; stack: Stack },
): Pick<Failure, 'message' | 'fix'> {
	const project = stack.project ?? '';
	switch (gap) {
		case 'engine':
			return {
				message: `The address of ${title} is unknown: the Docker Engine does not answer`,
				fix: `Start the engine, or pass ${flag}`,
			};
		case 'no project': {
			const others = stack.otherProjects.length > 0 ? ` (projects found: ${stack.otherProjects.join(', ')})` : '';
			return {
				message: `Project ${project} has no containers on this engine${others}`,
				fix: `Start it with laketop up, choose another with --project, or pass ${flag}`,
			};
		}
		case 'no container':
			return {
				message: `Project ${project} has no ${title} container`,
				fix: `Choose another project with --project, or pass ${flag}`,
			};
		case 'not running':
			return {
				message: `The address of ${title} is unknown: ${container} is not running`,
				fix: `Start it with laketop up, or pass ${flag}`,
			};
		case 'not published':
			return {
				message: `The address of ${title} is unknown: ${container} publishes no port`,
				fix: `Publish its port in the Compose file, or pass ${flag}`,
			};
		case 'taken':
			return {
				message: `The address of ${title} is unknown: its port is now published by ${container}, which is not part of the stack`,
				fix: `Start the stack on another port, or pass ${flag}`,
			};
		default:
			return {
				message: `The address of ${title} is unknown: no project on this engine runs Airflow or MLflow`,
				fix: `Start the stack with laketop up, or pass ${flag}`,
			};
	}
}

/** What an address rests on, in words: `published port of airflow-webserver`. */
export function addressOriginWords({ origin, container }: ServerAddress): string {
	switch (origin) {
		case 'given':
			return 'configured';
		case 'published':
			return `published port of ${container}`;
		case 'seen earlier':
			return 'published earlier in this run';
		case 'guess':
			return 'guess: the default port';
		case 'unknown':
			return 'unknown';
	}
}
