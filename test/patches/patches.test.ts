import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { patches } from '../../patches/all.ts';
import { PackageChanged } from '../../patches/patch.ts';
import { bundleOptions } from '../../scripts/bundle.ts';
import { root } from '../../scripts/root.ts';
import { edited } from './edited.ts';

const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = z
	.object({ devDependencies: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
	.parse(json('package.json'));
const installed = (name: string) =>
	z.object({ version: z.string() }).parse(json(`node_modules/${name}/package.json`)).version;

describe.each(patches)('$file', patch => {
	test('is where it says, in the folder of its package, with its header', () => {
		expect(existsSync(join(root, 'patches', patch.file))).toBe(true);
		expect(patch.file.startsWith(`${patch.package}/`)).toBe(true);
		expect(patch.reason).toMatch(/\.$/);
		expect(patch.figure).not.toBe('');
		if (patch.upstream !== undefined) expect(patch.upstream).toMatch(/^https:\/\/github\.com\/.+\/(issues|pull)\/\d+$/);
	});

	test('was written for the installed version, which package.json pins', () => {
		if (patch.package === 'node') expect(patch.version).toBe(manifest.engines.node);
		else {
			expect(manifest.devDependencies[patch.package]).toBe(patch.version);
			expect(installed(patch.package)).toBe(patch.version);
		}
	});

	test('finds what it changes, and refuses any other text', () => {
		for (const { file, change } of patch.edits ?? []) {
			const source = readFileSync(join(root, 'node_modules', patch.package, file), 'utf8');
			expect(edited(patch, file), file).not.toBe(source);
			expect(() => change('other'), file).toThrow(PackageChanged);
		}
	});
});

test('every patch has its place in the bundle', async () => {
	const { metafile } = await build(bundleOptions());
	const inputs = Object.keys(metafile.inputs);
	for (const patch of patches) {
		for (const { file } of patch.edits ?? []) expect(inputs).toContain(`node_modules/${patch.package}/${file}`);
		for (const [index, standIn] of (patch.standIns ?? []).entries()) {
			const path = 'path' in standIn ? standIn.path.replace(`${root}/`, '') : `${patch.file}:${index}:`;
			expect(
				inputs.some(input => input.startsWith(path)),
				path,
			).toBe(true);
		}
	}
	const known = new Set([...inputs, ...patches.map(({ file }) => `patches/${file}`)]);
	const files = readdirSync(join(root, 'patches'), { recursive: true, encoding: 'utf8' });
	const inFolders = files.filter(file => /^[^/]+\/.+\.ts$/.test(file)).map(file => `patches/${file}`);
	expect(
		inFolders.filter(file => !known.has(file)),
		'neither a patch nor part of the program',
	).toEqual([]);
});

describe('the tests run the packages that are shipped', () => {
	test('ES modules', async () => {
		const { PlainOutput } = await import('../../patches/ink/plain-output.ts');
		// Not exported by Ink.
		const { default: Output } = await import('../../node_modules/ink/build/output.js');
		expect(Output.name).toBe(PlainOutput.name);
		const { default: yoga } = await import('yoga-layout');
		expect(() => yoga.Node.create().setFlexGrow(1)).toThrow(/plain-layout/);
		expect(Object.keys(await import('undici')).filter(name => /^[A-Z]\w+$/.test(name))).toEqual(['Pool']);
		const { default: stringWidth } = await import('string-width');
		expect(stringWidth.name).toBe('fastStringWidth');
		expect(stringWidth('한글')).toBe(4);
	});

	test('CommonJS modules', async () => {
		const { default: Docker } = await import('dockerode');
		expect(() => new Docker()).toThrow('docker-modem is not part of laketop');
	});
});
