/**
 * The value of a key that somebody else wrote; undefined for one that is not in the table, also if every object has it
 * (`constructor`, `valueOf`).
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
