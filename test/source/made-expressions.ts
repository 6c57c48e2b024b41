import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

const root = join(import.meta.dirname, '../../source');

/** How often each file of the source calls `new RegExp(…)`, without the demo's servers. */
export function sites(): Map<string, number> {
	const found = new Map<string, number>();
	for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
		if (!/\.tsx?$/.test(file) || file.startsWith('demo')) continue;
		const visit = (node: unknown): void => {
			if (Array.isArray(node)) return node.forEach(visit);
			if (typeof node !== 'object' || node === null) return;
			const isMade = 'type' in node && (node.type === 'NewExpression' || node.type === 'CallExpression');
			if (isMade && 'callee' in node && isRegExp(node.callee)) found.set(file, (found.get(file) ?? 0) + 1);
			Object.values(node).forEach(visit);
		};
		visit(parseSync(file, readFileSync(join(root, file), 'utf8')).program);
	}
	return found;
}

const isRegExp = (callee: unknown) =>
	typeof callee === 'object' && callee !== null && 'name' in callee && callee.name === 'RegExp';

export type Made = { readonly file: string; readonly source: string; readonly flags: string };

/**
 * Records the expressions that files of the source make with `new RegExp(…)` from now on; `stop` returns them, each
 * once.
 */
export function noteMade(): { stop: () => Made[] } {
	const made = new Map<string, Made>();
	const Usual = globalThis.RegExp;
	globalThis.RegExp = new Proxy(Usual, {
		construct(target, args, newTarget) {
			const expression = Reflect.construct(target, args, newTarget);
			const file = /\/source\/((?!.*\/source\/)[\w/.-]+\.tsx?)/.exec(callerOf(new Error().stack ?? ''))?.[1];
			if (file !== undefined) {
				const { source, flags } = expression;
				made.set(`${file} ${flags} ${source}`, { file, source, flags });
			}
			return expression;
		},
	});
	return {
		stop() {
			globalThis.RegExp = Usual;
			return [...made.values()];
		},
	};
}

/** The line of the stack below the proxy's own. */
const callerOf = (stack: string) =>
	stack
		.split('\n')
		.slice(1)
		.find(line => !line.includes('made-expressions')) ?? '';
