import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { containerStream } from '../../source/model/logs/log-store.ts';
import type { Misbehaviour } from './proxy.ts';
import { streamRow } from './rows/streams.ts';
import { allLive } from './server-faults.ts';
import { type WatchedStack, watchStack } from './watched-stack.ts';

let stack: WatchedStack;
afterEach(() => stack.close());

const soon = { timeout: 30_000, interval: 20 };
const container = 'airflow-worker';

/** Passes connections on; the response to a matching request goes through `change`, which may also cut it. */
function tampered(request: RegExp, change: (bytes: Buffer, socket: Socket) => Buffer): Misbehaviour {
	return {
		kind: 'connection',
		act(socket, upstream) {
			const behind = connect({ ...upstream });
			let isMatched = false;
			behind.on('error', () => socket.destroy());
			behind.on('close', () => socket.destroy());
			socket.on('close', () => behind.destroy());
			socket.on('data', bytes => {
				isMatched = request.test(bytes.toString('latin1'));
				behind.write(bytes);
			});
			behind.on('data', bytes => socket.write(isMatched ? change(bytes, socket) : bytes));
		},
	};
}

async function watched(): Promise<WatchedStack> {
	stack = await watchStack();
	await allLive(stack);
	return stack;
}

const numbered = ({ monitor }: WatchedStack) =>
	monitor.logs
		.buffer(containerStream(container))
		.tail(1000)
		.flatMap(({ text }) => (/^numbered \d+$/.test(text) ? [text] : []));

/** Breaks the stream at the second of three lines, once; all three have to come, once each. */
async function breakLog(change: (bytes: Buffer, at: number, socket: Socket) => Buffer, screen: string): Promise<void> {
	const { demo, proxies, pane } = await watched();
	let isBroken = false;
	await proxies.docker.misbehave(
		tampered(/GET \S+\/logs\?/, (bytes, socket) => {
			const at = bytes.indexOf('numbered 2');
			if (at === -1 || isBroken) return bytes;
			isBroken = true;
			return change(bytes, at, socket);
		}),
	);
	await vi.waitFor(() => expect(pane('logs')).toContain('following'), soon);
	for (const number of [1, 2, 3]) {
		demo.scenario.emitLog(container, `numbered ${number}`);
		await vi.waitFor(() => expect(numbered(stack)).toHaveLength(number), soon);
	}
	expect(isBroken).toBe(true);
	expect(numbered(stack)).toEqual(['numbered 1', 'numbered 2', 'numbered 3']);
	await vi.waitFor(() => expect(pane('logs')).toContain(screen), soon);
}

test('log-cut-within-a-frame', async () => {
	await breakLog((bytes, at, socket) => {
		setImmediate(() => socket.destroy());
		return bytes.subarray(0, at + 4);
	}, streamRow('log-cut-within-a-frame').screen);
});

test('log-frame-of-4-gb', async () => {
	// Before the text of a line stand its time and a space (31 bytes), before them the frame's header (8).
	await breakLog((bytes, at) => {
		const changed = Buffer.from(bytes);
		changed.writeUInt32BE(0xffffffff, at - 31 - 4);
		return changed;
	}, streamRow('log-frame-of-4-gb').screen);
});

test('event-stream-stops', async () => {
	const { demo, proxies, pane } = await watched();
	let isOpen = false;
	await proxies.docker.misbehave(
		tampered(/GET \S+\/events\?/, bytes => {
			// The headers pass.
			if (isOpen) return Buffer.alloc(0);
			isOpen = true;
			return bytes;
		}),
	);
	await vi.waitFor(() => expect(isOpen).toBe(true), soon);
	await allLive(stack);
	demo.scenario.stopContainer('airflow-redis');
	await vi.waitFor(() => expect(pane('docker')).toMatch(/airflow-redis +\S* ?exited/), soon);
	expect(pane('docker')).toContain(streamRow('event-stream-stops').screen);
});
