import { type ServerName, type Stack, serverNames } from './discovery.ts';
import { feedNames, feedSource } from './source.ts';
import { initialState, type StackState } from './state.ts';

/** What is known of each server, and would be another server's if the address became another stack's. */
const factsOfServer = {
	airflow: [
		'airflowUser',
		'airflowHealth',
		'metadatabaseSince',
		'dags',
		'importErrors',
		'dagTasks',
		'dagRuns',
		'newestRuns',
		'matchedRuns',
		'taskInstances',
		'tasksSeenAt',
		'runsSeenAt',
		'queuedSeen',
		'clears',
		'listsSeenAt',
		'taskFailures',
	],
	mlflow: ['experiment', 'isExperimentDeleted', 'mlflowRuns', 'modelVersions', 'experimentNames'],
} as const satisfies Record<ServerName, readonly (keyof StackState)[]>;

/**
 * Without what a guessed server answered, once the address is no guess any more, and without what was known of another
 * project. A server of the same project that moved to another port keeps its facts.
 */
export function withoutFactsOfOthers(state: StackState, now: Pick<Stack, 'project' | 'servers'>): StackState {
	const before = state.stack;
	if (before === null) return state;
	return serverNames
		.filter(server => {
			const [was, is] = [before.servers[server], now.servers[server]];
			const hasMoved = was.url !== is.url || was.origin !== is.origin;
			return hasMoved && (was.origin === 'guess' || is.origin === 'guess' || before.project !== now.project);
		})
		.reduce(withoutFactsOf, state);
}

/** The servers of which nothing is known: their address is unknown, or a guess. */
export function foreignServers({ stack }: Pick<StackState, 'stack'>): ServerName[] {
	if (stack === null) return [];
	return serverNames.filter(server => ['guess', 'unknown'].includes(stack.servers[server].origin));
}

/**
 * What is known of the stack itself: without what a guessed server answered, which may be anybody's, and without older
 * answers of a server whose address is not known any more.
 */
export function onlyOwnFacts(state: StackState): StackState {
	const foreign = foreignServers(state);
	if (foreign.length === 0) return state;
	const endpoints = state.endpoints.filter(({ id }) => !foreign.some(server => server === id));
	const shown: StackState = { ...state, endpoints };
	return foreign.reduce(withoutFactsOf, shown);
}

/** As if that server had never answered. */
function withoutFactsOf(state: StackState, server: ServerName): StackState {
	const initial = Object.fromEntries(factsOfServer[server].map(key => [key, initialState[key]]));
	const feeds = Object.fromEntries(
		feedNames.filter(feed => feedSource[feed] === server).map(feed => [feed, initialState.feeds[feed]]),
	);
	const { [server]: _source, ...sources } = state.sources;
	return { ...state, ...initial, feeds: { ...state.feeds, ...feeds }, sources };
}
