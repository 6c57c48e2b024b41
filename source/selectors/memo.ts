/**
 * Remembers what a pure function came to for the arguments that it was given last: who asks again with the same ones, told
 * by identity, gets the same result, which is the same object as before. What is remembered can be made again at any
 * time: it changes no answer.
 * @param kept how many different questions are asked in turn, as by a pane and by the log beside it
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

/** Whether two lists hold the same things in the same order. */
export function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
	return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
