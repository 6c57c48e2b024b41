/** Shown in the key bar instead of keys: why nothing happens, or what was done. Empty: none. */
export type Hint = string | { readonly words: string; readonly tone: 'good' };

/** A hint of success. */
export function good(words: string): Hint {
	return { words, tone: 'good' };
}
