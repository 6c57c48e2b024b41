/** Applies the patches to a bundle. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';
import type { Edit, Patch, StandIn } from './patch.ts';

const namespace = 'patches';
const root = join(import.meta.dirname, '..');
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @returns an esbuild plugin that applies all patches */
export function esbuildPatches(patches: readonly Patch[]): Plugin {
	return {
		name: namespace,
		setup(build) {
			for (const patch of patches) {
				build.initialOptions.define = { ...build.initialOptions.define, ...patch.define };
				if (patch.inject) build.initialOptions.inject = [...(build.initialOptions.inject ?? []), patch.inject];
				for (const edit of patch.edits ?? []) applyEdit(build, patch, edit);
				for (const [index, standIn] of (patch.standIns ?? []).entries())
					applyStandIn(build, `${patch.file}:${index}`, standIn);
			}
		},
	};
}

function applyEdit(build: PluginBuild, patch: Patch, { file, change }: Edit): void {
	const path = ['node_modules', patch.package, ...file.split('/')].map(escaped).join('[\\\\/]');
	build.onLoad({ filter: new RegExp(`[\\\\/]${path}$`) }, async args => ({
		contents: change(await readFile(args.path, 'utf8')),
		loader: 'js',
	}));
}

function applyStandIn(build: PluginBuild, name: string, standIn: StandIn): void {
	build.onResolve({ filter: standIn.specifier }, async ({ path, kind, importer, resolveDir, pluginData }) => {
		if (pluginData === namespace || (standIn.onlyImports && kind !== 'import-statement')) return undefined;
		if (standIn.importer && !standIn.importer.test(importer)) return undefined;
		if ('path' in standIn) return { path: standIn.path };
		if (!standIn.needsOriginal) return { path, namespace: name, pluginData: path };
		const found = await build.resolve(path, { resolveDir, kind, importer, pluginData: namespace });
		return found.errors.length > 0 ? { errors: found.errors } : { path: found.path, namespace: name, pluginData: path };
	});
	if ('path' in standIn) return;
	build.onLoad({ filter: /.*/, namespace: name }, ({ path, pluginData }) => ({
		contents: standIn.text(String(pluginData), path),
		resolveDir: root,
		loader: 'js',
	}));
}
