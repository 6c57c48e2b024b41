/** How `source/cli.ts` becomes `dist/`, or the script of the executable: the options that all who bundle share. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { patches } from '../patches/all.ts';
import { esbuildPatches } from '../patches/esbuild.ts';
import { licences } from './bundled-packages.ts';
import { joinedChunks, type Stage } from './join-chunks.ts';
import { root } from './root.ts';

function packageVersion(): string {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
		return String(manifest.version);
	}
	throw new Error('package.json has no version');
}

/** CommonJS packages call `require` for Node's own modules; inside an ES module it has to be made. */
const requireForCommonJs = [
	"import { createRequire as createRequireForBundle } from 'node:module';",
	'const require = createRequireForBundle(import.meta.url);',
].join('\n');

/** What the first screen loads, in this order (source/cli.ts, source/commands/monitor.ts). */
export const untilTheScreen: readonly Stage[] = [
	['source/cli.ts'],
	['source/commands/parse.ts', 'source/commands/given.ts'],
	['source/model/config-error.ts', 'source/words/message.ts', 'source/commands/config-of.ts'],
	['source/commands/monitor.ts'],
	['source/presentation/probe-terminal.ts', 'source/ui/controller/controller.ts', 'source/ui/app.tsx'],
];

export type BundleOptions = {
	entry?: string;
	outdir?: string;
	/** A source map belongs to the chunks as esbuild makes them: with one they are not joined. */
	sourcemap?: boolean;
	joined?: boolean;
};

export type Bundle = BuildOptions & { metafile: true; write: false };

/** esbuild's options. Nothing is written by esbuild itself: see write-bundle.ts. */
export function bundleOptions({
	entry = join(root, 'source/cli.ts'),
	outdir = join(root, 'dist'),
	sourcemap = false,
	joined = !sourcemap,
}: BundleOptions = {}): Bundle {
	return {
		absWorkingDir: root,
		entryPoints: { cli: entry },
		outdir,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		jsx: 'automatic',
		chunkNames: 'chunks/[name]-[hash]',
		// Identifiers stay as written, so that the stack trace in a bug report can be read.
		minifySyntax: true,
		minifyWhitespace: true,
		minifyIdentifiers: false,
		keepNames: false,
		legalComments: 'none',
		sourcemap,
		metafile: true,
		write: false,
		logLevel: 'warning',
		banner: { js: requireForCommonJs },
		define: { 'process.env.NODE_ENV': '"production"', LAKETOP_VERSION: JSON.stringify(packageVersion()) },
		plugins: [esbuildPatches(patches), ...(joined ? [joinedChunks(untilTheScreen, requireForCommonJs)] : []), licences],
	};
}

/** In an executable there is no file that a module could be in, but the executable. */
const metaForExecutable = "const executableMeta = { url: require('node:url').pathToFileURL(process.execPath).href };";

/**
 * The program as one CommonJS script, which is what Node 24 can have inside itself. What is loaded only when it is needed
 * stays so: each module is a function that its first import calls.
 */
export function executableOptions(outdir: string): Bundle {
	const options = bundleOptions({ outdir, joined: false });
	return {
		...options,
		splitting: false,
		format: 'cjs',
		banner: { js: metaForExecutable },
		define: { ...options.define, 'import.meta': 'executableMeta' },
		// There `import()` finds nothing; what is left of it, Node's own modules, can as well be required.
		supported: { 'dynamic-import': false },
	};
}
