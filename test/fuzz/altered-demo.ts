import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DemoOptions, type DemoStack, startDemo } from '../../source/demo/index.ts';

export type Alteration = {
	/** What takes the place of a JSON answer; `path` is what was asked for. */
	readonly answer: (value: unknown, path: string) => unknown;
	/** What is passed on in place of a path or a body. */
	readonly request?: (text: string) => string;
};

export type AlteredDemo = {
	readonly demo: DemoStack;
	readonly dockerHost: string;
	readonly airflowUrl: string;
	readonly mlflowUrl: string;
	/** The options by which a command finds it. */
	readonly addresses: readonly string[];
	close(): Promise<void>;
};

/** A demo behind proxies that change every JSON answer of its three servers; streams pass as they are. */
export async function startAlteredDemo(alteration: Alteration, options: DemoOptions = {}): Promise<AlteredDemo> {
	const demo = await startDemo({ autonomous: false, ...options });
	const servers: Server[] = [];
	const behind = async (target: { socketPath: string } | { port: string }) => {
		const server = altering(target, alteration);
		servers.push(server);
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		return `127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	const dockerHost = `tcp://${await behind({ socketPath: demo.dockerHost.slice('unix://'.length) })}`;
	const airflowUrl = `http://${await behind({ port: new URL(demo.airflowUrl).port })}`;
	const mlflowUrl = `http://${await behind({ port: new URL(demo.mlflowUrl).port })}`;
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

function altering(target: { socketPath: string } | { port: string }, alteration: Alteration): Server {
	const passedOn = alteration.request ?? (text => text);
	return createServer((asked, answer) => {
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
}
