import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLines } from '../../source/model/text/clean-text.ts';
import { element, written } from '../../source/presentation/markup.ts';
import { textOf, xmlOf } from '../xml.ts';

const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		...[
			'</title><script>alert(1)</script>',
			']]>',
			'<!--',
			'&lt;',
			'&#0;',
			'"\'>',
			'\u0000',
			'\ufffe',
			'\ud800',
			'{x}',
		],
	),
);

test('any text and attribute comes back as it was cleaned, and nothing else with it', () => {
	fc.assert(
		fc.property(fc.array(hostile, { maxLength: 4 }), parts => {
			const text = parts.join('');
			const root = xmlOf(written(element('g', { title: text }, element('text', {}, text), element('rect'))));
			const clean = cleanLines(text).replace(/[\ufffe\uffff]/g, '');
			expect(root.attributes.title).toBe(clean);
			expect(root.children.map(child => (typeof child === 'string' ? child : child.name))).toEqual(['text', 'rect']);
			expect(textOf(root)).toBe(clean);
		}),
	);
});

test('attributes without a value and children that are not there are left out', () => {
	expect(written(element('rect', { x: 1.04, class: undefined }))).toBe('<rect x="1"/>');
	expect(written(element('td', {}, null))).toBe('<td></td>');
});

test.each([
	'<a><b></a></b>',
	'<a x=1/>',
	'<a x="1" x="2"/>',
	'<a>&nbsp;</a>',
	'<a>\u0001</a>',
	'<a><!-- --></a>',
	'<a>',
])('the parser refuses %s', text => {
	expect(() => xmlOf(text)).toThrow();
});
