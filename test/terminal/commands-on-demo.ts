import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf } from '../commands/harness.ts';
import { fakedClock } from '../given/faked-clock.ts';
import { homes } from '../scratch-home.ts';
import { type OpenTerminal, openTerminal } from './harness.ts';

export const program = join(import.meta.dirname, '../../dist/cli.js');
export const environment = {
	...homes(),
	...fakedClock(),
	PATH: process.env.PATH,
	XDG_CONFIG_HOME: '/nonexistent',
	LANG: 'C.UTF-8',
};

/** A stack on which only the test makes anything happen; a new one for each test. */
export let demo: DemoStack;
let terminal: OpenTerminal | undefined;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
	await demo.close();
});

/** A command in a terminal; ended after the test. */
export async function open(words: string, cols = 100, rows = 40): Promise<OpenTerminal> {
	terminal = await openTerminal({
		command: process.execPath,
		args: [program, ...addressesOf(demo), ...words.split(' ')],
		cols,
		rows,
		cwd: '/',
		env: environment,
	});
	return terminal;
}

/** Runs it through a shell; asynchronous, because the demo serves from this process. */
export async function shell(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const command = `"${process.execPath}" "${program}"`;
	const run = spawn('bash', ['-c', line.replaceAll('laketop', command), 'bash', ...addressesOf(demo)], {
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const said = { stdout: '', stderr: '' };
	run.stdout.on('data', text => {
		said.stdout += text;
	});
	run.stderr.on('data', text => {
		said.stderr += text;
	});
	const [code] = await once(run, 'close');
	return { code, ...said };
}
