import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';

/** Every page for people, by its path from the root on. */
export const pages: readonly string[] = [
	'readme*.md',
	'changelog.md',
	'docs/**/*.md',
	'bench/readme.md',
	'patches/readme.md',
].flatMap(pattern => globSync(pattern, { cwd: root }).toSorted());

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/**
 * The commands of a Markdown text that start with laketop: lines of code blocks, of a crontab, a unit or a workflow,
 * and code spans. `npm start -- --read-only` is `laketop --read-only`. Usage with placeholders does not count.
 */
export function commandsIn(markdown: string): string[] {
	const blocks: string[] = [];
	const spans: string[] = [];
	let fence: string | null = null;
	for (const text of markdown.split('\n')) {
		const [, language] = /^\s*```(\w*)$/.exec(text) ?? [];
		if (language !== undefined) fence = fence === null ? language : null;
		else if (fence === null) spans.push(...[...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span));
		else if (['', 'sh', 'bash', 'console'].includes(fence)) blocks.push(...ownCommands(text, fence));
		else if (programs.includes(fence)) blocks.push(...foreignCommands(text));
	}
	return [...blocks, ...spans.map(text => text.replaceAll('\\|', '|'))]
		.map(text => text.replace(/^npm (?:start|run demo)(?: -- ?|$)/, 'laketop '))
		.filter(text => /^laketop( |$)/.test(text) && !/[[\]…]|\b[A-Z]{3,}\b|\.\.\./.test(text.replaceAll(/'[^']*'/g, '')))
		.map(text => text.trim());
}

/** Languages of code blocks with commands. */
const programs = ['yaml', 'ini', 'crontab'];

/** A line of a shell, or the program in `tmux new-session 'laketop --read-only'`. */
function ownCommands(text: string, fence: string): string[] {
	const line = text.replace(/^\$ /, '').replace(/\s+#.*$/, '');
	return /^(laketop|npm start|npm run demo)\b/.test(line) ? [line] : fence === '' ? [] : foreignCommands(line);
}

/** As many words as certainly belong to the command. */
function foreignCommands(text: string): string[] {
	const [line = ''] = text.split(/ \d?>/);
	const [found] = /(?<![\w./~-])laketop(?: [\w./@:=+-]+)+(?=$|["'|;&>)]|\s[|;&>])/.exec(line) ?? [];
	return found === undefined ? [] : [found];
}

/** `t` (`trigger`), and rows of tables with one or more keys and the ids of their actions. */
export function keysIn(markdown: string): { key: string; id: string }[] {
	const named = [...markdown.matchAll(/`([^`\s]+)` \(`([a-z][a-z-]+)`\)/g)].map(([, key = '', id = '']) => ({
		key,
		id,
	}));
	const rows = [...markdown.matchAll(/^\| ((?:`[^`]+` ?)+) \| ((?:`[a-z][a-z-]+` ?)+) \|/gm)].flatMap(
		([, keys = '', ids = '']) => {
			const [each, of] = [inTicks(keys), inTicks(ids)];
			return each.map((key, index) => ({ key, id: of[Math.min(index, of.length - 1)] ?? '' }));
		},
	);
	return [...named, ...rows];
}

export const inTicks = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, inside = '']) => inside);
