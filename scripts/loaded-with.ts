/** Which files of a bundle are loaded together, from esbuild's metafile. */
import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

/** These files and all files that they load, in the order in which they run. */
export function loadedWith(outputs: Outputs, paths: readonly string[]): string[] {
	const loaded = new Set<string>();
	const visited = new Set<string>();
	const visit = (path: string): void => {
		if (visited.has(path)) return;
		visited.add(path);
		for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
			if (kind === 'import-statement' && !external) visit(imported);
		}
		loaded.add(path);
	};
	for (const path of paths) visit(path);
	return [...loaded];
}

/** The bundled file of a source file that is the program's entry or loaded by `import()`. Throws if it is neither. */
export function outputOf(outputs: Outputs, source: string): string {
	const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
	if (found === undefined) throw new Error(`no file of the bundle begins with ${source}: it is not loaded by import()`);
	return found[0];
}
