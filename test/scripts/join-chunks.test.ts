import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { joinedChunks } from '../../scripts/join-chunks.ts';
import { writeBundle } from '../../scripts/write-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'laketop-join-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const say = (what: string) => `(globalThis.said ??= []).push(${JSON.stringify(what)});`;

/** A program with a screen and two commands, which share code in several ways. */
const files: Record<string, string> = {
	'source/cli.ts': `
		import { tell } from './words.ts';
		const main = async () => {
			const word = process.argv[2];
			const { parse } = await import('./commands/parse.ts');
			parse();
			if (word === 'help') (await import('./commands/help.ts')).default();
			else if (word === 'status') (await import('./commands/status.ts')).run();
			else (await (await import('./screen.ts')).open());
			tell(globalThis.said.join(' '));
		};
		main();`,
	'source/words.ts': `${say('words')} export const tell = (text: string) => console.log(text);`,
	'source/commands/parse.ts': `import { name } from '../options.ts'; ${say('parse')} export const parse = () => { ${say('parsed')} return name(); };`,
	// Names that also occur elsewhere, and a module that is loaded for its side effect only.
	'source/options.ts': `import './effect.ts'; ${say('options')} const text = 'option'; export const name = () => text;`,
	'source/effect.ts': say('effect'),
	'source/client.ts': `import { name as option } from './options.ts'; ${say('client')} const text = 'client'; export const name = () => text + option(); export let asked = 0; export const ask = () => { asked++; };`,
	'source/commands/help.ts': `import { name } from '../options.ts'; ${say('help')} export default function () { ${say('helped')} globalThis.said.push(name()); }`,
	'source/commands/status.ts': `import { ask, asked, name } from '../client.ts'; ${say('status')} export const run = () => { ask(); globalThis.said.push(name() + asked); };`,
	'source/screen.ts': `
		import { ask, asked, name } from './client.ts'; import { text } from './drawing.ts'; ${say('screen')}
		export const open = async () => {
			ask();
			const pane = await import('./pane.ts');
			globalThis.said.push(name() + asked + text + pane.text + Object.keys(pane).join());
			(await import('./dialog.ts')).ask();
		};`,
	'source/drawing.ts': `${say('drawing')} export const text = 'drawn';`,
	'source/pane.ts': `import { text as drawn } from './drawing.ts'; ${say('pane')} export const text = 'pane' + drawn; export const asked = null;`,
	'source/dialog.ts': `import { asked } from './client.ts'; import { text } from './pane.ts'; export const ask = () => { globalThis.said.push('dialog' + asked + text); };`,
};
for (const [path, text] of Object.entries(files)) {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), text);
}

const banner = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

async function built(name: string, isJoined: boolean): Promise<{ outdir: string; count: number }> {
	const outdir = join(folder, name);
	const stages = [['source/cli.ts'], ['source/commands/parse.ts'], ['source/screen.ts'], ['source/pane.ts']];
	const { outputFiles } = await build({
		absWorkingDir: folder,
		entryPoints: { cli: join(folder, 'source/cli.ts') },
		outdir,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		chunkNames: 'chunks/[name]-[hash]',
		minifySyntax: true,
		minifyWhitespace: true,
		metafile: true,
		write: false,
		banner: { js: banner },
		plugins: isJoined ? [joinedChunks(stages, banner, folder)] : [],
	});
	await writeBundle(outputFiles, outdir);
	writeFileSync(join(outdir, 'package.json'), '{"type":"module"}');
	return { outdir, count: outputFiles.length };
}

test.each(['help', 'status', 'screen'])('%s does the same, in the same order, in fewer files', async word => {
	const apart = await built('apart', false);
	const joined = await built('joined', true);
	const run = (outdir: string) =>
		execFileSync(process.execPath, [join(outdir, 'cli.js'), word], { encoding: 'utf8' })
			.trim()
			.split(' ');
	expect(run(joined.outdir)).toEqual(run(apart.outdir));
	expect(joined.count).toBeLessThan(apart.count);
});

test('a stage that is not loaded by import() fails the build', async () => {
	await expect(
		build({
			absWorkingDir: folder,
			entryPoints: { cli: join(folder, 'source/cli.ts') },
			outdir: join(folder, 'wrong'),
			bundle: true,
			splitting: true,
			format: 'esm',
			platform: 'node',
			metafile: true,
			write: false,
			logLevel: 'silent',
			plugins: [joinedChunks([['source/cli.ts'], ['source/drawing.ts']], '', folder)],
		}),
	).rejects.toThrow('source/drawing.ts');
});
