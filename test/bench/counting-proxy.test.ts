import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { countingProxy } from '../../bench/counting-proxy.ts';

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

test('requests reach the server under its own name, and are counted', async () => {
	const seen: string[] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		seen.push(`${request.method} ${request.url} ${request.headers.host} ${body}`);
		response.writeHead(201, { 'x-mark': 'yes' }).end('made');
	}).listen(0, '127.0.0.1');
	closing.push(() => server.close());
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const target = `127.0.0.1:${address.port}`;
	const proxy = await countingProxy(`http://${target}/team`);
	closing.push(() => proxy.close());
	expect(proxy.url).toMatch(/\/team$/);
	const answer = await fetch(`${proxy.url}/api?limit=1`, { method: 'POST', body: 'text' });
	expect([answer.status, answer.headers.get('x-mark'), await answer.text()]).toEqual([201, 'yes', 'made']);
	await (await fetch(`${proxy.url}/health`, { headers: { authorization: 'Basic b3BzOg==' } })).text();
	expect(seen).toEqual([`POST /team/api?limit=1 ${target} text`, `GET /team/health ${target} `]);
	expect([proxy.count(), proxy.logins()]).toEqual([2, 1]);
});

test('a server that is gone is no answer, and counts', async () => {
	const proxy = await countingProxy('http://127.0.0.1:9');
	closing.push(() => proxy.close());
	await expect(fetch(`${proxy.url}/health`)).rejects.toThrow();
	expect(proxy.count()).toBe(1);
});
