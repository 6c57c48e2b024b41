import { feedNames, feedSource } from '../source.ts';
import { type ServerName, type Stack, serverNames } from '../stack/discovery.ts';
import { initialState, type StackState } from '../state.ts';

/** Facts from each server, which would be wrong if the address belonged to another stack's server. */
const factsOfServer = {
	airflow: [
		'airflowUser',
		'airflowHealth',
		'metadatabaseSince',
		'dags',
		'defaultDag',
		'importErrors',
		'dagTasks',
		'dagRuns',
		'newestRuns',
		'runCounts',
		'questions',
		'matchedRuns',
		'taskInstances',
		'tasksSeenAt',
		'runHistory',
		'runsSeenAt',
		'queuedSeen',
		'clears',
		'listsSeenAt',
		'taskFailures',
	],
	mlflow: [
		'experiment',
		'defaultExperiment',
		'isExperimentDeleted',
		'mlflowRuns',
		'runSearch',
		'runParents',
		'modelVersions',
		'versionRuns',
		'loggedModels',
		'prompts',
		'traces',
		'experimentNames',
	],
} as const satisfies Record<ServerName, readonly (keyof StackState)[]>;

/**
 * Drops answers of a guessed server once its address is no longer a guess, and facts about another project. A server of
 * the same project on a new port keeps its facts.
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

/** Servers without any facts: their address is unknown, or a guess. */
export function foreignServers({ stack }: Pick<StackState, 'stack'>): ServerName[] {
	if (stack === null) return [];
	return serverNames.filter(server => ['guess', 'unknown'].includes(stack.servers[server].origin));
}

/**
 * Facts about the stack itself: without answers of a guessed server, which may be anybody's, and without older answers
 * of a server whose address is no longer known.
 */
export function onlyOwnFacts(state: StackState): StackState {
	const foreign = foreignServers(state);
	if (foreign.length === 0) return state;
	const endpoints = state.endpoints.filter(({ id }) => !foreign.some(server => server === id));
	const shown: StackState = { ...state, endpoints };
	return foreign.reduce(withoutFactsOf, shown);
}

/** As if that server had never responded. */
function withoutFactsOf(state: StackState, server: ServerName): StackState {
	const initial = Object.fromEntries(factsOfServer[server].map(key => [key, initialState[key]]));
	const feeds = Object.fromEntries(
		feedNames.filter(feed => feedSource[feed] === server).map(feed => [feed, initialState.feeds[feed]]),
	);
	const { [server]: _source, ...sources } = state.sources;
	const cutLists = state.cutLists.filter(cut => cut.server !== server);
	return { ...state, ...initial, cutLists, feeds: { ...state.feeds, ...feeds }, sources };
}
