import type { ServerResponse } from 'node:http';
import { exactJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';

export const API_VERSION = '1.41';
export const MIN_API_VERSION = '1.12';
export const ENGINE_VERSION = '20.10.24+dfsg1';

/** Headers of every response of moby (api/server/middleware/version.go). */
export const ENGINE_HEADERS = {
	'Api-Version': API_VERSION,
	'Docker-Experimental': 'false',
	Ostype: 'linux',
	Server: `Docker/${ENGINE_VERSION} (linux)`,
} as const;

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
	const body = `${exactJson(value)}\n`;
	response.writeHead(status, {
		...ENGINE_HEADERS,
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(body),
	});
	response.end(body);
}

export function sendNothing(response: ServerResponse, status: number): void {
	response.writeHead(status, ENGINE_HEADERS);
	response.end();
}

/** Errors are `{"message": …}` whatever the status. */
export class EngineError extends Error {
	readonly status: number;
	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** moby httputils.BoolValue: anything but these is true. */
export function flag(call: Call, name: string): boolean {
	const value = (call.query.get(name) ?? '').trim().toLowerCase();
	return !['', '0', 'no', 'false', 'none'].includes(value);
}
