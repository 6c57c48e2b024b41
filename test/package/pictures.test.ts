import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

const script = join(import.meta.dirname, '../../scripts/pictures.ts');
const files = ['dags.svg', 'dags-light.svg'];

/** Takes the picture of the list of DAGs into a folder of its own, and reads it. */
async function taken(): Promise<string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-pictures-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const env = { ...process.env, PICTURES_FOLDER: folder };
	const child = spawn(process.execPath, [script, 'dags'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.on('data', (piece: Buffer) => {
		said += piece;
	});
	const [status] = await once(child, 'close');
	expect([status, said]).toEqual([0, '']);
	return files.map(name => readFileSync(join(folder, name), 'utf8'));
}

test('a picture that is taken at two times is the same file, with the clock of neither', {
	timeout: 400_000,
}, async () => {
	const later = pause(3000).then(taken);
	const [first, second] = await Promise.all([taken(), later]);
	expect(first[0]).toContain('14:03');
	expect(second).toEqual(first);
});
