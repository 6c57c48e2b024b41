import { execFile, execFileSync } from 'node:child_process';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acknowledgementsIn, acknowledgementsPath } from '../../source/clients/acknowledgement-file.ts';
import type { Acknowledgement, AcknowledgementsProblem } from '../../source/model/acknowledgement.ts';

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-ack-'));
	path = join(folder, 'state', 'acknowledgements.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stack = { engine: 'unix:///a', project: 'mlops' };
const now = 1_800_000_000_000;
const of = (findingId: string, more: Partial<Acknowledgement> = {}): Acknowledgement => ({
	findingId,
	note: 'known',
	by: 'me',
	acknowledgedAt: now,
	until: null,
	...more,
});
const store = () => acknowledgementsIn({ path, isShared: false });
const ids = () =>
	store()
		.read(stack)
		.acknowledgements.map(({ findingId }) => findingId);
/** A file with this in it, as private as laketop makes it. */
const found = (text: string) => {
	mkdirSync(join(folder, 'state'), { recursive: true });
	writeFileSync(path, text, { mode: 0o600 });
};

test('what one laketop keeps the next one reads, of this stack only; nobody else may read the file', async () => {
	expect(store().read(stack)).toEqual({ acknowledgements: [], problem: null });
	expect(await store().add(stack, of('a', { until: now + 1 }))).toBeNull();
	expect(await store().add({ ...stack, project: 'other' }, of('b'))).toBeNull();
	expect(await store().add({ ...stack, engine: 'ssh://far' }, of('c'))).toBeNull();
	expect(store().read(stack).acknowledgements).toEqual([of('a', { until: now + 1 })]);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	await store().add(stack, of('a', { note: 'again' }));
	expect(store().read(stack).acknowledgements).toEqual([of('a', { note: 'again' })]);
	await store().end(stack, 'a', 'removed', now);
	expect(ids()).toEqual([]);
});

test('many writers at once: none loses what another wrote', async () => {
	const writers = Array.from({ length: 40 }, (_, index) => store().add(stack, of(`finding ${index}`)));
	expect(await Promise.all(writers)).toEqual(writers.map(() => null));
	expect(ids()).toHaveLength(40);
	expect(store().read(stack).problem).toBeNull();
});

test('garbled lines: one line says so, the rest is read, nothing is lost', async () => {
	await store().add(stack, of('a'));
	appendFileSync(path, 'garbage\n{"engine":1}\n[]\nnull\n{"cut": ');
	expect(await store().add(stack, of('b'))).toBeNull();
	expect(ids()).toEqual(['a', 'b']);
	expect(store().read(stack).problem).toEqual({ code: 'garbled', path, lines: 5, detail: null });
	for (let index = 0; index < 600; index++) await store().add(stack, of('c', { note: 'x'.repeat(100) }));
	expect(statSync(path).size).toBeLessThan(80_000);
	expect(readFileSync(path, 'utf8')).toMatch(/^garbage\n/);
	expect(ids().toSorted()).toEqual(['a', 'b', 'c']);
});

test('what stands in the file cannot act on the terminal', () => {
	const hostile = {
		...stack,
		finding: 'a',
		event: 'acknowledged',
		note: '\u001B]0;x\u0007\nrow',
		by: '\u001B[31m',
		at: now,
		until: null,
	};
	found(`${JSON.stringify(hostile)}\n`);
	expect(
		JSON.stringify(
			store()
				.read(stack)
				.acknowledgements.map(({ note, by }) => note + by),
		),
	).not.toMatch(/\\u00|\\n/);
});

test.each<[string, () => void, AcknowledgementsProblem['code']]>([
	['too large', () => found('x'.repeat(1024 * 1024 + 1)), 'too large'],
	[
		'writable by others',
		() => {
			found('');
			execFileSync('chmod', ['666', path]);
		},
		'others may write',
	],
	[
		'a link',
		() => {
			mkdirSync(join(folder, 'state'));
			symlinkSync('/etc/passwd', path);
		},
		'unreadable',
	],
	[
		'a pipe',
		() => {
			mkdirSync(join(folder, 'state'));
			execFileSync('mkfifo', [path]);
		},
		'not a file',
	],
	['a folder', () => mkdirSync(path, { recursive: true }), 'not a file'],
])('a file that is %s is neither read nor added to', async (_what, make, code) => {
	make();
	expect(store().read(stack)).toEqual({ acknowledgements: [], problem: expect.objectContaining({ code, path }) });
	expect(await store().add(stack, of('a'))).toMatchObject({ code, path });
});

test('a lock that a dead process left is taken over', async () => {
	await store().add(stack, of('first'));
	symlinkSync(String(Date.now() - 60_000), `${path}.lock`);
	expect(await store().add(stack, of('a'))).toBeNull();
	expect(existsSync(`${path}.lock`)).toBe(false);
});

test('a lock that is held is waited for, whatever the clock of the file system says', async () => {
	expect(await store().add(stack, of('first'))).toBeNull();
	// Not stale, however long a busy machine takes for this test.
	symlinkSync(String(Date.now() + 60_000), `${path}.lock`);
	execFileSync('touch', ['-h', '-d', '1 hour ago', `${path}.lock`]);
	expect(await store().add(stack, of('a'))).toMatchObject({ code: 'locked', path: `${path}.lock` });
});

test('a lock that changes hands is waited for longer than one that stays with its holder', async () => {
	await store().add(stack, of('first'));
	const hold = (holder: number) => {
		rmSync(`${path}.lock`, { force: true });
		symlinkSync(`${Date.now() + 60_000} ${holder}`, `${path}.lock`);
	};
	hold(0);
	let waitedMs = 0;
	// Each holder keeps it for half of the patience, and there are ten of them.
	const sleep = async (ms: number) => {
		waitedMs += ms;
		if (waitedMs >= 1000) rmSync(`${path}.lock`, { force: true });
		else if (waitedMs % 100 === 0) hold(waitedMs);
	};
	const patient = acknowledgementsIn({ path, isShared: false, patience: { waitMs: 200, sleep } });
	expect(await patient.add(stack, of('a'))).toBeNull();
	expect(waitedMs).toBe(1000);
});

test('the place: one for all users where it was made for that, else one of the own', () => {
	const environment = { XDG_STATE_HOME: '/state' };
	const own = { path: '/state/laketop/acknowledgements.jsonl', isShared: false };
	expect(acknowledgementsPath(environment, join(folder, 'absent'))).toEqual(own);
	expect(acknowledgementsPath(environment, folder)).toEqual({
		path: join(folder, 'acknowledgements.jsonl'),
		isShared: true,
	});
});

test('several processes at once, each rewriting a file that is too large: none loses what another wrote', async () => {
	// Over the size from which on each writer rewrites the file.
	for (let index = 0; index < 300; index++) await store().add(stack, of(`held ${index}`, { note: 'x'.repeat(150) }));
	expect(statSync(path).size).toBeGreaterThan(64 * 1024);
	const module = pathToFileURL(join(import.meta.dirname, '../../source/clients/acknowledgement-file.ts')).href;
	const script = `
		const { acknowledgementsIn } = await import(${JSON.stringify(module)});
		const [path, writer] = process.argv.slice(1);
		const store = acknowledgementsIn({ path, isShared: false });
		for (let index = 0; index < 8; index++) {
			const problem = await store.add(${JSON.stringify(stack)}, { ...${JSON.stringify(of(''))}, findingId: writer + ' ' + index });
			if (problem !== null) throw new Error(problem);
		}`;
	const writers = ['a', 'b', 'c', 'd'];
	const run = promisify(execFile);
	await Promise.all(writers.map(one => run(process.execPath, ['--input-type=module', '-e', script, path, one])));
	const written = writers.flatMap(one => Array.from({ length: 8 }, (_, index) => `${one} ${index}`));
	expect(
		ids()
			.filter(id => !id.startsWith('held'))
			.toSorted(),
	).toEqual(written.toSorted());
	expect(ids()).toHaveLength(300 + written.length);
});
