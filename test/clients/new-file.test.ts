import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeNewFile } from '../../source/clients/new-file.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-new-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a new file has the whole text, and nothing else stays in the folder', () => {
	writeNewFile(join(folder, 'report.html'), 'text', false);
	expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe('text');
	expect(readdirSync(folder)).toEqual(['report.html']);
});

test('an existing file stays as it is, unless it is to be replaced', () => {
	const file = join(folder, 'report.html');
	writeFileSync(file, 'before');
	expect(() => writeNewFile(file, 'after', false)).toThrow('it already exists');
	expect(readFileSync(file, 'utf8')).toBe('before');
	writeNewFile(file, 'after', true);
	expect(readFileSync(file, 'utf8')).toBe('after');
	expect(readdirSync(folder)).toEqual(['report.html']);
});

test('the file behind a symbolic link is replaced, not the link', () => {
	const [file, link] = [join(folder, 'file'), join(folder, 'link')];
	writeFileSync(file, 'before');
	symlinkSync(file, link);
	writeNewFile(link, 'after', true);
	expect(readFileSync(file, 'utf8')).toBe('after');
});

test('a directory and a device are refused, also with force', () => {
	mkdirSync(join(folder, 'there'));
	expect(() => writeNewFile(join(folder, 'there'), '', true)).toThrow('it is a directory, not a regular file');
	expect(() => writeNewFile('/dev/null', '', true)).toThrow('it is a device, not a regular file');
	expect(() => writeNewFile(join(folder, 'nowhere', 'file'), '', false)).toThrow('ENOENT');
});
