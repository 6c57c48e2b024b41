import { type Failure, type FeedName, feedNames, feedSource, type SourceName } from '../../model/source.ts';
import type { FeedState, StackState } from '../../model/state.ts';

/** The state of a server by its feeds, for the header, `laketop status` and the verdict. */
export type ServerState = {
	/** failed when one of its feeds failed, live when all are live. */
	readonly status: 'waiting' | 'live' | 'failed';
	/** Since when, ms since the epoch; 0 while waiting. */
	readonly since: number;
	/** Why it failed. A missing DAG or experiment counts only without another failure. */
	readonly failure: Failure | null;
	/** One of its feeds is live. */
	readonly hasAnswered: boolean;
	/** One of its feeds has no answer yet. */
	readonly isWaiting: boolean;
};

/** The state of logs and of container statistics does not show whether a server answers. */
const asked: readonly FeedName[] = feedNames.filter(feed => feed !== 'logs' && feed !== 'stats');

type Observed = Pick<StackState, 'feeds' | 'hasEngine'>;

const waiting = { status: 'waiting' } as const;

/** Addresses are discovered from the containers: that one is unknown before the engine has answered is no failure. */
function isBeforeDiscovery({ feeds, hasEngine }: Observed, feed: FeedState): boolean {
	return (
		hasEngine &&
		feeds.containers.status === 'waiting' &&
		feed.status === 'failed' &&
		feed.failure.kind === 'unconfigured'
	);
}

export function serverState(observed: Observed, server: SourceName): ServerState {
	const { feeds } = observed;
	const own = asked
		.filter(feed => feedSource[feed] === server)
		.map(feed => (isBeforeDiscovery(observed, feeds[feed]) ? waiting : feeds[feed]));
	const failed = own.filter(feed => feed.status === 'failed');
	const live = own.filter(feed => feed.status === 'live');
	const is = { hasAnswered: live.length > 0, isWaiting: own.some(feed => feed.status === 'waiting') };
	const worst = failed.find(({ failure }) => failure.kind !== 'not-found') ?? failed[0];
	if (worst) return { ...is, status: 'failed', since: worst.since, failure: worst.failure };
	if (is.isWaiting) return { ...is, status: 'waiting', since: 0, failure: null };
	return { ...is, status: 'live', since: Math.max(...live.map(({ since }) => since)), failure: null };
}

/** Whether MLflow's filters know `IS NULL`: MLflow 3 does (3.17.2), MLflow 2 does not (2.9.2). */
export function hasNullComparators({ sources }: Pick<StackState, 'sources'>): boolean {
	return !/^[012]\./.test(sources.mlflow?.version ?? '');
}
