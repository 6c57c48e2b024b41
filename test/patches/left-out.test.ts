import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { noDevtools } from '../../patches/ink/no-devtools.ts';
import { noLicenceNames } from '../../patches/meow/no-licence-names.ts';
import { bundleOptions } from '../../scripts/bundle.ts';
import { loadedWith, outputOf } from '../../scripts/loaded-with.ts';
import { edited } from './edited.ts';

const built = build(bundleOptions());

test('the patches take it out', () => {
	expect(edited(noLicenceNames, 'build/dependencies.js')).toContain('var normalizeExports = () => undefined;');
	expect(edited(noDevtools, 'build/reconciler.js')).not.toMatch(/process\.env|await import\('\.\/devtools/);
});

test('nothing that is bundled imports node:http into an ES module, nor HTTP/2, docker-modem, yoga, licences', async () => {
	const { outputFiles, metafile } = await built;
	const text = outputFiles.map(file => file.text).join('\n');
	expect(text).not.toMatch(/from\s*["'](node:)?http["']/);
	expect(text).not.toContain('require("node:http2")');
	// Deprecated; Node says so over the screen.
	expect(text).not.toMatch(/url\.(parse|resolve|format)\(/);
	const inputs = Object.values(metafile.outputs).flatMap(output => Object.keys(output.inputs));
	expect(inputs.filter(path => /docker-modem\/lib|yoga-layout\/dist\/(binaries|src\/load)/.test(path))).toEqual([]);
	expect(text).not.toContain('AFL-1.1');
});

test('the table of commands loads their rows, and the code of none', async () => {
	const { metafile } = await build(bundleOptions({ joined: false }));
	const loaded = loadedWith(metafile.outputs, [outputOf(metafile.outputs, 'source/commands/table.ts')]);
	const inputs = loaded.flatMap(chunk => Object.keys(metafile.outputs[chunk]?.inputs ?? {}));
	expect(inputs.filter(path => /commands\/\w+\/row\.ts$/.test(path)).length).toBeGreaterThan(25);
	const rowsAlone =
		/^source\/(commands\/([\w-]+\/row|table)|command-line\/rows\/(command|shared-options)|model\/(logs\/log-level|text\/own-value|settings\/list-limits))\.ts$/;
	expect(inputs.filter(path => path.startsWith('source/') && !rowsAlone.test(path))).toEqual([]);
});
