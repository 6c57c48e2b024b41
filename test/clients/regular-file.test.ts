import { execFileSync } from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	closeSync,
	mkdtempSync,
	openSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionsIn } from '../../source/clients/airflow/kept-sessions.ts';
import { headOfFile, openRegularFile, readRegularFile } from '../../source/clients/regular-file.ts';
import { readConfigFile } from '../../source/config/config-file.ts';
import { fileAudit } from '../../source/operations/plan/audit.ts';
import { english } from '../english.ts';

let folder: string;
let pipe: string;
let huge: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
	pipe = join(folder, 'pipe');
	execFileSync('mkfifo', ['-m', '600', pipe]);
	// Ten gigabytes that take no room.
	huge = join(folder, 'huge');
	closeSync(openSync(huge, 'w'));
	truncateSync(huge, 10_000_000_000);
});
afterAll(() => rmSync(folder, { recursive: true }));

const others = [
	['a named pipe', () => pipe, 'it is a named pipe, not a regular file'],
	['an endless device', () => '/dev/zero', 'it is a device, not a regular file'],
	['a folder', () => folder, 'it is a directory, not a regular file'],
	['ten gigabytes', () => huge, 'it is larger than 1 MB'],
] as const;

test.each(others)('%s in place of a file is named at once', async (_, path, words) => {
	expect(() => readRegularFile(path())).toThrow(words);
	const configWords = words.replace('1 MB', '32 kB');
	await expect(readConfigFile(path())).rejects.toThrow(`${path()}: cannot be read (${configWords})`);
	if (path() !== huge) {
		await expect(openRegularFile(path())).rejects.toThrow(words);
		await expect(headOfFile(path(), 10)).rejects.toThrow(words);
	}
});

test('no file at all keeps its code', () => {
	expect(() => readRegularFile(join(folder, 'absent'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test('files without a size are read, and of a long one the end, from the beginning of a line', () => {
	expect(readRegularFile('/proc/self/status')).toContain('Pid:');
	const path = join(folder, 'lines');
	writeFileSync(path, '');
	for (let line = 0; line < 100; line++) appendFileSync(path, `line ${line}\n`);
	expect(readRegularFile(path, { limitBytes: 20, fromEnd: true })).toBe('line 98\nline 99\n');
	expect(readRegularFile(path, { limitBytes: 2000, fromEnd: true })).toMatch(/^line 0\n/);
	expect(() => readRegularFile(path, { limitBytes: 20 })).toThrow('larger than');
});

test('the record of actions and the kept sessions wait for no pipe', () => {
	chmodSync(pipe, 0o600);
	const entry = {
		at: '',
		user: '',
		by: 'screen' as const,
		project: null,
		action: '',
		targets: [],
		event: 'started' as const,
		message: '',
	};
	const problem = (path: string) => english(fileAudit(path)(entry));
	expect(problem(pipe)).toMatch(/pipe: (ENXIO|it is a named pipe)/);
	expect(problem('/dev/null')).toMatch(/it is a device/);
	expect(sessionsIn(pipe)).toBeDefined();
});
