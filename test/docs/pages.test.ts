import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { root } from '../../scripts/root.ts';
import { actions } from '../../source/ui/actions/table.ts';
import { keyTitle } from '../../source/ui/keys.ts';
import { keysIn, pages, textOf } from './pages.ts';

/** GitHub's anchor of a heading. */
const anchor = (heading: string) =>
	heading
		.replaceAll(/\[([^\]]*)\]\([^)]*\)|`/g, '$1')
		.trim()
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
		.replaceAll(/\s/g, '-');
const headingsOf = (page: string) =>
	[
		...textOf(page)
			.replaceAll(/^```[\s\S]*?^```/gm, '')
			.matchAll(/^#+ (.*)$/gm),
	].map(([, heading = '']) => anchor(heading));

test.each(pages)('%s links to files and headings that exist', page => {
	const text = textOf(page).replaceAll(/^```[\s\S]*?^```/gm, '');
	const markdown = [...text.matchAll(/\]\(([^)\s]+)\)/g)];
	const html = [...text.matchAll(/(?:src|srcset|href)="([^"\s]+)"/g)];
	const links = [...markdown, ...html].map(([, link = '']) => link).filter(link => !/^(https?|mailto):/.test(link));
	const broken = links.filter(link => {
		const [path = '', heading] = link.split('#');
		const target = path === '' ? page : join(dirname(page), path);
		if (!existsSync(join(root, target))) return true;
		return heading !== undefined && !headingsOf(target).includes(decodeURIComponent(heading));
	});
	expect([...new Set(broken)]).toEqual([]);
});

test.each(pages.filter(page => page !== 'docs/keys.md'))('%s names keys that their actions have', page => {
	const wrong = keysIn(textOf(page)).filter(({ key, id }) => {
		const action = actions.find(one => one.id === id);
		return action === undefined || !action.keys.some(name => keyTitle(name) === key);
	});
	expect(wrong).toEqual([]);
});

test.each(['readme.md', 'readme.ko.md'])('%s fits a screen of 100×50', page => {
	const lines = textOf(page).trimEnd().split('\n');
	expect(lines.length).toBeLessThanOrEqual(50);
	expect(lines.filter(line => cellsOf(line) > 100)).toEqual([]);
	for (const answer of ['npm ci && npm run demo', 'npm ci && npm test', '--docker-host', '--read-only'])
		expect(textOf(page)).toContain(answer);
});

/** Hangul and other wide characters take two. */
const cellsOf = (text: string) =>
	[...text].reduce(
		(sum, character) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(character) ? 2 : 1),
		0,
	);

test('every npm script that a page names exists', () => {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(manifest);
	const named = pages.flatMap(page =>
		[...textOf(page).matchAll(/\bnpm run (?:-s )?([a-z][a-z0-9:-]*)/g)].map(([, name = '']) => name),
	);
	expect(new Set(named).size).toBeGreaterThan(10);
	expect([...new Set(named)].filter(name => !(name in scripts))).toEqual([]);
});

test('every picture is there for dark and light pages, and shown by one', () => {
	const pictures = readdirSync(join(root, 'docs/pictures'));
	const shown = pages.map(textOf).join('\n');
	for (const dark of pictures.filter(name => !name.endsWith('-light.svg'))) {
		expect(pictures).toContain(dark.replace('.svg', '-light.svg'));
		expect(shown).toContain(`pictures/${dark}`);
	}
	expect(pictures.filter(name => !pictures.includes(name.replace('-light.svg', '.svg')))).toEqual([]);
});
