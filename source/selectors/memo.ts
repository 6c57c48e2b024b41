/**
 * Caches the last results of a pure function. The same arguments, compared by identity, give the same object.
 * @param kept number of results, for callers that alternate, such as a pane and the log beside it
 */
export function memoised<Arguments extends readonly unknown[], Result>(
	compute: (...given: Arguments) => Result,
	kept = 1,
): (...given: Arguments) => Result {
	let known: readonly { readonly given: Arguments; readonly result: Result }[] = [];
	return (...given) => {
		const found = known.find(one => isSame(one.given, given));
		if (found) return found.result;
		const result = compute(...given);
		known = [{ given, result }, ...known.slice(0, kept - 1)];
		return result;
	};
}

/** Whether two lists hold identical elements in the same order. */
export function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
	return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
