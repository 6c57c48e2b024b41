import type { Message } from '../words/message.ts';
import type { FeedName } from './source.ts';

/** Kinds of events, for the filter. */
export const timelineKinds = ['container', 'server', 'run', 'task', 'log', 'action', 'audit'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** What an entry opens. */
export type TimelinePlace =
	| { readonly container: string }
	| { readonly dagId: string; readonly dagRunId: string; readonly taskId: string | null };

/** Task states that are news; the others (scheduled, queued) are intermediate. */
export const taskNews = ['success', 'failed', 'up_for_retry', 'upstream_failed', 'skipped'] as const;
export type TaskNews = (typeof taskNews)[number];

/** What happened; `source/presentation/timeline-text.ts` has the texts. */
export type TimelineFact =
	| { readonly type: 'container started' }
	/** `isStopped`: by the signal that stops containers. */
	| { readonly type: 'container ended'; readonly exitCode: number | null; readonly isStopped: boolean }
	/** The kernel killed the container itself, or one of its processes. */
	| { readonly type: 'container out of memory'; readonly isWhole: boolean }
	| { readonly type: 'container paused' }
	| { readonly type: 'container unpaused' }
	| { readonly type: 'container removed' }
	| { readonly type: 'container healthy' }
	| { readonly type: 'container unhealthy' }
	| { readonly type: 'feed failed'; readonly feed: FeedName; readonly message: Message }
	| { readonly type: 'feed back'; readonly feed: FeedName }
	| { readonly type: 'page failed'; readonly message: Message | null }
	| { readonly type: 'page back' }
	| { readonly type: 'run began'; readonly dagRunId: string }
	| { readonly type: 'run ended'; readonly dagRunId: string; readonly state: 'success' | 'failed' }
	| { readonly type: 'task began'; readonly tryNumber: number }
	| { readonly type: 'task ended'; readonly state: TaskNews }
	/** Why a try failed, from its log. */
	| { readonly type: 'task explained'; readonly reason: Message }
	/** The first error of a burst, and the number of further ones. */
	| { readonly type: 'log errors'; readonly text: string; readonly more: number }
	/** What somebody did, by Airflow's audit log; `owner` is the user. */
	| { readonly type: 'audit'; readonly owner: string | null; readonly event: string; readonly extra: string }
	| { readonly type: 'action begun'; readonly title: Message }
	| {
			readonly type: 'action ended';
			readonly title: Message;
			readonly outcome: 'done' | 'failed' | 'unknown';
			readonly message: Message;
	  };

/** An event, with its time at the source, not the time at which laketop learned of it. */
export type TimelineEntry = {
	/** Equal for the same event, however often and by whichever source it is reported. */
	readonly key: string;
	/** ms since the epoch. */
	readonly at: number;
	readonly kind: TimelineKind;
	/** Name of the container, server, page, DAG or task; English title of the action. */
	readonly subject: string;
	/** The Compose project of a container; null for anything else. */
	readonly project: string | null;
	readonly fact: TimelineFact;
	readonly place: TimelinePlace | null;
};
