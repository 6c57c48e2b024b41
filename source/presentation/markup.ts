import { cleanLines } from '../model/text/clean-text.ts';

/**
 * An element of SVG or HTML. Texts and attributes are escaped when the tree is written, so that outside text cannot
 * become markup wherever it stands.
 */
export type Element = {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string | number>>;
	readonly children: readonly (Element | string)[];
};

/** Makes an element; attributes that are undefined are left out, and so are children that are null. */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | number | undefined>> = {},
	...children: readonly (Element | string | null)[]
): Element {
	return {
		name,
		attributes: Object.fromEntries(
			Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
		),
		children: children.filter(child => child !== null),
	};
}

/** HTML has no end tag for these, and SVG needs none: both read `<br/>`. */
const withoutEnd = new Set(['br', 'hr', 'meta', 'path', 'rect', 'circle', 'line']);

/**
 * The tree as text that is well-formed XML, and HTML where its elements are HTML's. A style sheet must hold none of
 * `&`, `<` and `>`: HTML does not read them there as XML does.
 * @param separator between the children of this element, `'\n'` for readable output
 */
export function written({ name, attributes, children }: Element, separator = ''): string {
	const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(valueText(value), true)}"`);
	const start = `<${name}${pairs.join('')}`;
	if (children.length === 0 && withoutEnd.has(name)) return `${start}/>`;
	const inside = children.map(child => (typeof child === 'string' ? escaped(child, false) : written(child)));
	const between = inside.length === 0 ? '' : separator;
	return `${start}>${between}${inside.join(separator)}${between}</${name}>`;
}

/** Tenths of a pixel are finer than any screen. */
const valueText = (value: string | number) => (typeof value === 'number' ? String(Math.round(value * 10) / 10) : value);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** No characters of XML 1.0, although Unicode has them. */
const notInXml = /[\ufffe\uffff]/g;

function escaped(text: string, isAttribute: boolean): string {
	const clean = cleanLines(text).replace(notInXml, '');
	return clean.replace(isAttribute ? /[&<>"]/g : /[&<>]/g, character => entities[character] ?? '');
}
