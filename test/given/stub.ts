/** A stub of which only these parts are used; using another one is an error. */
export function stubOf<Whole extends object>(parts: Partial<Whole>): Whole {
	return new Proxy(parts, {
		get(target, key) {
			if (key in target) return Reflect.get(target, key);
			throw new Error(`${String(key)} was not to be used`);
		},
	}) as Whole;
}
