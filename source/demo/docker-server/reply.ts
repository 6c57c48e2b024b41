import type { ServerResponse } from 'node:http';
import { exactJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';

/** The engine's headers are already set on the response. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
	const body = `${exactJson(value)}\n`;
	response.writeHead(status, {
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(body),
	});
	response.end(body);
}

export function sendNothing(response: ServerResponse, status: number): void {
	response.writeHead(status);
	response.end();
}

/** A refused request, with moby's status and words. */
export class EngineError extends Error {
	readonly status: number;
	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** Status and body of an EngineError in the engine's form. */
export type Complaint = (status: number, message: string) => { readonly status: number; readonly body: object };

/** moby httputils.BoolValue: anything but these is true. */
export function flag(call: Call, name: string): boolean {
	const value = (call.query.get(name) ?? '').trim().toLowerCase();
	return !['', '0', 'no', 'false', 'none'].includes(value);
}
