/** `npm run build`: bundles source/cli.ts into dist/. `--sourcemap` adds source maps. */
import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';
import { bundleOptions } from './bundle.ts';
import { root } from './root.ts';
import { writeBundle } from './write-bundle.ts';

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

/** The entry, the largest chunks, and the sum. */
export function sizeSummary({ outputs }: Metafile, largest = 4): string {
	const sizes = Object.entries(outputs)
		.filter(([path]) => path.endsWith('.js'))
		.map(([path, { bytes, entryPoint }]) => ({ name: basename(path), bytes, isEntry: entryPoint !== undefined }))
		.sort((a, b) => b.bytes - a.bytes);
	const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
	const shown = sizes.slice(0, largest).map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`);
	return `${kilobytes(total)} in ${sizes.length} files; largest: ${shown.join(', ')}`;
}

async function main(): Promise<void> {
	const entry = join(root, 'source/cli.ts');
	if (!existsSync(entry)) {
		console.error(`laketop: nothing to build: ${relative(root, entry)} does not exist`);
		process.exitCode = 1;
		return;
	}
	const options = bundleOptions({ sourcemap: process.argv.includes('--sourcemap') });
	// esbuild has already printed the errors with their lines when it rejects.
	const result = await build(options).catch(() => undefined);
	if (result === undefined) {
		process.exitCode = 1;
		return;
	}
	await writeBundle(result.outputFiles, join(root, 'dist'));
	console.log(`dist/: ${sizeSummary(result.metafile)}`);
}

if (import.meta.main) {
	await main();
}
