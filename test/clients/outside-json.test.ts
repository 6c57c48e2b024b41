import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JsonTooLarge, parseOutsideJson } from '../../source/clients/outside-json.ts';
import { runLaketop } from '../commands/harness.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('what servers answer is read as JSON.parse reads it, brackets within strings too', () => {
	const text = JSON.stringify({ text: `\\"${'['.repeat(5000)}`, end: '\\', list: [[], {}, [{ a: ['}'] }]] });
	expect(parseOutsideJson(text)).toEqual(JSON.parse(text));
	expect(parseOutsideJson(nested(1000))).toEqual(JSON.parse(nested(1000)));
	const page = JSON.stringify(Array.from({ length: 300_000 }, () => ({})));
	expect(parseOutsideJson(page)).toHaveLength(300_000);
	expect(() => parseOutsideJson('[1')).toThrow(SyntaxError);
	expect(() => parseOutsideJson(`["${'x'.repeat(2000)}`)).toThrow(SyntaxError);
});

describe.each([
	['nested deeper than 1000 levels', nested(5_000_000)],
	['more than 400000 lists and objects', `[${Array.from({ length: 10_000 }, () => nested(500)).join(',')}]`],
])('10 MB of brackets, %s', (words, body) => {
	test('are refused before anything is built of them', () => {
		const before = process.memoryUsage().heapUsed;
		expect(() => parseOutsideJson(body)).toThrow(JsonTooLarge);
		// Reading them took 700 MB.
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
	});

	let url = '';
	const server = createServer(({ url: path }, answer) =>
		answer.writeHead(200, { 'content-type': 'application/json' }).end(path === '/version' ? '2.9.2' : body),
	);
	beforeAll(async () => {
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	test.each([
		['metrics', 'MLflow'],
		['dags', 'Airflow'],
	])('laketop %s: one line says so of %s', async (command, title) => {
		const addresses = ['--airflow-url', `http://${url}`, '--mlflow-url', `http://${url}`];
		const ran = await runLaketop([command, ...addresses]);
		expect(ran.exitCode).not.toBe(0);
		expect(ran.stderr.trim().split('\n')).toHaveLength(1);
		expect(ran.stderr).toContain(title);
		expect(ran.stderr).toContain(words);
	});
});
