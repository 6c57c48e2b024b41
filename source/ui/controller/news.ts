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

/**
 * Whether nothing has changed but figures of containers, response times of pages and times of requests: nothing that is
 * shown with an age of seconds.
 */
export function isOnlyFigures(before: StackState, now: StackState): boolean {
	const known: Readonly<Record<string, unknown>> = before;
	return Object.entries(now).every(([key, value]) => {
		if (known[key] === value || deferrable.has(key)) return true;
		if (key === 'endpoints') return !isPageNews(before, now);
		return key === 'containers' && hasSameContainers(before, now);
	});
}

function hasSameContainers({ containers: before }: StackState, { containers: now }: StackState): boolean {
	const ids = Object.keys(now);
	return (
		ids.length === Object.keys(before).length &&
		ids.every(id => before[id]?.container === now[id]?.container && before[id]?.since === now[id]?.since)
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
