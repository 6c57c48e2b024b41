import { type Failure, type FeedName, feedNames, feedSource, type SourceName } from '../model/source.ts';
import type { StackState } from '../model/state.ts';

/** How a server is, as the feeds that ask it say: the header, `laketop status` and the verdict read this. */
export type ServerState = {
	/** failed when one of its feeds is, live when all have come. */
	readonly status: 'waiting' | 'live' | 'failed';
	/** Since when, ms since the epoch; 0 while it is waited for. */
	readonly since: number;
	/** Why it failed. A DAG or an experiment that is absent is named only where nothing worse is. */
	readonly failure: Failure | null;
	/** One of its feeds has an answer. */
	readonly hasAnswered: boolean;
	/** One of its feeds has none yet. */
	readonly isWaiting: boolean;
};

/** Logs and figures of use say nothing about whether a server can be asked. */
const asked: readonly FeedName[] = feedNames.filter(feed => feed !== 'logs' && feed !== 'stats');

export function serverState({ feeds }: Pick<StackState, 'feeds'>, server: SourceName): ServerState {
	const own = asked.filter(feed => feedSource[feed] === server).map(feed => feeds[feed]);
	const failed = own.filter(feed => feed.status === 'failed');
	const live = own.filter(feed => feed.status === 'live');
	const is = { hasAnswered: live.length > 0, isWaiting: own.some(feed => feed.status === 'waiting') };
	const worst = failed.find(({ failure }) => failure.kind !== 'not-found') ?? failed[0];
	if (worst) return { ...is, status: 'failed', since: worst.since, failure: worst.failure };
	if (is.isWaiting) return { ...is, status: 'waiting', since: 0, failure: null };
	return { ...is, status: 'live', since: Math.max(...live.map(({ since }) => since)), failure: null };
}
