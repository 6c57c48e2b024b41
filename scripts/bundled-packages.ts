/** The packages in a bundle besides laketop's own source: for its licences and for docs/install.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import * as z from 'zod/mini';
import { root } from './root.ts';

export type BundledPackage = {
	/** Its folder, relative to the root: a package may exist in several versions. */
	folder: string;
	name: string;
	version: string;
	licence: string;
	/** Bytes of it in the bundle. */
	bytes: number;
};

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** A package's own description. */
export function packageAt(folder: string): Omit<BundledPackage, 'bytes'> {
	const { name, version, license } = manifest.parse(
		JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
	);
	return { folder, name, version, licence: license };
}

/** Relative to the root: a plugin's files have its name, and an absolute path, before that. */
const folderOf = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/;

/** By name, without packages that were dropped from the bundle completely. */
export function bundledPackages({ outputs }: Metafile): BundledPackage[] {
	const bytes = new Map<string, number>();
	for (const { inputs } of Object.values(outputs)) {
		for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
			const folder = folderOf.exec(path)?.[0];
			if (folder && bytesInOutput > 0) bytes.set(folder, (bytes.get(folder) ?? 0) + bytesInOutput);
		}
	}
	return [...bytes]
		.map(([folder, sum]) => ({ ...packageAt(folder), bytes: sum }))
		.toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The text of a package's licence; some packages only name it. */
function licenceText({ folder, licence }: BundledPackage): string {
	const file = readdirSync(join(root, folder)).find(name => /^(licen[cs]e|copying)/i.test(name));
	return file ? readFileSync(join(root, folder, file), 'utf8').trim() : `${licence}, without a text of its own`;
}

/** The licences of the bundled packages, which must accompany their code. */
export function licencesText(packages: readonly BundledPackage[]): string {
	const byText = Map.groupBy(packages, licenceText);
	const parts = [...byText].map(([text, those]) => {
		const names = new Set(those.map(({ name, version }) => `${name} ${version}`));
		return `${[...names].join(', ')}\n\n${text}\n`;
	});
	return ['Parts of laketop are these packages, under the licences that follow their names.\n', ...parts].join(
		`\n${'-'.repeat(80)}\n\n`,
	);
}

/** Puts `licences.txt` beside the bundle. */
export const licences: Plugin = {
	name: 'licences',
	setup(build) {
		build.onEnd(({ metafile, outputFiles }) => {
			if (!metafile || !outputFiles || !build.initialOptions.outdir) return;
			const text = licencesText(bundledPackages(metafile));
			outputFiles.push({
				path: join(build.initialOptions.outdir, 'licences.txt'),
				contents: new TextEncoder().encode(text),
				hash: '',
				text,
			});
		});
	},
};
