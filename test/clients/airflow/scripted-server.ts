import { createServer, type IncomingMessage } from 'node:http';
import { afterEach } from 'vitest';

export type Asked = {
	readonly line: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
};
export type Scripted = readonly [status: number, body: unknown];

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

/** Closed with the test. */
export function closeLater<Closable extends { close(): Promise<void> }>(one: Closable): Closable {
	closing.unshift(() => one.close());
	return one;
}

/**
 * A server that responds to requests (`GET /path?query`) by a function, with FastAPI's 404 if it returns undefined, and
 * records the requests.
 */
export async function scriptedServer(
	answer: (asked: Asked) => Scripted | undefined,
): Promise<{ url: string; asked: Asked[] }> {
	const asked: Asked[] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const piece of request) body += piece;
		const one = { line: `${request.method} ${request.url}`, headers: request.headers, body };
		asked.push(one);
		const [status, given] = answer(one) ?? [404, { detail: 'Not Found' }];
		response.writeHead(status, { 'content-type': typeof given === 'string' ? 'text/html' : 'application/json' });
		response.end(typeof given === 'string' ? given : JSON.stringify(given));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	closing.push(async () => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, asked };
}

/** A token as from both auth managers of Airflow 3, except for its signature; `issuedAt` is in s since the epoch. */
export function tokenOf(lifeSeconds: number, name = 'admin', issuedAt = 1_795_000_000): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const claims = {
		sub: name,
		role: 'admin',
		aud: 'apache-airflow',
		iat: issuedAt,
		exp: issuedAt + lifeSeconds,
	};
	return `${part({ alg: 'HS512', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}
