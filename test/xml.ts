import { type JSXElement, type JSXElementChild, parseSync } from '@swc/core';
import { expect } from 'vitest';

/** An element of a document, as far as the tests read it. */
export type XmlElement = {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly (XmlElement | string)[];
};

/** The characters that XML 1.0 allows (section 2.2, Char). */
const allowed = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
/** What follows an ampersand; HTML names more entities than XML (section 4.6) has. */
const entity = /&(?!(?:amp|lt|gt|quot);)/;

/**
 * The root of a document. Fails for anything that is not well-formed. The parser is that of JSX, whose elements and
 * attributes are those of XML; what XML forbids besides is checked here, and the braces of JSX are no more than letters.
 */
export function xmlOf(text: string): XmlElement {
	expect(text).toMatch(allowed);
	expect(text).not.toMatch(entity);
	expect(text).not.toMatch(/<[!?]/);
	const code = text.replaceAll('{', '&#123;').replaceAll('}', '&#125;');
	const [statement] = parseSync(code, { syntax: 'ecmascript', jsx: true }).body;
	if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'JSXElement')
		throw new Error('the document is no element');
	return elementOf(statement.expression);
}

function elementOf({ opening, children }: JSXElement): XmlElement {
	if (opening.name.type !== 'Identifier') throw new Error('a name has a prefix');
	const pairs = opening.attributes.map((attribute): [string, string] => {
		if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'Identifier') throw new Error('no attribute');
		if (attribute.value?.type !== 'StringLiteral') throw new Error(`${attribute.name.value} has no quoted value`);
		return [attribute.name.value, attribute.value.value];
	});
	const names = pairs.map(([name]) => name);
	expect(names).toEqual([...new Set(names)]);
	return { name: opening.name.value, attributes: Object.fromEntries(pairs), children: children.map(childOf) };
}

function childOf(child: JSXElementChild): XmlElement | string {
	if (child.type === 'JSXText') return child.value;
	if (child.type === 'JSXElement') return elementOf(child);
	throw new Error(`${child.type} is nothing of XML`);
}

/** All elements of a name below this one, in the order of the document. */
export function all({ children }: XmlElement, name: string): XmlElement[] {
	return children.flatMap(child => {
		if (typeof child === 'string') return [];
		return [...(child.name === name ? [child] : []), ...all(child, name)];
	});
}

/** The text of an element with that of all below it. */
export const textOf = ({ children }: XmlElement): string =>
	children.map(child => (typeof child === 'string' ? child : textOf(child))).join('');

/** A number among the attributes; 0 where SVG has that default. */
export const numberOf = ({ attributes }: XmlElement, name: string): number => Number(attributes[name] ?? 0);

/** Whether the class has this word. */
export const hasClass = ({ attributes }: XmlElement, word: string): boolean =>
	(attributes.class ?? '').split(' ').includes(word);
