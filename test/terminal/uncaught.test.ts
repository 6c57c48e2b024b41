import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../dist/cli.js');
const thrown = "setTimeout(() => { throw new Error('thrown where no caller stands') }, 1500)";

test('an error that nobody caught ends a command with one line and exit code 1', () => {
	const ran = spawnSync(
		process.execPath,
		['--import', `data:text/javascript,${encodeURIComponent(thrown)}`, program, '--demo', 'logs', '-f', '--tail', '0'],
		{ encoding: 'utf8', timeout: 30_000, env: { ...process.env, LC_ALL: 'C.UTF-8', XDG_CONFIG_HOME: '/nonexistent' } },
	);
	expect(ran.stderr).toBe('laketop: thrown where no caller stands\n');
	expect(ran.status).toBe(1);
});
