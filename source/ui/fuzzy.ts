import uFuzzy from '@leeoniya/ufuzzy';
import type { Choice } from '../actions/step.ts';

/** Letters in order, anything between them, as fuzzy finders of terminals match; better matches first. */
const finder = new uFuzzy({
	unicode: true,
	interSplit: "[^\\p{L}\\d']+",
	intraSplit: '\\p{Ll}\\p{Lu}',
	intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
	intraChars: '.',
	intraIns: Number.POSITIVE_INFINITY,
});

/** The choices whose label or hint holds what was typed, the best first; all in their order where nothing was. */
export function matchingChoices(choices: readonly Choice[], wanted: string): readonly Choice[] {
	const needle = wanted.trim();
	if (needle === '') return choices;
	const texts = choices.map(choice => `${choice.label} ${choice.hint}`);
	const found = finder.filter(texts, needle) ?? [];
	if (found.length === 0) return [];
	const info = finder.info(found, texts, needle);
	const order = finder.sort(info, texts, needle);
	return order.flatMap(at => {
		const index = info.idx[at];
		const choice = index === undefined ? undefined : choices[index];
		return choice ? [choice] : [];
	});
}
