import uFuzzy from '@leeoniya/ufuzzy';
import type { Choice } from './conversation.ts';

/** Letters in order, anything between them, as fuzzy finders of terminals match; better matches first. */
const finder = new uFuzzy({
	unicode: true,
	interSplit: "[^\\p{L}\\d']+",
	intraSplit: '\\p{Ll}\\p{Lu}',
	intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
	intraChars: '.',
	intraIns: Number.POSITIVE_INFINITY,
});

/**
 * The choices that fit what was typed, the best first, what begins so before all; all in their order where nothing was. Names are matched by
 * letters in order; an explanation only where it holds the words themselves, and behind the names.
 */
export function matchingChoices(choices: readonly Choice[], wanted: string): readonly Choice[] {
	const needle = wanted.trim();
	if (needle === '') return choices;
	const byName = matching(
		choices,
		({ label, id, also }) => `${label} ${id.split(' ').at(-1) ?? ''} ${also?.label ?? ''}`,
		needle,
	);
	const words = needle.toLowerCase().split(/\s+/);
	const byHint = choices.filter(choice => {
		const { label, hint, also } = choice;
		const text = [label, hint, also?.label, also?.hint].join(' ').toLowerCase();
		return !byName.includes(choice) && words.every(word => text.includes(word));
	});
	const begins = ({ label, also }: Choice) =>
		[label, also?.label ?? ''].some(one => one.toLowerCase().startsWith(needle.toLowerCase()));
	// The shortest name with this beginning is the nearest: restart before restart airflow-worker.
	const first = byName.filter(begins).toSorted((a, b) => a.label.length - b.label.length);
	return [...first, ...byName.filter(choice => !begins(choice)), ...byHint];
}

const lettersOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d']/gu) ?? [];

/** Whether the letters are in the text in that order, in linear time. */
function holdsInOrder(text: string, letters: readonly string[]): boolean {
	let next = 0;
	for (const character of text.toLowerCase()) if (character === letters[next]) next++;
	return next >= letters.length;
}

function matching(choices: readonly Choice[], textOf: (choice: Choice) => string, needle: string): Choice[] {
	const texts = choices.map(textOf);
	// The finder's own expression takes exponential time on a text that does not match.
	const letters = lettersOf(needle);
	const likely = texts.flatMap((text, index) => (holdsInOrder(text, letters) ? [index] : []));
	const found = finder.filter(texts, needle, likely) ?? [];
	if (found.length === 0) return [];
	const info = finder.info(found, texts, needle);
	return finder.sort(info, texts, needle).flatMap(at => {
		const index = info.idx[at];
		const choice = index === undefined ? undefined : choices[index];
		return choice ? [choice] : [];
	});
}
