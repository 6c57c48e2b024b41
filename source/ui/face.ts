import { type FailureKind, type FeedName, reachOf } from '../model/source.ts';
import type { FeedState, StackState } from '../model/state.ts';
import { timeOfDay } from '../presentation/format.ts';
import { type Line, wrapText } from '../presentation/text.ts';
import type { Text } from '../words/language.ts';
import type { Message } from '../words/message.ts';
import type { ViewContext } from './panes/view-context.ts';

/** The state of a pane's facts: it waits for the first ones, its feed is live, or its feed has failed. */
export type Face =
	| { readonly kind: 'loading' }
	| { readonly kind: 'live' }
	| {
			readonly kind: 'stale';
			readonly since: number;
			readonly message: Message;
			readonly fix: Message | null;
			/** Older facts are still shown below the notice. */
			readonly hasData: boolean;
			/** The server responds, but without the facts. */
			readonly answers: boolean;
			/** The server was not called: its address or its owner is unknown. */
			readonly isUnknown: boolean;
	  };

/** The face of a pane whose facts come from this feed. */
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
				answers: answers(is.failure.kind),
			};
	}
}

/** Whether a failure of this kind is an answer of the server. */
export function answers(kind: FailureKind): boolean {
	return ['answered', 'refused', 'busy'].includes(reachOf(kind));
}

const plain = ['{message}', '{message}'] as const;

type StaleFace = Extract<Face, { kind: 'stale' }>;

type Writes = Pick<ViewContext, 'now' | 'width' | 'say'>;

/** The notice of a stale pane: since when, why, what to do. */
export function staleNotice(face: StaleFace, { now, width, say }: Writes): Line[] {
	const lead = leadOf(face);
	const led = lead === null ? '' : `${say(lead, { at: timeOfDay(face.since, true), for: now - face.since })}: `;
	const [first = '', ...others] = wrapText(`! ${led}${say(plain, { message: face.message })}`, width - 2);
	const notice: Line[] = [
		[{ text: first.slice(0, led.length + 2), tone: 'bad', bold: true }, { text: first.slice(led.length + 2) }],
		...others.map((text): Line => [{ text: `  ${text}` }]),
	];
	if (face.fix !== null) {
		for (const text of wrapText(say(plain, { message: face.fix }), width - 2))
			notice.push([{ text: `  ${text}`, tone: 'active' }]);
	}
	return notice;
}

const leads = {
	stale: ['stale since {at} ({for:duration})', '{at}부터 갱신되지 않음 ({for:duration})'],
	failing: ['failing since {at} ({for:duration})', '{at}부터 실패 중 ({for:duration})'],
	silent: ['no answer since {at} ({for:duration})', '{at}부터 응답 없음 ({for:duration})'],
} as const satisfies Record<string, Text>;

/** null: no server was called, so there is no time since which it fails. */
function leadOf({ hasData, isUnknown, answers }: StaleFace) {
	if (hasData) return leads.stale;
	return isUnknown ? null : answers ? leads.failing : leads.silent;
}

/** Twice the longest pause between two requests, ms: older facts may no longer be true. */
const freshMs = 30_000;

/** `as of 14:03:21, 5m 02s ago` for facts that are old although their server responds; null for fresh ones. */
export function oldWords(seenAt: number | undefined, { now, say }: Pick<Writes, 'now' | 'say'>): string | null {
	if (seenAt === undefined || seenAt === 0 || now - seenAt <= freshMs) return null;
	const values = { at: timeOfDay(seenAt, true), age: now - seenAt };
	return say(['as of {at}, {age:duration} ago', '{at} 기준, {age:duration} 전'], values);
}

export const waitingForEngine: Text = ['Waiting for the Docker Engine', 'Docker 엔진 응답 대기 중'];

export function sentence(text: string, width: number, tone?: 'active' | 'muted'): Line[] {
	return wrapText(text, width).map((row): Line => [{ text: row, tone }]);
}
