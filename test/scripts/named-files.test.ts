import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.ts';

/** Pages that lead a contributor through the code. */
const pages = ['docs/architecture.md', 'docs/contributing.md', 'docs/decisions/*.md', 'changelog.md', 'readme*.md'];

/** `source/ui/app.tsx`; a word in capitals is a placeholder: `source/ui/panes/NAME.ts`. */
const named = /`((?:source|test|scripts|patches|docs|bench)\/[\w./-]+)`/g;

test.each(pages.flatMap(pattern => globSync(pattern, { cwd: root })))('%s names files that are there', page => {
	const text = readFileSync(join(root, page), 'utf8');
	const paths = [...text.matchAll(named)].map(([, path = '']) => path).filter(path => !/\b[A-Z]{2,}\b/.test(path));
	const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)].map(([, path = '']) =>
		join(dirname(page), path),
	);
	const missing = [...new Set([...paths, ...links])].filter(path => !existsSync(join(root, path)));
	expect(missing, `${page}: follow the move, or take the name out`).toEqual([]);
});
