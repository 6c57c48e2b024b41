import type { StackState } from '../../model/state.ts';

/** Not shown directly, or only as an age: drawn with the next frame. */
const deferrable: ReadonlySet<string> = new Set<keyof StackState>([
	'airflowHealth',
	'metadatabaseSince',
	'queuedSeen',
	'runsSeenAt',
	'listsSeenAt',
	'tasksSeenAt',
	'checks',
	'signs',
	'causesEnded',
	'checkedAt',
]);

/**
 * Whether the change must be drawn now. Times of requests and response times are drawn with the next frame, which
 * is never far away.
 */
export function isNews(before: StackState, now: StackState): boolean {
	// First results are awaited.
	if (before.checkedAt.light === null && now.checkedAt.light !== null) return true;
	const known: Readonly<Record<string, unknown>> = before;
	return Object.entries(now).some(
		([key, value]) =>
			known[key] !== value && !deferrable.has(key) && !(key === 'endpoints' && !isPageNews(before, now)),
	);
}

/** A page was added or removed, or its status changed. */
function isPageNews({ endpoints: before }: StackState, { endpoints: now }: StackState): boolean {
	return (
		before.length !== now.length ||
		now.some((page, index) => {
			const old = before[index];
			return (
				old?.id !== page.id || old.check?.ok !== page.check?.ok || old.check?.httpStatus !== page.check?.httpStatus
			);
		})
	);
}
