/**
 * ink-table 3.1 is CommonJS and says `require('ink')`, but Ink is an ES module with a top-level await, which `require`
 * refuses (ERR_REQUIRE_ASYNC_MODULE) and a bundler too. Its one file is made an ES module here, for the bundle and for
 * the tests alike: what it requires is imported above it.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const file = /[\\/]ink-table[\\/]dist[\\/]index\.js$/;

/** The text of ink-table's file as an ES module. */
export function asModule(code: string): string {
	const required = [...new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? ''))];
	return [
		...required.map((name, index) => `import * as required${index} from ${JSON.stringify(name)};`),
		`const modules = { ${required.map((name, index) => `${JSON.stringify(name)}: required${index}`).join(', ')} };`,
		// A CommonJS package among them comes with its exports as the default one.
		'const require = name => ({ ...modules[name].default, ...modules[name] });',
		'const exports = {};',
		code,
		'export default exports.default;',
	].join('\n');
}

export const inkTableModule: Plugin = {
	name: 'ink-table-module',
	setup(build) {
		build.onLoad({ filter: file }, ({ path }) => ({ contents: asModule(readFileSync(path, 'utf8')), loader: 'js' }));
	},
};

/** The same for Vitest. */
export const inkTableForVite = {
	name: 'ink-table-module',
	enforce: 'pre' as const,
	transform(code: string, id: string) {
		return file.test(id) ? asModule(code) : undefined;
	},
};
