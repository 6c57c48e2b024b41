import { cleanText } from '../../model/text/clean-text.ts';
import type { DocumentTable, Part, Phrase, Phrases, WrittenDocument } from './document.ts';

/**
 * A document as Markdown (CommonMark with the tables of GitHub). Outside text cannot become markup: what a renderer would
 * act on is escaped, and names are code, in which nothing is.
 */
export function markdown({ title, parts }: WrittenDocument): string {
	return [`# ${atBlockStart(escaped(title))}`, ...parts.map(partText)]
		.filter(text => text !== '')
		.join('\n\n')
		.concat('\n');
}

function partText(part: Part): string {
	switch (part.kind) {
		case 'heading':
			return `## ${atBlockStart(escaped(part.text))}`;
		case 'text':
			return phrasesText(part.phrases, true);
		case 'list':
			return part.items.map(item => `- ${phrasesText(item, true)}`).join('\n');
		case 'table':
			return tableText(part);
		case 'lines':
			return fenced(part.lines);
		case 'picture':
			return '';
	}
}

function tableText({ columns, rows }: DocumentTable): string {
	const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		row(columns.map(({ title }) => escaped(title))),
		row(columns.map(({ align }) => (align === 'right' ? '--:' : '---'))),
		...rows.map(cells => row(cells.map(phrases => phrasesText(phrases, false, true)))),
	].join('\n');
}

function phrasesText(phrases: Phrases, isAtStart: boolean, isInTable = false): string {
	const text = phrases.map(phrase => phraseText(phrase, isInTable)).join('');
	if (!isAtStart) return text;
	const first = phrases.find(phrase => cleanText(phrase.text).trim() !== '');
	return first?.bold || first?.code ? text.trimStart() : atBlockStart(text);
}

function phraseText({ text, bold, code }: Phrase, isInTable: boolean): string {
	const clean = cleanText(text);
	if (clean.trim() === '') return clean;
	// A bar ends a cell even in code, where a backslash before it would be read as itself.
	if (code && !(isInTable && clean.includes('|'))) return codeSpan(clean);
	const words = escaped(clean);
	if (!bold) return words;
	// Emphasis does not begin or end at a space.
	const before = words.slice(0, words.length - words.trimStart().length);
	const after = words.slice(words.trimEnd().length);
	return `${before}**${words.trim()}**${after}`;
}

/** A fence of more backticks than the text has in a row. */
function codeSpan(text: string): string {
	const fence = '`'.repeat(longestRun(text) + 1);
	const pad = text.startsWith('`') || text.endsWith('`') || (text.startsWith(' ') && text.endsWith(' ')) ? ' ' : '';
	return `${fence}${pad}${text}${pad}${fence}`;
}

function fenced(lines: readonly string[]): string {
	const clean = lines.map(cleanText);
	const fence = '`'.repeat(Math.max(3, ...clean.map(line => longestRun(line) + 1)));
	return [`${fence}text`, ...clean, fence].join('\n');
}

function longestRun(text: string): number {
	let [longest, run] = [0, 0];
	for (const letter of text) {
		run = letter === '`' ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}

/** Everywhere markup; a single underscore within a word is none. */
const marks = /[\\`*[\]<>|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w{1,32};)/g;
/** GitHub makes links of addresses; a mark before their sign prevents that. */
const addresses = /:(?=\/\/)|(?<=www)\.|@(?=[\w-])/gi;
/** At the start of a block: a heading, a list, a rule, an underline. */
const blockStart = /^(?:([#+=-])|(\d{1,9})([.)]))/;

function escaped(text: string): string {
	return cleanText(text)
		.replace(marks, mark => `\\${mark}`)
		.replace(addresses, sign => (sign === '@' ? '&#64;' : `\\${sign}`));
}

function atBlockStart(words: string): string {
	return words
		.trimStart()
		.replace(blockStart, (_, mark?: string, digits?: string, stop?: string) =>
			mark === undefined ? `${digits}\\${stop}` : `\\${mark}`,
		);
}
