import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type DemoOptions, type DemoStack, startDemo } from '../../source/demo/index.ts';

export type Alteration = {
	/** Replaces a JSON response; `path` is the requested path. */
	readonly answer: (value: unknown, path: string) => unknown;
	/** Replaces a path or a body. */
	readonly request?: (text: string) => string;
};

export type AlteredDemo = {
	readonly demo: DemoStack;
	readonly dockerHost: string;
	readonly airflowUrl: string;
	readonly mlflowUrl: string;
	/** The options with which a command finds it. */
	readonly addresses: readonly string[];
	close(): Promise<void>;
};

/** A demo behind proxies that change every JSON response of its three servers; streams pass unchanged. */
export async function startAlteredDemo(alteration: Alteration, options: DemoOptions = {}): Promise<AlteredDemo> {
	const demo = await startDemo({ autonomous: false, ...options });
	const servers: Server[] = [];
	const behind = async (target: Target) => {
		const server = altering(target, alteration);
		servers.push(server);
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		return `127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	const dockerHost = `tcp://${await behind({ socketPath: demo.dockerHost.slice('unix://'.length) })}`;
	const airflowUrl = `http://${await behind({ port: Number(new URL(demo.airflowUrl).port) })}`;
	const mlflowUrl = `http://${await behind({ port: Number(new URL(demo.mlflowUrl).port) })}`;
	return {
		demo,
		dockerHost,
		airflowUrl,
		mlflowUrl,
		addresses: ['--docker-host', dockerHost, '--airflow-url', airflowUrl, '--mlflow-url', mlflowUrl],
		async close() {
			for (const server of servers) {
				server.closeAllConnections();
				server.close();
			}
			await demo.close();
		},
	};
}

type Target = { readonly socketPath: string } | { readonly port: number };

function altering(target: Target, alteration: Alteration): Server {
	const passedOn = alteration.request ?? (text => text);
	const server = createServer((asked, answer) => {
		const body: Buffer[] = [];
		asked.on('data', chunk => body.push(chunk));
		asked.on('end', () => {
			const path = passedOn(decodeURIComponent(asked.url ?? '/').toWellFormed());
			const sent = passedOn(Buffer.concat(body).toString());
			const headers = { ...asked.headers, 'content-length': String(Buffer.byteLength(sent)) };
			const onward = request({ ...target, method: asked.method, path: encodeURI(path), headers }, got => {
				const isStream = /events|\/logs\?|stats/.test(path);
				if (isStream || !/json/.test(got.headers['content-type'] ?? '')) {
					answer.writeHead(got.statusCode ?? 500, got.headers);
					answer.flushHeaders();
					got.pipe(answer);
					return;
				}
				const chunks: Buffer[] = [];
				got.on('data', chunk => chunks.push(chunk));
				got.on('end', () => {
					const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = got.headers;
					answer.writeHead(got.statusCode ?? 500, rest);
					const value: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
					answer.end(JSON.stringify(alteration.answer(value, path)));
				});
			});
			onward.on('error', () => answer.destroy());
			asked.on('close', () => asked.complete || onward.destroy());
			onward.end(sent);
		});
	});
	// A command in a container takes over its connection: it passes unchanged, both ways.
	server.on('upgrade', (asked, near, head) => {
		const far = connect({ ...('port' in target ? target : { path: target.socketPath }), allowHalfOpen: true });
		const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
		for (let index = 0; index < asked.rawHeaders.length; index += 2)
			lines.push(`${asked.rawHeaders[index]}: ${asked.rawHeaders[index + 1]}`);
		far.write(`${lines.join('\r\n')}\r\n\r\n`);
		far.write(head);
		near.pipe(far).pipe(near);
		near.on('error', () => far.destroy());
		near.on('close', () => far.destroy());
		far.on('error', () => near.destroy());
	});
	return server;
}
