/** Orders names independently of the user's language. */
const collator = new Intl.Collator('en');

export function byName(a: string, b: string): number {
	return collator.compare(a, b);
}
