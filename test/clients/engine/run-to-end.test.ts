import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type ExecSession, runToEnd } from '../../../source/clients/engine/docker-exec.ts';
import { failureOf } from '../../english.ts';

const never = new AbortController().signal;

test('a command that does not end is distinguished from one that the engine has not started', async () => {
	const stream = new PassThrough();
	const session: ExecSession = { stream, resize: async () => {}, exitCode: async () => null };
	const endless = runToEnd(
		async signal => {
			signal.addEventListener('abort', () => stream.destroy());
			return session;
		},
		'psql',
		50,
		never,
	);
	expect(failureOf(await endless.catch(error => error))).toMatchObject({
		kind: 'timeout',
		code: 'command-unfinished',
		message: 'psql in the container did not finish within 50ms',
	});
	const notStarted = runToEnd(
		signal => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
		'psql',
		50,
		never,
	);
	const failure = failureOf(await notStarted.catch(error => error));
	expect(failure).toMatchObject({
		kind: 'timeout',
		message: 'The engine did not start psql in the container within 50ms',
	});
	expect(failure.code).toBeUndefined();
});
