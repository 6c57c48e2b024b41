import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTerminal } from './harness.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');

/** Records for each write that draws whether the terminal echoes typed text at that time. */
const spy = `
import { appendFileSync } from 'node:fs';
const write = process.stdout.write.bind(process.stdout);
let isDrawing = false;
process.stdout.write = (...args) => {
	isDrawing ||= String(args[0]).includes('\\u001B[?1049h');
	if (isDrawing) appendFileSync(process.env.SPY_LOG, process.stdin.isRaw ? 'raw\\n' : 'echoes\\n');
	return write(...args);
};
`;

test('nothing is drawn while the terminal still echoes what is typed', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-raw-'));
	const log = join(folder, 'log');
	const module = join(folder, 'spy.mjs');
	writeFileSync(module, spy);
	const term = await openTerminal({
		command: process.execPath,
		args: ['--import', module, program, '--demo'],
		cols: 100,
		rows: 30,
		cwd: '/',
		env: { XDG_CONFIG_HOME: '/nonexistent', SPY_LOG: log },
	});
	try {
		await term.waitFor(/airflow-redis/);
		const noted = readFileSync(log, 'utf8').trim().split('\n');
		expect(noted.length).toBeGreaterThan(1);
		expect(noted).not.toContain('echoes');
	} finally {
		await term.dispose();
		rmSync(folder, { recursive: true, force: true });
	}
});
