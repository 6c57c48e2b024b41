/** The order of names, the same in every language of the user. */
const collator = new Intl.Collator('en');

export function byName(a: string, b: string): number {
	return collator.compare(a, b);
}
