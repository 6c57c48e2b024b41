import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { runLaketop } from './harness.ts';

/** Airflow behind a proxy that redirects everybody to a login page. */
let demo: DemoStack;
let airflowUrl = '';
const changes: string[] = [];
const server = createServer((request, response) => {
	if (request.method !== 'GET') changes.push(request.url ?? '');
	response.writeHead(302, { location: 'https://sso.example/login?state=sesame' }).end();
});
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	airflowUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.close();
	await demo.close();
});

test.each([
	['trigger', '--yes'],
	['pause', 'ml_pipeline_end_to_end', '--yes'],
	['unpause', 'ml_pipeline_end_to_end', '--yes'],
	['clear', '--run', 'newest', '--yes'],
	['mark', '--state', 'failed', '--run', 'newest', '--yes'],
	['reparse', '--yes'],
	['dags'],
	['runs'],
])('%s names where Airflow redirects, and what to set', { timeout: 60_000 }, async (...words) => {
	const ran = await runLaketop([...words, '--docker-host', demo.dockerHost, '--airflow-url', airflowUrl]);
	expect(ran.exitCode).not.toBe(0);
	expect(ran.stderr).toContain(
		`Airflow at ${airflowUrl} redirects to https://sso.example/login (302); redirects are not followed`,
	);
	expect(ran.stderr).toContain('Set --airflow-url (airflow.url)');
	expect(ran.stderr).not.toMatch(/sesame|not answered yet/);
	expect(changes).toEqual([]);
});
