import type { StackState } from '../../model/state.ts';

/** What no pane shows by itself, or only as an age: the next drawing is soon enough for it. */
const unhurried: ReadonlySet<string> = new Set<keyof StackState>([
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
 * Whether somebody waits to see what changed. When it was asked for last, and how fast a page answered, is seen with the
 * next drawing, which is never long in coming.
 */
export function isNews(before: StackState, now: StackState): boolean {
	// What is not there yet is waited for.
	if (before.checkedAt.light === null && now.checkedAt.light !== null) return true;
	const known: Readonly<Record<string, unknown>> = before;
	return Object.entries(now).some(
		([key, value]) => known[key] !== value && !unhurried.has(key) && !(key === 'endpoints' && !isPageNews(before, now)),
	);
}

/** A page that came or went, or answers for the first time, or otherwise than before. */
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
