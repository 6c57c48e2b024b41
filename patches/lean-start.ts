/**
 * What the start of the program loads, and never uses: meow can normalise a package.json, for which it carries the names
 * of all licences (laketop tells it name and version itself); and whoever imports `node:http` into an ES module has Node
 * fetch all that it exports, of which some is WebSocket and the whole of Node's own undici. A `require` does not.
 *
 * And Ink connects with React's devtools where DEV=true and they are installed. Nothing is installed beside a bundle; and
 * its await at the top of a module is what a CommonJS bundle, the executable's, cannot have.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { root } from '../scripts/root.ts';

const meowPlace = 'var normalizeExports = requireNormalize();';

/** Throws when meow's dependencies.js is no longer what this was written for. */
export function mendMeow(source: string): string {
	if (source.split(meowPlace).length !== 2)
		throw new Error("meow/build's dependencies.js has changed: see patches/lean-start.ts");
	return source.replace(meowPlace, 'var normalizeExports = () => undefined;');
}

const devCondition = "if (process.env['DEV'] === 'true') {";
const devAwait = /\bawait (?=import\('\.\/devtools\.js'\)|loadPackageJson\(\))/g;

/** Throws when Ink's reconciler.js is no longer what this was written for. */
export function mendReconciler(source: string): string {
	if (source.split(devCondition).length !== 3 || source.match(devAwait)?.length !== 2)
		throw new Error("ink/build's reconciler.js has changed: see patches/lean-start.ts");
	return source.replaceAll(devCondition, 'if (false) {').replace(devAwait, '');
}

/** What laketop and its packages import of `node:http`; an import of anything else fails the build. */
const httpModule = `
const http = require('node:http');
export const { Agent, createServer, request } = http;
`;

export const leanStart: Plugin = {
	name: 'lean-start',
	setup(build) {
		build.onLoad({ filter: /meow[\\/]build[\\/]dependencies\.js$/ }, async ({ path }) => ({
			contents: mendMeow(await readFile(path, 'utf8')),
		}));
		build.onLoad({ filter: /ink[\\/]build[\\/]reconciler\.js$/ }, async ({ path }) => ({
			contents: mendReconciler(await readFile(path, 'utf8')),
		}));
		build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
			kind === 'import-statement' ? { path: 'http', namespace: 'lean-http' } : undefined,
		);
		build.onLoad({ filter: /.*/, namespace: 'lean-http' }, () => ({ contents: httpModule, resolveDir: root }));
	},
};
