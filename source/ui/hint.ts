/** What the key bar says in place of the keys: why nothing happens, or that something was done. Empty: nothing. */
export type Hint = string | { readonly words: string; readonly tone: 'good' };

/** A hint that something was done, as was wanted. */
export function good(words: string): Hint {
	return { words, tone: 'good' };
}
