import type { Tone } from './task-state.ts';

/** What kind of thing happened, for the filter. */
export const timelineKinds = ['container', 'server', 'run', 'task', 'log', 'action'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** Where an entry leads. */
export type TimelinePlace =
	| { readonly container: string }
	| { readonly dagId: string; readonly dagRunId: string; readonly taskId: string | null };

/** One thing that happened, at the time that whoever did it gives, not at which it was heard of. */
export type TimelineEntry = {
	/** The same for the same thing, however often and by whomever it is told. */
	readonly key: string;
	/** ms since the epoch. */
	readonly at: number;
	readonly kind: TimelineKind;
	readonly subject: string;
	/** The Compose project of a container; null for anything else. */
	readonly project: string | null;
	readonly words: string;
	readonly tone: Tone;
	readonly place: TimelinePlace | null;
};
