import { type FeedName, reachOf } from '../model/source.ts';
import type { FeedState, StackState } from '../model/state.ts';
import { duration, timeOfDay } from '../presentation/format.ts';
import { type Line, wrapText } from '../presentation/text.ts';

/** The four faces of a pane: it waits for its first facts, it is live, it is stale, or it has nothing to show. */
export type Face =
	| { readonly kind: 'loading' }
	| { readonly kind: 'live' }
	/** `hasData`: whether older facts are still shown below the notice. */
	| {
			readonly kind: 'stale';
			readonly since: number;
			readonly message: string;
			readonly fix: string;
			readonly hasData: boolean;
			/** Somebody answers there, though not with what is wanted. */
			readonly answers: boolean;
			/** It was not asked: where it is, or whose it is, is not known. */
			readonly isUnknown: boolean;
	  };

/** The face that a feed gives its pane. */
export function faceOf(state: StackState, feed: FeedName, hasData: boolean): Face {
	const is: FeedState = state.feeds[feed];
	switch (is.status) {
		case 'waiting':
			return hasData ? { kind: 'live' } : { kind: 'loading' };
		case 'live':
			return { kind: 'live' };
		case 'failed':
			return {
				kind: 'stale',
				since: is.since,
				message: is.failure.message,
				fix: is.failure.fix,
				hasData,
				isUnknown: is.failure.kind === 'unconfigured',
				answers: ['answered', 'refused', 'busy'].includes(reachOf(is.failure.kind)),
			};
	}
}

/** The notice of a stale pane: since when, why, what to do. */
export function staleNotice(face: Extract<Face, { kind: 'stale' }>, now: number, width: number): Line[] {
	const since = `since ${timeOfDay(face.since, true)} (${duration(now - face.since)})`;
	const lead = face.hasData
		? `stale ${since}: `
		: face.isUnknown
			? ''
			: `${face.answers ? 'failing' : 'no answer'} ${since}: `;
	const [first = '', ...others] = wrapText(`! ${lead}${face.message}`, width - 2);
	const notice: Line[] = [
		[{ text: first.slice(0, lead.length + 2), tone: 'bad', bold: true }, { text: first.slice(lead.length + 2) }],
		...others.map((text): Line => [{ text: `  ${text}` }]),
	];
	if (face.fix) {
		for (const text of wrapText(face.fix, width - 2)) notice.push([{ text: `  ${text}`, tone: 'active' }]);
	}
	return notice;
}

/** What is asked for all the time is no older than this, ms: twice what is waited where nobody looks. */
const freshMs = 30_000;

/** `as of 14:03:21, 5m 02s ago` where facts are old although their server answers; null where they are fresh. */
export function oldWords(seenAt: number | undefined, now: number): string | null {
	if (seenAt === undefined || seenAt === 0 || now - seenAt <= freshMs) return null;
	return `as of ${timeOfDay(seenAt, true)}, ${duration(now - seenAt)} ago`;
}

/** A sentence in as many rows as it needs. */
export function sentence(text: string, width: number, tone?: 'active' | 'muted'): Line[] {
	return wrapText(text, width).map((row): Line => [{ text: row, tone }]);
}
