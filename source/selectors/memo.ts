/**
 * Caches the last results of a pure function. The same arguments, compared by identity, give the same object. A result lasts
 * no longer than the first argument that is an object: when the state has dropped 10,000 runs, no cache keeps them.
 * @param kept number of results, for callers that alternate, such as a pane and the log beside it
 */
export function memoised<Arguments extends readonly unknown[], Result>(
	compute: (...given: Arguments) => Result,
	kept = 1,
): (...given: Arguments) => Result {
	let known: readonly (() => Answer<Arguments, Result> | undefined)[] = [];
	return (...given) => {
		for (const answer of known) {
			const one = answer();
			if (one && isSame(one.given, given)) return one.result;
		}
		const result = compute(...given);
		known = [lasting({ given, result }), ...known.slice(0, kept - 1)];
		return result;
	};
}

type Answer<Arguments, Result> = { readonly given: Arguments; readonly result: Result };

/** Holds an answer as long as its first object lives. */
function lasting<Arguments extends readonly unknown[], Result>(
	answer: Answer<Arguments, Result>,
): () => Answer<Arguments, Result> | undefined {
	const key = answer.given.find(isObject);
	return key === undefined ? always(answer) : whileAlive(new WeakRef(key), new WeakMap([[key, answer]]));
}

// Functions of their own: a closure beside the answer would keep it.
const always =
	<Value>(value: Value) =>
	() =>
		value;

const whileAlive =
	<Value>(reference: WeakRef<object>, held: WeakMap<object, Value>) =>
	(): Value | undefined => {
		const key = reference.deref();
		return key && held.get(key);
	};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether two lists hold identical elements in the same order. */
export function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
	return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
