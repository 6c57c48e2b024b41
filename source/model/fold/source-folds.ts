import { cutListsAfter } from '../cut-list.ts';
import type { FeedName } from '../source.ts';
import type { Endpoint, EndpointState } from '../stack/endpoint.ts';
import type { StackState } from '../state.ts';
import { type Folds, replace } from './folds.ts';
import { withoutFactsOfOthers } from './forget-server.ts';

/** State of feeds and servers, and the addresses of the stack. */
export const sourceFolds: Folds<
	| 'source connected'
	| 'feed live'
	| 'feed failed'
	| 'ssh changed'
	| 'stack discovered'
	| 'airflow user found'
	| 'list cut'
	| 'endpoint checked'
> = {
	'source connected': (state, seen) => {
		const { version, address, withoutEvents } = seen;
		const source = { version, address, connectedAt: seen.at, ...(withoutEvents ? { withoutEvents } : {}) };
		const before = state.sources[seen.source];
		const isSame = before?.version === version && before.address === address;
		if (isSame && before.withoutEvents === withoutEvents) return state;
		return { ...state, sources: { ...state.sources, [seen.source]: source } };
	},

	'feed live': (state, seen) => {
		if (state.feeds[seen.feed].status === 'live') return state;
		return withFeed(state, seen.feed, { status: 'live', since: seen.at });
	},

	'feed failed': (state, seen) => {
		const before = state.feeds[seen.feed];
		// A repeated failure keeps the time of the first: the number of retries is no news.
		const since = before.status === 'failed' ? before.since : seen.at;
		return withFeed(state, seen.feed, { status: 'failed', since, failure: seen.failure, retryAt: seen.retryAt });
	},

	'ssh changed': (state, { status, problem, at }) => {
		const since = state.ssh?.status === status ? state.ssh.since : at;
		return replace(state, 'ssh', { status, problem, since });
	},

	'stack discovered': (state, seen) => {
		const { project, projectOrigin, otherProjects, folderProject, servers } = seen;
		const kept = withoutFactsOfOthers(state, seen);
		const after = replace(kept, 'endpoints', endpointsAfter(kept.endpoints, seen.endpoints));
		const folder = folderProject === undefined ? {} : { folderProject };
		return replace(after, 'stack', { project, projectOrigin, otherProjects, ...folder, servers });
	},

	'list cut': (state, { cut }) => replace(state, 'cutLists', cutListsAfter(state.cutLists, cut)),

	'airflow user found': (state, { user }) => replace(state, 'airflowUser', user),

	'endpoint checked': (state, seen) => {
		const { at, ok, httpStatus, answerMs, problem, code, movedTo } = seen;
		return {
			...state,
			endpoints: state.endpoints.map(endpoint => {
				if (endpoint.id !== seen.id) return endpoint;
				const since = endpoint.check?.ok === ok ? endpoint.check.since : at;
				return { ...endpoint, check: { ok, since, checkedAt: at, httpStatus, answerMs, problem, code, movedTo } };
			}),
		};
	},
};

function withFeed(state: StackState, feed: FeedName, value: StackState['feeds'][FeedName]): StackState {
	return { ...state, feeds: { ...state.feeds, [feed]: value } };
}

function endpointsAfter(before: readonly EndpointState[], known: readonly Endpoint[]): readonly EndpointState[] {
	return known.map(endpoint => {
		const old = before.find(one => one.id === endpoint.id);
		return { ...endpoint, check: old && old.healthUrl === endpoint.healthUrl ? old.check : null };
	});
}
