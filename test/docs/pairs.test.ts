/** A page and its Korean one say the same: headings, code, keys and commands agree, and each leads to the other. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.ts';
import { commandsIn, keysIn, pages, textOf } from './pages.ts';

const koreanPages = pages.filter(page => page.endsWith('.ko.md'));
const englishOf = (page: string) => page.replace('.ko.md', '.md');
const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '');

/** guide.ko.md follows the quick-start guide of the stack, guide.md lists its commands. */
const likeEnglish = koreanPages.filter(page => page !== 'docs/guide.ko.md');

/** Links to other pages of the project, relative to the root, without the heading. */
const pagesLinked = (page: string) =>
	[...withoutCode(textOf(page)).matchAll(/\]\(([^)\s#]+\.md)(?:#[^)]*)?\)/g)]
		.map(([, link = '']) => link)
		.filter(link => !link.includes('://'))
		.map(link => join(dirname(page), link));

const levelsOf = (page: string) => [...withoutCode(textOf(page)).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks);

/** Numbers before headings, as in `## Q1. Title`: both pages have them, or neither. */
const numbersOf = (page: string) =>
	[...withoutCode(textOf(page)).matchAll(/^#+ (\w?\d+\. )?/gm)].map(([, number = '']) => number);

const rowsOfTables = (page: string) =>
	withoutCode(textOf(page))
		.split(/\n(?!\|)/)
		.map(part => part.split('\n').filter(line => line.startsWith('|')).length)
		.filter(rows => rows > 0);

const listItemsOf = (page: string) => [...withoutCode(textOf(page)).matchAll(/^\s*(?:-|\d+\.) /gm)].length;

/** The lines of the code blocks that are the same in every language: no comments, no text that Python prints. */
const codeOf = (page: string) =>
	[...textOf(page).matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language = '', code = '']) =>
		language === 'python'
			? language
			: code
					.replaceAll(/(^|\s)#(?!!).*$/gm, '')
					.replaceAll(/\n{2,}/g, '\n')
					.trim(),
	);

/** What both pages name, each once: the order in a sentence differs. */
const named = (page: string) => ({
	commands: [...new Set(commandsIn(textOf(page)))].toSorted(),
	keys: [...new Set(keysIn(textOf(page)).map(({ key, id }) => `${key} (${id})`))].toSorted(),
	pictures: [...textOf(page).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, source = '']) => source),
});

test('there are Korean pages', () => {
	expect(likeEnglish).toContain('docs/troubleshooting.ko.md');
	expect(likeEnglish.length).toBeGreaterThan(6);
});

test.each(koreanPages)('%s and its English page lead to each other', page => {
	expect(pagesLinked(page)).toContain(englishOf(page));
	expect(pagesLinked(englishOf(page))).toContain(page);
});

test.each(koreanPages)('%s leads to Korean pages where there are some', page => {
	const others = pagesLinked(page).filter(link => link !== englishOf(page) && !link.endsWith('.ko.md'));
	expect(others.filter(link => existsSync(join(root, link.replace(/\.md$/, '.ko.md'))))).toEqual([]);
});

test.each(likeEnglish)('%s has the sections, tables, lists, code, commands and keys of its English page', page => {
	expect(levelsOf(page)).toEqual(levelsOf(englishOf(page)));
	expect(numbersOf(page)).toEqual(numbersOf(englishOf(page)));
	expect(rowsOfTables(page)).toEqual(rowsOfTables(englishOf(page)));
	expect(listItemsOf(page)).toBe(listItemsOf(englishOf(page)));
	expect(codeOf(page)).toEqual(codeOf(englishOf(page)));
	expect(named(page)).toEqual(named(englishOf(page)));
});
