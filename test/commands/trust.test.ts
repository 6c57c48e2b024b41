import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runLaketop } from './harness.ts';

let folder = '';
let path = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-trust-'));
	path = join(folder, 'laketop.yaml');
	writeFileSync(path, 'notify:\n  command: "true \\x1b[2J"\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const trust = (words: readonly string[], input?: string) =>
	runLaketop(['trust', ...words], {
		environment: { XDG_DATA_HOME: join(folder, 'data') },
		...(input === undefined ? {} : { input }),
	});

test('trust shows what the file would do, and asks where somebody can answer', async () => {
	const asked = await trust([path]);
	expect(asked).toMatchObject({ exitCode: 4, stdout: '' });
	expect(asked.stderr).toContain(`${path}:2: notify.command: runs this command`);
	expect(asked.stderr).toContain('Pass --yes to confirm');
	expect(asked.stderr).not.toContain('\x1b');
	expect((await trust(['--list'])).stdout).toBe('No file is trusted\n');
});

test('what is trusted is listed until the trust is removed', async () => {
	expect((await trust([path, '--yes'])).stderr).toContain(`${path} is trusted until it changes`);
	expect((await trust([path])).stderr).toContain('trusted already');
	expect((await trust(['--list'])).stdout).toBe(`trusted  ${path}\n`);
	writeFileSync(path, 'theme: mono\n');
	expect((await trust(['--list'])).stdout).toBe(`changed  ${path}\n`);
	expect((await trust([path, '--remove'])).stderr).toContain('is no longer trusted');
	expect((await trust(['--list'])).stdout).toBe('No file is trusted\n');
});
