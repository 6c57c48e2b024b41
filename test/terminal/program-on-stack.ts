import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { type OpenTerminal, offendingSequences, openTerminal, type TerminalOptions } from './harness.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');

let demo: DemoStack | undefined;
let terminal: OpenTerminal | undefined;
afterEach(async () => {
	await terminal?.dispose();
	await demo?.close();
	terminal = undefined;
	demo = undefined;
});

/** A stack on which only the test makes anything happen; closed after it. */
export async function stack(): Promise<DemoStack> {
	demo = await startDemo({ autonomous: false });
	return demo;
}

/** The built program on that stack; ended after the test. */
export async function open(
	on: DemoStack,
	more: readonly string[] = [],
	env: Readonly<Record<string, string>> = {},
	options: Partial<TerminalOptions> = {},
): Promise<OpenTerminal> {
	const addresses = ['--docker-host', on.dockerHost, '--airflow-url', on.airflowUrl, '--mlflow-url', on.mlflowUrl];
	terminal = await openTerminal({
		command: process.execPath,
		args: [program, ...addresses, ...more],
		cols: 120,
		rows: 40,
		cwd: '/',
		// The user's own configuration file must not get in.
		env: { XDG_CONFIG_HOME: '/nonexistent', ...env },
		...options,
	});
	return terminal;
}

/** In the header, once all three servers have responded. */
export const allLive = /docker [\d.]+ ✔ +airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/;

/** A new stack, and the program on it once all three servers have responded. */
export async function live(
	more: readonly string[] = [],
	env: Readonly<Record<string, string>> = {},
	options: Partial<TerminalOptions> = {},
): Promise<{ on: DemoStack; term: OpenTerminal }> {
	const on = await stack();
	const term = await open(on, more, env, options);
	await term.waitFor(allLive);
	return { on, term };
}

/** Everything that a terminal would act on, except for the query of how wide it draws. */
export const hostileSequences = (raw: Buffer) => offendingSequences(raw).filter(one => !/\[6n|\]11;\?/.test(one));
