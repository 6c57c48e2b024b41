/**
 * Applies the patches to packages that Node itself loads: `node --import ./patches/node.ts`. This way the unit tests,
 * which run the unbundled source, use the same packages as the bundle. `?unpatched` after a file's path returns the
 * original.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { patches } from './all.ts';
import type { Edit, StandIn } from './patch.ts';

const root = join(import.meta.dirname, '..');

const edits = new Map<string, Edit[]>();
for (const patch of patches)
	for (const edit of patch.edits ?? []) {
		const url = pathToFileURL(join(root, 'node_modules', patch.package, edit.file)).href;
		edits.set(url, [...(edits.get(url) ?? []), edit]);
	}
const standIns = patches.flatMap(patch => patch.standIns ?? []).filter(standIn => !standIn.onlyBundle);

type Made = { readonly format: 'module' | 'commonjs'; readonly source: string };
const made = new Map<string, Made>();

const requireForModules = [
	"import { createRequire as createRequireForPatch } from 'node:module';",
	'const require = createRequireForPatch(import.meta.url);',
].join('\n');

/** A path without a file; from its folder, Node searches packages in the repository. */
function placeOf(specifier: string, format: Made['format']): string {
	const name = specifier.replaceAll(/[:/]/g, '+');
	return pathToFileURL(join(import.meta.dirname, `stand-in-${name}${format === 'module' ? '.mjs' : '.cjs'}`)).href;
}

/** The replaced module may also be imported by its path: Vitest resolves packages before Node loads them. */
const byOriginal = new Map<string, StandIn>();
for (const patch of patches)
	for (const standIn of patch.standIns ?? [])
		if (!standIn.onlyBundle && standIn.specifier.test(patch.package))
			byOriginal.set(import.meta.resolve(patch.package), standIn);

function standInFor(asked: string, parent: string, isImport: boolean): StandIn | undefined {
	return (
		byOriginal.get(asked) ??
		standIns.find(
			({ specifier, onlyImports, importer }) =>
				specifier.test(asked) && (!onlyImports || isImport) && (!importer || importer.test(parent)),
		)
	);
}

registerHooks({
	resolve(specifier, context, nextResolve) {
		const parent = context.parentURL ?? '';
		// A stand-in may load the module that it replaces.
		if (made.has(parent)) return nextResolve(specifier, context);
		const asked = specifier.startsWith('/') ? pathToFileURL(specifier).href : specifier;
		const standIn = standInFor(asked, parent, context.conditions.includes('import'));
		if (!standIn) return nextResolve(specifier, context);
		if ('path' in standIn) return { url: pathToFileURL(standIn.path).href, shortCircuit: true };
		const url = placeOf(specifier, standIn.format);
		if (!made.has(url)) {
			const original = standIn.needsOriginal ? fileURLToPath(nextResolve(specifier, context).url) : '';
			const text = standIn.text(specifier, original);
			const source = standIn.format === 'module' ? `${requireForModules}\n${text}` : text;
			made.set(url, { format: standIn.format, source });
		}
		return { url, format: standIn.format, shortCircuit: true };
	},
	load(url, context, nextLoad) {
		const standIn = made.get(url);
		if (standIn) return { ...standIn, shortCircuit: true };
		const own = edits.get(url);
		if (!own) return nextLoad(url, context);
		const source = own.reduce((text, { change }) => change(text), readFileSync(fileURLToPath(url), 'utf8'));
		const format = own.find(edit => edit.format)?.format ?? context.format;
		return { format, source, shortCircuit: true };
	},
});
