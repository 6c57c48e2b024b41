/** What is loaded until the first screen: each file and each megabyte of it is paid at every start. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { frameProblems, type OpenTerminal, openTerminal } from './harness.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');
const reporter = join(import.meta.dirname, 'fixtures/until-the-screen.ts');
const folder = mkdtempSync(join(tmpdir(), 'laketop-start-'));
const report = join(folder, 'loaded.json');
const reportSchema = z.object({ files: z.array(z.string()), modules: z.array(z.string()) });

/**
 * Measured 24 files, 2.754 MB. Room for new texts and panes, not for a package or a list that nobody sees at once: load
 * these with `import()` when they are needed. The meanings of options (14 kB) are here although no screen shows them:
 * an option is one row in one file.
 */
const mostFiles = 26;
const mostBytes = 2_760_000;

let demo: DemoStack;
let terminal: OpenTerminal;
let loaded: z.infer<typeof reportSchema>;

beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
	const addresses = [
		'--docker-host',
		demo.dockerHost,
		'--airflow-url',
		demo.airflowUrl,
		'--mlflow-url',
		demo.mlflowUrl,
	];
	terminal = await openTerminal({
		command: process.execPath,
		args: [`--import=${reporter}`, program, ...addresses],
		cols: 120,
		rows: 40,
		cwd: '/',
		env: { XDG_CONFIG_HOME: '/nonexistent', LOADED: report, NODE_COMPILE_CACHE: folder },
	});
	await terminal.waitFor(/airflow-worker/);
	const read: unknown = JSON.parse(readFileSync(report, 'utf8'));
	const { files, modules } = reportSchema.parse(read);
	// Its turn comes with the first answer of the engine, after the screen; on a busy host the screen waits longer for that.
	loaded = { files: files.filter(file => !basename(file).startsWith('undici-')), modules };
});
afterAll(async () => {
	await terminal.dispose();
	await demo.close();
	rmSync(folder, { recursive: true, force: true });
});

test('the first screen loads few files, and all of them joined', () => {
	const names = loaded.files.map(file => basename(file));
	expect(names).toContain('cli.js');
	// Another name: it is missing in `untilTheScreen` (scripts/bundle.ts).
	expect(names.filter(name => !/^(cli|(all|commands|screen)-\d+-\d+-[\dA-F]+)\.js$/.test(name))).toEqual([]);
	expect(names.length).toBeLessThanOrEqual(mostFiles);
});

test('the first screen loads few bytes', () => {
	const sizes = loaded.files.map(file => ({ name: basename(file), bytes: statSync(file).size }));
	const largest = sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
	const sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
	expect(sum, `the largest: ${largest.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`).toBeLessThan(
		mostBytes,
	);
});

test.each(['https', 'tls', 'zlib', 'http2', 'sqlite'])('the first screen does without node:%s', name => {
	expect(loaded.modules).toContain('NativeModule net');
	expect(loaded.modules).not.toContain(`NativeModule ${name}`);
});

test('the first frame is written without its blanks, which are most of it', () => {
	const written = terminal.raw().toString();
	const frame = written.slice(0, written.indexOf('\u001B[?2026l'));
	expect(frame).toContain('\u001B[?1049h');
	expect(frame).toContain('1 Services');
	// Those of the selected row, which has a background, are fewer.
	expect(frame.match(/ {40}/g) ?? []).toEqual([]);
	// Measured 3,100 to 3,400, with blanks 7,600.
	expect(Buffer.byteLength(frame)).toBeLessThan(4200);
	expect(frameProblems(terminal.screen(), 120)).toEqual([]);
});

test('a command takes from the compile cache what the screen left there', async () => {
	terminal.write('q');
	await terminal.exited;
	// Node says about each module whether V8 took its code (https://nodejs.org/api/module.html#module-compile-cache).
	const env = { ...process.env, NODE_COMPILE_CACHE: folder, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
	const words = ['services', '--docker-host', demo.dockerHost];
	const { stderr } = await promisify(execFile)(process.execPath, [program, ...words], { cwd: '/', env });
	expect(stderr.match(/was accepted/g)?.length).toBeGreaterThan(5);
	expect(stderr).not.toContain('was rejected');
});
