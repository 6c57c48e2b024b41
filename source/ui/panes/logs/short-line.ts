/** A part of a text that is left out, from the first index to before the second. */
export type Omission = readonly [start: number, end: number];

/** Five names or more joined by dots: Python modules, Java packages. The first three say whose code it is, the last what it does. */
const path = /\b([A-Za-z_]\w*\.\w+\.\w+)\.(?:\w+\.)+\w+/g;
/** UUIDs, and hashes from MD5 on. Four digits distinguish neighbouring lines. */
const id = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32,128}\b/g;
const digitsKept = 4;
/** Fewer are not worth an ellipsis. */
const leastOmitted = 4;

/**
 * What a cut line leaves out so that its informative part shows:
 * `Task airflow.providers.celery…execute_command[4a87…] received`.
 */
export function omissions(text: string): Omission[] {
	const ofPaths = [...text.matchAll(path)].map((match): Omission => {
		const [whole, head = ''] = match;
		return [match.index + head.length, match.index + whole.lastIndexOf('.') + 1];
	});
	const ofIds = [...text.matchAll(id)].map(
		({ 0: whole, index }): Omission => [index + digitsKept, index + whole.length],
	);
	return [...ofPaths, ...ofIds]
		.filter(([start, end]) => end - start >= leastOmitted)
		.toSorted(([a], [b]) => a - b)
		.filter(([start], index, all) => start >= (all[index - 1]?.[1] ?? 0));
}
