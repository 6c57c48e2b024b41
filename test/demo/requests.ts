import { type IncomingMessage, request } from 'node:http';
import type { DemoStack } from '../../source/demo/index.ts';

export type Answer = { status: number; headers: IncomingMessage['headers']; bytes: Buffer; text: string };

/** A clock for a demo: it stands still until it is moved. */
export function handClock(start = Date.UTC(2026, 10, 24, 9)): { now: () => number; pass: (ms: number) => void } {
	let time = start;
	return {
		now: () => time,
		pass: ms => {
			time += ms;
		},
	};
}

export type Stream = { answer: IncomingMessage; received: () => Buffer; ended: Promise<void>; close: () => void };

/** Opens an answer of the engine and collects what comes. */
export function open(demo: DemoStack, path: string): Promise<Stream> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const asked = request({ socketPath: demo.dockerHost.replace('unix://', ''), path }, answer => {
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			const ended = new Promise<void>(done => answer.on('close', done));
			answer.on('error', () => {});
			resolve({ answer, received: () => Buffer.concat(chunks), ended, close: () => asked.destroy() });
		});
		asked.on('error', reject);
		asked.end();
	});
}

export function docker(demo: DemoStack, path: string, method = 'GET'): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const asked = request({ socketPath: demo.dockerHost.replace('unix://', ''), path, method }, answer => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => {
				const bytes = Buffer.concat(chunks);
				resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, text: bytes.toString() });
			});
			answer.on('error', reject);
		});
		asked.on('error', reject);
		asked.end();
	});
}

const BASIC = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

export function airflow(demo: DemoStack, path: string, options: RequestInit = {}): Promise<Response> {
	return fetch(demo.airflowUrl + path, {
		redirect: 'manual',
		...options,
		headers: { authorization: BASIC, accept: 'application/json', ...options.headers },
	});
}

export function send(method: string, body: unknown): RequestInit {
	return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

/** The JSON of a response; the test checks its content. */
export const bodyOf = async (answer: Response) => JSON.parse(await answer.text());

export function mlflow(demo: DemoStack, path: string, body?: unknown): Promise<Response> {
	return fetch(`${demo.mlflowUrl}/api/2.0/mlflow/${path}`, body === undefined ? {} : send('POST', body));
}

/** Waits until another connection has delivered. */
export async function until(holds: () => boolean): Promise<void> {
	for (const end = performance.now() + 40_000; performance.now() < end; ) {
		if (holds()) return;
		await new Promise(resolve => setTimeout(resolve, 5));
	}
	throw new Error('waited in vain');
}
