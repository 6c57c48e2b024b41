import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';

/** A password that MLflow refuses: said to every caller, but sent seldom. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
	vi.restoreAllMocks();
	for (const close of closing.splice(0).reverse()) await close();
});

/** MLflow with basic-auth: the logins that it was asked with, and the one that it accepts. */
async function server(accepted: string) {
	const given = { logins: [] as string[], accepted };
	const listening = createServer(({ headers: { authorization = '' } }, response) => {
		const login = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
		given.logins.push(login);
		if (login === given.accepted) response.end('3.17.2');
		else response.writeHead(401, { 'www-authenticate': 'Basic realm="mlflow"' }).end('You are not authenticated.');
	}).listen(0, '127.0.0.1');
	await once(listening, 'listening');
	const address = listening.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	closing.push(() => listening.close());
	return { given, url: `http://127.0.0.1:${address.port}` };
}

test('a refused password is not sent again for 20 s, and then until it is accepted', async () => {
	const now = vi.spyOn(performance, 'now');
	now.mockReturnValue(1000);
	const { given, url } = await server('ops:right');
	const client = new MlflowClient(url, { username: 'ops', password: 'wrong' });
	closing.push(() => client.close());
	const refused = expect.objectContaining({
		failure: expect.objectContaining({ kind: 'unauthorised', httpStatus: 401 }),
		message: expect.stringContaining('rejects user ops: wrong name or password'),
	});
	await expect(client.version()).rejects.toEqual(refused);
	// Whatever it is asked for.
	await expect(client.version()).rejects.toEqual(refused);
	await expect(client.experimentNames()).rejects.toEqual(refused);
	now.mockReturnValue(20_999);
	await expect(client.version()).rejects.toEqual(refused);
	expect(given.logins).toEqual(['ops:wrong']);
	now.mockReturnValue(21_000);
	await expect(client.version()).rejects.toEqual(refused);
	expect(given.logins).toEqual(['ops:wrong', 'ops:wrong']);
	given.accepted = 'ops:wrong';
	now.mockReturnValue(41_000);
	expect(await client.version()).toBe('3.17.2');
	expect(await client.version()).toBe('3.17.2');
});

test('another password is tried at once: a command may print a new one', async () => {
	const { given, url } = await server('ops:new');
	const passwords = ['old', 'new'];
	const client = new MlflowClient(url, { username: 'ops', password: async () => passwords.shift() ?? '' });
	closing.push(() => client.close());
	await expect(client.version()).rejects.toMatchObject({ failure: { kind: 'unauthorised' } });
	expect(await client.version()).toBe('3.17.2');
	expect(given.logins).toEqual(['ops:old', 'ops:new']);
});

test('without a login every request is asked for itself: the server may do without one meanwhile', async () => {
	const { given, url } = await server('ops:right');
	const client = new MlflowClient(url);
	closing.push(() => client.close());
	await expect(client.version()).rejects.toMatchObject({ failure: { kind: 'unauthorised' } });
	await expect(client.version()).rejects.toMatchObject({ failure: { kind: 'unauthorised' } });
	expect(given.logins).toEqual(['', '']);
});
