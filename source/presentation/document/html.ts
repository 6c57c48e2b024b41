import { type Element, element, written } from '../markup.ts';
import { styleSheet, svgOf } from '../svg/page.ts';
import type { DocumentTable, Part, Phrase, Phrases, WrittenDocument } from './document.ts';

/**
 * A document as one HTML page that loads nothing: no script, no address, pictures inside. Mail programs, build servers and
 * phones show it; it is light or dark as its reader prefers.
 */
export function html({ title, language, parts }: WrittenDocument): string {
	const page = element(
		'html',
		{ lang: language },
		element(
			'head',
			{},
			element('meta', { charset: 'utf-8' }),
			element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
			element('meta', { name: 'color-scheme', content: 'light dark' }),
			// Whatever should slip in: a browser neither runs nor fetches it.
			element('meta', {
				'http-equiv': 'Content-Security-Policy',
				content: "default-src 'none'; style-src 'unsafe-inline'",
			}),
			element('title', {}, title),
			element('style', {}, `${pageStyle}${styleSheet()}`),
		),
		element('body', {}, element('main', {}, element('h1', {}, title), ...parts.map(partElement))),
	);
	return `<!doctype html>\n${written(page, '\n')}\n`;
}

const pageStyle = [
	':root{color-scheme:light dark}',
	'body{margin:0;background:#fff;color:#24292f;font:16px/1.5 system-ui,sans-serif}',
	'main{max-width:60rem;margin:0 auto;padding:1rem}',
	'h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:2rem 0 .5rem}',
	'p,li{overflow-wrap:anywhere}',
	'code,pre{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}',
	'.wide{overflow-x:auto}pre{padding:.75rem;background:#f6f8fa;border-radius:6px;margin:.5rem 0}',
	'table{border-collapse:collapse}th,td{padding:.3rem .75rem;border-bottom:1px solid #d0d7de;text-align:left}',
	'th{white-space:nowrap;font-weight:600}.end{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}',
	'svg{display:block}figure{margin:1rem 0}figcaption{font-weight:600}',
	'@media (prefers-color-scheme:dark){body{background:#11151c;color:#d5dae3}pre{background:#1b212b}th,td{border-color:#30363d}}',
].join('');

function partElement(part: Part): Element {
	switch (part.kind) {
		case 'heading':
			return element('h2', {}, part.text);
		case 'text':
			return element('p', {}, ...phraseElements(part.phrases));
		case 'list':
			return element('ul', {}, ...part.items.map(item => element('li', {}, ...phraseElements(item))));
		case 'table':
			return wide(tableElement(part));
		case 'lines':
			return wide(element('pre', {}, part.lines.join('\n')));
		case 'picture':
			return element('figure', {}, element('figcaption', {}, part.caption), wide(svgOf(part.picture, 'page')));
	}
}

/** A phone scrolls it sideways, and not the page. Focus lets a keyboard do so. */
const wide = (child: Element) => element('div', { class: 'wide', tabindex: 0 }, child);

function tableElement({ columns, rows }: DocumentTable): Element {
	const kindOf = (index: number) => (columns[index]?.align === 'right' ? 'end' : undefined);
	return element(
		'table',
		{},
		element(
			'thead',
			{},
			element(
				'tr',
				{},
				...columns.map(({ title }, index) => element('th', { scope: 'col', class: kindOf(index) }, title)),
			),
		),
		element(
			'tbody',
			{},
			...rows.map(cells =>
				element(
					'tr',
					{},
					...cells.map((phrases, index) => element('td', { class: kindOf(index) }, ...phraseElements(phrases))),
				),
			),
		),
	);
}

const phraseElements = (phrases: Phrases): (Element | string)[] => phrases.map(phraseElement);

function phraseElement({ text, tone, bold, code }: Phrase): Element | string {
	const inner = code ? element('code', {}, text) : text;
	const kind = [tone, bold ? 'bold' : undefined].filter(word => word !== undefined && word !== 'plain').join(' ');
	return kind === '' ? inner : element('span', { class: kind }, inner);
}
