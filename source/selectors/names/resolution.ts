import { nearest } from '../../model/nearest.ts';

/** What a typed name means: the items it names, several candidates to choose from, or nothing. */
export type Resolution<Item> = Found<Item> | Unresolved;

export type Found<Item> = { readonly kind: 'found'; readonly items: readonly Item[] };

/** A name that nothing can be done with. The lists hold names that would have been accepted instead. */
export type Unresolved = {
	readonly word: string;
	/** What kind of name it was: `service`, `run`, `task`. */
	readonly noun: string;
	/** What to type instead, a sentence without a full stop. Left out where the candidates say enough. */
	readonly hint?: string | undefined;
} & (
	| {
			readonly kind: 'ambiguous';
			readonly candidates: readonly string[];
			/** Why it was refused, where that is something other than "several items have this name". */
			readonly reason?: string | undefined;
	  }
	| { readonly kind: 'none'; readonly suggestions: readonly string[] }
);

export function found<Item>(...items: readonly Item[]): Found<Item> {
	return { kind: 'found', items };
}

/** A name that does not exist. Of the names that do, the one most likely meant becomes the suggestion. */
export function none(noun: string, word: string, names: readonly string[], hint?: string): Unresolved {
	const meant = nearest(word, names);
	return { kind: 'none', noun, word, suggestions: meant === undefined ? [] : [meant], hint };
}

/** More candidates than this are counted, not listed. */
const mostCandidates = 8;

/**
 * Why a name was refused, in one line, and what to do about it. Commands and the screen use the same words.
 */
export function unresolvedWords(unresolved: Unresolved): { readonly message: string; readonly fix: string } {
	const { noun, word, hint = '' } = unresolved;
	if (unresolved.kind === 'none') {
		const [meant] = unresolved.suggestions;
		return {
			message: `There is no ${noun} ${word}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
			fix: hint,
		};
	}
	const { candidates, reason } = unresolved;
	const shown = candidates.slice(0, mostCandidates).join(', ');
	const more = candidates.length > mostCandidates ? ` and ${candidates.length - mostCandidates} more` : '';
	return {
		message: reason ?? `${word} names more than one ${noun}: ${shown}${more}`,
		fix: hint === '' ? (reason === undefined ? 'Name one of them' : `Name it in full: ${shown}${more}`) : hint,
	};
}
