/**
 * The shape of JSON: its places with their keys and types. Elements of an array count as one, so `dags[].tags[].name`
 * is a place, whatever their number.
 */
export type Shape = Map<string, Set<string>>;

/** Objects whose keys are data, not fields: only their values' types count. */
export function shapeOf(
	value: unknown,
	isMap: (place: string) => boolean,
	place = '',
	found: Shape = new Map(),
): Shape {
	const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
	const types = found.get(place) ?? new Set();
	types.add(type);
	found.set(place, types);
	if (Array.isArray(value)) {
		for (const item of value) shapeOf(item, isMap, `${place}[]`, found);
	} else if (typeof value === 'object' && value !== null && !isMap(place)) {
		for (const [key, item] of Object.entries(value)) shapeOf(item, isMap, `${place}.${key}`, found);
	}
	return found;
}

const inside = (place: string, places: readonly string[]): boolean =>
	places.some(known => place === known || place.startsWith(`${known}.`) || place.startsWith(`${known}[`));

/** Where `demo` has what `real` has not, or vice versa, including a type that only one of them shows. */
export function differences(
	real: unknown,
	demo: unknown,
	allowed: { maps?: readonly string[]; apart?: readonly string[] } = {},
): string[] {
	const isMap = (place: string): boolean => (allowed.maps ?? []).includes(place);
	const [wanted, given] = [shapeOf(real, isMap), shapeOf(demo, isMap)];
	const found: string[] = [];
	for (const place of new Set([...wanted.keys(), ...given.keys()])) {
		if (inside(place, allowed.apart ?? [])) continue;
		const [realTypes, demoTypes] = [wanted.get(place), given.get(place)];
		// If an array is empty on one side, its elements cannot be compared.
		if (realTypes === undefined || demoTypes === undefined) {
			const side = realTypes === undefined ? wanted : given;
			const holders = place.split(/(?=\[\]|\.)/).map((_, index, parts) => parts.slice(0, index + 1).join(''));
			const known = holders.filter(holder => side.has(holder)).at(-1);
			const next = holders[holders.indexOf(known ?? '') + 1] ?? holders[0];
			if (next?.endsWith('[]') || [...(side.get(known ?? '') ?? [])].every(type => type === 'null')) continue;
			found.push(`${place}: ${realTypes === undefined ? 'only in the demo' : 'missing in the demo'}`);
			continue;
		}
		const surplus = [...demoTypes].filter(type => !realTypes.has(type));
		const plain = surplus.filter(type => type !== 'null' || !realTypes.has('string'));
		if (plain.length > 0 && !(realTypes.size === 1 && realTypes.has('null'))) {
			found.push(`${place}: ${[...demoTypes].join('|')} and not ${[...realTypes].join('|')}`);
		}
	}
	return found;
}
