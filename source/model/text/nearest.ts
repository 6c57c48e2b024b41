import { type Message, phrase } from '../../words/message.ts';
import { byName } from './by-name.ts';

/** The most similar name, or undefined: at most a third of its letters are wrong. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
	let best: string | undefined;
	let fewest = Number.POSITIVE_INFINITY;
	for (const name of names) {
		const wrong = name.startsWith(typed) && typed.length >= 2 ? 0.5 : distance(typed.toLowerCase(), name.toLowerCase());
		if (wrong < fewest) [best, fewest] = [name, wrong];
	}
	return best !== undefined && fewest <= Math.max(1, Math.floor(best.length / 3)) && fewest < best.length
		? best
		: undefined;
}

/** Names that are listed if one does not exist. */
const listed = 8;

/** Up to eight names, the most similar first: `a, b and 3 more`; empty without names. */
export function closestNames(typed: string, names: readonly string[]): string {
	const byLikeness = names
		.map(name => ({ name, wrong: distance(typed.toLowerCase(), name.toLowerCase()) }))
		.toSorted((a, b) => a.wrong - b.wrong || byName(a.name, b.name))
		.map(({ name }) => name);
	const more = byLikeness.length - listed;
	return byLikeness.slice(0, listed).join(', ') + (more > 0 ? ` (+${more})` : '');
}

/** The same message with the most similar name as a suggestion. */
export function withSuggestion(message: Message, typed: string, names: readonly string[]): Message {
	const name = nearest(typed, names);
	if (name === undefined) return message;
	return phrase(['{message}; did you mean {name}?', '{message}. {name}을(를) 찾으셨습니까?'], { message, name });
}

/** Letters to change, add, remove or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
	const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const above = rows[i - 1]?.[j] ?? 0;
			const aside = row[j - 1] ?? 0;
			const across = rows[i - 1]?.[j - 1] ?? 0;
			let least = Math.min(above + 1, aside + 1, across + (a[i - 1] === b[j - 1] ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
			}
			row.push(least);
		}
		rows.push(row);
	}
	return rows[a.length]?.[b.length] ?? 0;
}
