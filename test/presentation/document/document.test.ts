import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../source/model/text/clean-text.ts';
import type { Part, WrittenDocument } from '../../../source/presentation/document/document.ts';
import { html } from '../../../source/presentation/document/html.ts';
import { markdown } from '../../../source/presentation/document/markdown.ts';
import { all, hasClass, textOf, xmlOf } from '../../xml.ts';

const documentOf = (...parts: readonly Part[]): WrittenDocument => ({ language: 'en', title: 'report', parts });
const hostile = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc
		.array(
			fc.constantFrom(
				...[
					'<script>',
					'</pre>',
					'[x](http://a.b)',
					'![x](y)',
					'`',
					'``',
					'|',
					'\\',
					'*',
					'_',
					'#',
					'- ',
					'1. ',
					'~~',
					'$',
				],
				...['&lt;', '&#60;', 'http://a.b', 'www.a.b', 'a@b.c', '<!--', '\n', '\r', '\x1b[2J', '\u202e', ' ', 'word'],
			),
			{ maxLength: 8 },
		)
		.map(parts => parts.join('')),
);

/** The page without its first line, which is no element. */
const pageOf = (document: WrittenDocument) => {
	const [first, ...rest] = html(document).split('\n');
	expect(first).toBe('<!doctype html>');
	return xmlOf(rest.join('\n').trim());
};

describe('HTML', () => {
	test('outside text in any place is text, and nothing is loaded or run', () => {
		fc.assert(
			fc.property(hostile, text => {
				const root = pageOf({
					...documentOf(
						{ kind: 'heading', text },
						{ kind: 'text', phrases: [{ text, bold: true, tone: 'bad' }] },
						{ kind: 'list', items: [[{ text, code: true }]] },
						{ kind: 'table', columns: [{ title: text }], rows: [[[{ text }]]] },
						{ kind: 'lines', lines: [text] },
					),
					title: text,
				});
				const clean = cleanText(text).replace(/[\ufffe\uffff]/g, '');
				for (const name of ['h1', 'h2', 'p', 'li', 'th', 'td'])
					expect(textOf(all(root, name)[0] ?? root).replaceAll('\n', ' '), name).toBe(clean);
				const names = new Set(all(root, 'body').flatMap(body => namesBelow(body)));
				for (const name of ['script', 'img', 'a', 'iframe', 'link', 'style', 'object'])
					expect(names.has(name)).toBe(false);
			}),
			{ numRuns: 60 },
		);
	});

	test('a phone scrolls wide tables by themselves; the reader decides between light and dark', () => {
		const text = html(
			documentOf({ kind: 'table', columns: [{ title: 'a', align: 'right' }], rows: [[[{ text: '1' }]]] }),
		);
		const root = pageOf(
			documentOf({ kind: 'table', columns: [{ title: 'a', align: 'right' }], rows: [[[{ text: '1' }]]] }),
		);
		expect(all(root, 'meta').map(({ attributes }) => attributes.name)).toContain('viewport');
		expect(text).toContain('@media (prefers-color-scheme:dark)');
		expect(text).toContain("default-src 'none'");
		expect(text).not.toMatch(/(?:src|href)=|url\(|@import/);
		expect(all(root, 'td').every(cell => hasClass(cell, 'end'))).toBe(true);
	});
});

function namesBelow(element: ReturnType<typeof xmlOf>): string[] {
	return element.children.flatMap(child => (typeof child === 'string' ? [] : [child.name, ...namesBelow(child)]));
}

describe('Markdown', () => {
	const textOfPart = (part: Part) => markdown(documentOf(part)).slice('# report\n\n'.length, -1);

	test('every kind of part', () => {
		expect(
			markdown(
				documentOf(
					{ kind: 'heading', text: 'Durations' },
					{
						kind: 'text',
						phrases: [
							{ text: 'took ' },
							{ text: '0:12', bold: true },
							{ text: ' in ' },
							{ text: 'a_task', code: true },
						],
					},
					{ kind: 'list', items: [[{ text: 'one' }], [{ text: 'two' }]] },
					{
						kind: 'table',
						columns: [{ title: 'a' }, { title: 'b', align: 'right' }],
						rows: [[[{ text: 'x' }], [{ text: '1' }]]],
					},
					{ kind: 'lines', lines: ['a line', '``` not the end'] },
				),
			),
		).toBe(
			[
				'# report\n\n## Durations\n\ntook **0:12** in `a_task`\n\n- one\n- two\n',
				'| a | b |\n| --- | --: |\n| x | 1 |\n',
				'````text\na line\n``` not the end\n````\n',
			].join('\n'),
		);
	});

	test.each([
		['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
		['[x](http://a.b)', '\\[x\\](http\\://a.b)'],
		['![x](y)', '!\\[x\\](y)'],
		['a_b *c* _d_ ~~e~~ `f`', 'a_b \\*c\\* \\_d\\_ \\~\\~e\\~\\~ \\`f\\`'],
		['&lt; & &#60;', '\\&lt; & \\&#60;'],
		['www.a.b and m@a.b', 'www\\.a.b and m&#64;a.b'],
		['# heading', '\\# heading'],
		['- item', '\\- item'],
		['12. item', '12\\. item'],
		['--- ', '\\--- '],
		['    code', 'code'],
		['ends with \\', 'ends with \\\\'],
	])('%s is text', (text, expected) => {
		expect(textOfPart({ kind: 'text', phrases: [{ text }] })).toBe(expected);
	});

	test('code holds any text, and does not end within it', () => {
		fc.assert(
			fc.property(hostile, text => {
				const clean = cleanText(text);
				fc.pre(clean.trim() !== '');
				const span = textOfPart({ kind: 'text', phrases: [{ text, code: true }] });
				const [, fence = '', inside = '', end] = /^(`+)([\s\S]*?[^`]|)(`+)$/.exec(span) ?? [];
				expect(end).toBe(fence);
				const runs: readonly string[] = inside.match(/`+/g) ?? [];
				expect(runs.every(run => run.length < fence.length)).toBe(true);
				expect(inside.trim()).toBe(clean.trim());
			}),
		);
	});

	test('a cell is one cell, and a row one row', () => {
		const bar = { kind: 'table', columns: [{ title: 'a' }], rows: [[[{ text: 'a\\|b', code: true }]]] } as const;
		expect(textOfPart(bar).split('\n')[2]).toBe('| a\\\\\\|b |');
		fc.assert(
			fc.property(hostile, fc.boolean(), (text, code) => {
				const table = textOfPart({
					kind: 'table',
					columns: [{ title: 'a' }, { title: 'b' }],
					rows: [[[{ text, code }], []]],
				});
				const rows = table.split('\n');
				expect(rows).toHaveLength(3);
				expect(rows[2]?.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(3);
			}),
		);
	});
});
