/** How `source/cli.ts` becomes `dist/`, or the script of the executable: options that all builds share. */
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

/** CommonJS packages call `require` for Node's own modules; an ES module has to define it. */
const requireForCommonJs = [
	"import { createRequire as createRequireForBundle } from 'node:module';",
	'const require = createRequireForBundle(import.meta.url);',
].join('\n');

/** What the first screen loads, in this order (source/cli.ts, source/terminal/monitor.ts). */
export const untilTheScreen: readonly Stage[] = [
	['source/cli.ts'],
	['source/commands/parse.ts', 'source/command-line/arguments/given.ts'],
	// Only if there are options.
	['node_modules/meow/build/index.js'],
	['source/model/failures/config-error.ts', 'source/words/message.ts', 'source/command-line/configure/config-of.ts'],
	['source/terminal/monitor.ts'],
	['source/presentation/probe-terminal.ts', 'source/ui/controller/controller.ts', 'source/ui/app.tsx'],
];

export type BundleOptions = {
	entry?: string;
	outdir?: string;
	/** A source map describes esbuild's own chunks: with one they are not joined. */
	sourcemap?: boolean;
	joined?: boolean;
};

export type Bundle = BuildOptions & { metafile: true; write: false };

/** esbuild's options. esbuild itself writes nothing: see write-bundle.ts. */
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
		// Identifiers stay unchanged, so that the stack trace in a bug report is readable.
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

/** In an executable, the executable itself is the only file that a module can refer to. */
const metaForExecutable = "const executableMeta = { url: require('node:url').pathToFileURL(process.execPath).href };";

/**
 * The program as one CommonJS script, the only form that Node 24 can embed. Lazy loading stays: each module is a
 * function that its first import calls.
 */
export function executableOptions(outdir: string): Bundle {
	const options = bundleOptions({ outdir, joined: false });
	return {
		...options,
		splitting: false,
		format: 'cjs',
		banner: { js: metaForExecutable },
		define: { ...options.define, 'import.meta': 'executableMeta' },
		// `import()` finds nothing there; the remaining ones, of Node's own modules, can be required as well.
		supported: { 'dynamic-import': false },
	};
}
