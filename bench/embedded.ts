/** The embedded stack (`source/demo`) as a stack to measure on: no container engine is needed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { atTheEnd } from './at-the-end.ts';
import type { Program, StartOptions } from './programs.ts';

const addressesShape = z.object({ dockerHost: z.string(), airflowUrl: z.string(), mlflowUrl: z.string() });

export type Embedded = z.infer<typeof addressesShape> & {
	/** How a program is started to watch it: laketop by its options, the others by the engine's usual variable. */
	startOptions(program: Program): StartOptions;
	stop(): void;
};

/** The only line that it prints; undefined if it ended without one. */
async function firstLine(server: ChildProcess): Promise<string | undefined> {
	if (server.stdout === null) return undefined;
	for await (const line of createInterface({ input: server.stdout })) return line;
	return undefined;
}

/**
 * Starts it; it ends with this process.
 *
 * @param args of embedded-server.ts
 * @throws if it does not start
 */
export async function startEmbedded(...args: string[]): Promise<Embedded> {
	const program = join(import.meta.dirname, 'embedded-server.ts');
	const server = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
	const stop = atTheEnd(() => server.kill());
	const line = await firstLine(server);
	if (line === undefined) throw new Error('the embedded servers did not start');
	const addresses = addressesShape.parse(JSON.parse(line));
	const { dockerHost, airflowUrl, mlflowUrl } = addresses;
	return {
		...addresses,
		startOptions: ({ watches }) =>
			watches === 'both'
				? { args: ['--docker-host', dockerHost, '--airflow-url', airflowUrl, '--mlflow-url', mlflowUrl] }
				: { dockerHost },
		stop,
	};
}
