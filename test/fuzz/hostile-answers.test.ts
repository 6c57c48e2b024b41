import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { runLaketop } from '../commands/harness.ts';
import { offendingSequences } from '../terminal/allowed-sequences.ts';

/** What is put into each text of each answer; printed where a run fails. */
const seed = Number(process.env.LAKETOP_FUZZ_SEED ?? Date.now() % 2 ** 31);
const parts = fc.sample(
	fc
		.array(
			fc.constantFrom(
				...['\x1b[2J', '\x1b]52;c;ZXZpbA==\x07', '\x1bP1q\x1b\\', '\x9b31m', '\x9d0;t\x9c', '\x1b', '\x07', '\b'],
				...['\u202e', '\u2066', '\u200b', '\ufeff', '\u{e0041}', '\u0300', '\r', '\n', '\t', '\0', '\x7f', '[31m'],
			),
			{ minLength: 1, maxLength: 6 },
		)
		.map(all => all.join('')),
	{ seed, numRuns: 50 },
);

/** Words that the program acts upon, and times: an answer with others is another answer. */
const kept =
	/^(?:id|Id|ID|ImageID|state|status|type|Type|class_name|health|Status|State|IP|.*(?:_date|_at|_time|heartbeat|after|when|timestamp|version|Version|current_stage|value|content))$/;

function spoiled(value: unknown, name = '', count = { of: 0 }): unknown {
	if (typeof value === 'string') {
		if (kept.test(name) || value === '') return value;
		return `${value}${parts[count.of++ % parts.length]}`;
	}
	if (Array.isArray(value)) return value.map(one => spoiled(one, name, count));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([field, one]) => [field, field === 'Labels' ? one : spoiled(one, field, count)]),
	);
}

/** What our client sends, without what was put into it. */
function restored(text: string): string {
	return parts.toSorted((a, b) => b.length - a.length).reduce((rest, part) => rest.replaceAll(part, ''), text);
}

const servers: Server[] = [];
let demo: DemoStack;
let addresses: string[] = [];

/** Passes everything on and spoils each text of each JSON answer. */
async function spoiling(target: { socketPath: string } | { port: string }): Promise<number> {
	const server = createServer((asked, answer) => {
		const body: Buffer[] = [];
		asked.on('data', chunk => body.push(chunk));
		asked.on('end', () => {
			const path = restored(decodeURIComponent(asked.url ?? '/').toWellFormed());
			const sent = restored(Buffer.concat(body).toString());
			const headers = { ...asked.headers, 'content-length': String(Buffer.byteLength(sent)) };
			const options = { ...target, method: asked.method, path: encodeURI(path), headers };
			const onward = request(options, got => {
				const streams = /events|\/logs|stats/.test(path);
				if (streams || !/json/.test(got.headers['content-type'] ?? '')) {
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
					answer.end(JSON.stringify(spoiled(JSON.parse(Buffer.concat(chunks).toString() || 'null'))));
				});
			});
			onward.on('error', () => answer.destroy());
			asked.on('close', () => asked.complete || onward.destroy());
			onward.end(sent);
		});
	});
	servers.push(server);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
	const web = async (url: string) => `http://127.0.0.1:${await spoiling({ port: new URL(url).port })}`;
	addresses = [
		...['--docker-host', `tcp://127.0.0.1:${await spoiling({ socketPath: demo.dockerHost.slice('unix://'.length) })}`],
		...['--airflow-url', await web(demo.airflowUrl), '--mlflow-url', await web(demo.mlflowUrl)],
	];
});
afterAll(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	await demo.close();
});

const commands = ['status', 'services', 'dags', 'runs', 'tasks', 'models', 'metrics', 'df', 'doctor', 'inspect mlflow'];

test.each(commands.flatMap(command => [command, `${command} --json`]))(
	'laketop %s writes no control sequence that a server sent',
	async command => {
		const ran = await runLaketop([...command.split(' '), ...addresses], { columns: 120 });
		const written = ran.stdout + ran.stderr;
		expect(offendingSequences(written), `seed ${seed}`).toEqual([]);
		expect(written, `seed ${seed}`).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
		// It was read, and not refused as a whole.
		if (command.endsWith('--json')) expect(JSON.parse(ran.stdout), `seed ${seed}`).toBeTypeOf('object');
		expect(ran.stdout.length, `seed ${seed}: ${ran.stderr}`).toBeGreaterThan(20);
	},
	60_000,
);
