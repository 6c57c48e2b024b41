import uFuzzy from '@leeoniya/ufuzzy';
import type { Choice } from './conversation.ts';

/** Matches letters in order with anything between them, as fuzzy finders of terminals do; better matches first. */
const options = {
	unicode: true,
	interSplit: "[^\\p{L}\\d']+",
	intraSplit: '\\p{Ll}\\p{Lu}',
	intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
	intraChars: '.',
	intraIns: Number.POSITIVE_INFINITY,
};
let made: uFuzzy | undefined;

/** Made when first used: it makes a collator, which takes 6 ms. */
function finder(): uFuzzy {
	made ??= new uFuzzy(options);
	return made;
}

/**
 * The choices that match the typed text, the closest first; all of them in their order if nothing was typed. First
 * comes the name that equals the text, then names that start with it, names with words that start with it, rows with
 * such words in name and explanation, or else names with most of the words; then names with the letters in this order,
 * and explanations that contain the text.
 */
export function matchingChoices(choices: readonly Choice[], wanted: string): readonly Choice[] {
	const needle = wanted.trim().toLowerCase();
	if (needle === '') return choices;
	const words = needle.split(/\s+/);
	const ranks = new Map<Choice, number>();
	for (const choice of choices) {
		const rank = plainRank(choice, needle, words);
		if (rank !== null) ranks.set(choice, rank);
	}
	const lettered = matching(
		choices.filter(choice => !ranks.has(choice)),
		({ label, id, also }) => `${label} ${id.split(' ').at(-1) ?? ''} ${also?.label ?? ''}`,
		needle,
	);
	// The shortest name of a rank is the closest: restart before restart airflow-worker.
	const plain = [...ranks]
		.toSorted(
			([a, one], [b, other]) => one - other || (one > 0 && one < rankOfRows ? a.label.length - b.label.length : 0),
		)
		.map(([choice]) => choice);
	const byName = plain.filter(choice => (ranks.get(choice) ?? 0) < rankOfText);
	const byText = plain.filter(choice => ranks.get(choice) === rankOfText);
	const others = byName.length > 0 || words.length === 1 ? [] : withMostWords(choices, words);
	return [...new Set([...byName, ...others, ...lettered, ...byText])];
}

/** From this rank on the explanation counts too; lower ranks are about names only. */
const rankOfRows = 3;
/** The text is part of the name or explanation. */
const rankOfText = 4;

function plainRank(
	{ label, hint, also, words: others = ['', ''] }: Choice,
	needle: string,
	words: readonly string[],
): number | null {
	const names = [label, also?.label ?? '', ...others].map(text => text.toLowerCase());
	if (names.includes(needle)) return 0;
	if (names.some(name => name.startsWith(needle))) return 1;
	if (names.some(name => words.every(word => hasWordStartingWith(name, word)))) return 2;
	const texts = [`${label} ${hint}`, `${also?.label ?? ''} ${also?.hint ?? ''}`].map(text => text.toLowerCase());
	if (texts.some(text => words.every(word => hasWordStartingWith(text, word)))) return rankOfRows;
	const all = texts.join(' ');
	return words.every(word => all.includes(word)) ? rankOfText : null;
}

/** Whether a word of the text starts with it. */
const hasWordStartingWith = (text: string, start: string): boolean =>
	text.startsWith(start) || [' ', '-', '_', '/', '('].some(before => text.includes(before + start));

/** Rows whose name has most of the words, in the order of the choices. */
function withMostWords(choices: readonly Choice[], words: readonly string[]): readonly Choice[] {
	const counted = choices.map(choice => {
		const name = `${choice.label} ${choice.also?.label ?? ''}`.toLowerCase();
		return { choice, count: words.filter(word => hasWordStartingWith(name, word)).length };
	});
	return counted
		.filter(({ count }) => count > 0)
		.toSorted((a, b) => b.count - a.count)
		.map(({ choice }) => choice);
}

const lettersOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d']/gu) ?? [];

/** Whether the letters are in the text in this order, in linear time. */
function holdsInOrder(text: string, letters: readonly string[]): boolean {
	let next = 0;
	for (const character of text.toLowerCase()) if (character === letters[next]) next++;
	return next >= letters.length;
}

function matching(choices: readonly Choice[], textOf: (choice: Choice) => string, needle: string): Choice[] {
	const texts = choices.map(textOf);
	// The finder's own expression takes exponential time if the text does not match.
	const letters = lettersOf(needle);
	const likely = texts.flatMap((text, index) => (holdsInOrder(text, letters) ? [index] : []));
	const found = finder().filter(texts, needle, likely) ?? [];
	if (found.length === 0) return [];
	const info = finder().info(found, texts, needle);
	return finder()
		.sort(info, texts, needle)
		.flatMap(at => {
			const index = info.idx[at];
			const choice = index === undefined ? undefined : choices[index];
			return choice ? [choice] : [];
		});
}
