/** A stub of which only these parts are used; using another one is an error. */
export function stubOf<Whole extends object>(parts: Partial<Whole>): Whole {
	return new Proxy(parts, {
		get(target, key) {
			// A promise that resolves with a stub asks whether it is a promise itself.
			if (key === 'then' || key in target) return Reflect.get(target, key);
			throw new Error(`${String(key)} was not to be used`);
		},
	}) as Whole;
}
