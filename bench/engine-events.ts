/** Times of events by the engine's own clock: GET /events of the Docker Engine API, in nanoseconds. */
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';

const eventShape = z.object({
	Action: z.string(),
	timeNano: z.number(),
	Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
});

type EngineEvent = { action: string; name: string; at: number };

/** One line of the stream; null for another shape. `at` is in ms since the epoch. */
export function parseEvent(line: string): EngineEvent | null {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return null;
	}
	const parsed = z.safeParse(eventShape, value);
	if (!parsed.success) return null;
	const { Action, timeNano, Actor } = parsed.data;
	return { action: Action, name: Actor.Attributes.name ?? '', at: timeNano / 1e6 };
}

export type EngineEvents = {
	/**
	 * Time of that container's first event since then with this prefix, ms since the epoch. Null: none within a second.
	 */
	first(action: string, name: string, since: number): Promise<number | null>;
	close(): void;
};

export async function listenToEngine(): Promise<EngineEvents> {
	const { DOCKER_HOST = '' } = process.env;
	const socketPath = DOCKER_HOST.startsWith('unix://') ? DOCKER_HOST.slice(7) : '/var/run/docker.sock';
	const filters = encodeURIComponent(JSON.stringify({ type: ['container'] }));
	const events: EngineEvent[] = [];
	const asked = request({ socketPath, path: `/events?filters=${filters}` });
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	asked.on('error', reject);
	asked.on('response', response => {
		let rest = '';
		response.setEncoding('utf8');
		response.on('data', (text: string) => {
			const lines = `${rest}${text}`.split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) events.push(...[parseEvent(line) ?? []].flat());
		});
		response.on('error', () => undefined);
		resolve();
	});
	asked.end();
	await promise;
	return {
		async first(action, name, since) {
			for (let waited = 0; waited <= 1000; waited += 20) {
				const found = events.find(event => event.at >= since && event.name === name && event.action.startsWith(action));
				if (found) return found.at;
				await delay(20);
			}
			return null;
		},
		close: () => asked.destroy(),
	};
}
