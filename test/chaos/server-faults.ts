import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { quoted, render } from '../../source/words/message.ts';
import { answerGrowthBytes, blockedLimitMs } from './limits.ts';
import { misbehaviours } from './misbehaviours.ts';
import type { serverRows } from './rows/servers.ts';
import { feedsOf, hurryLimits, type ServerName, serverNames, type WatchedStack } from './watched-stack.ts';

type Row = (typeof serverRows)[number];

const soon = { timeout: 20_000, interval: 20 };
const keyPatience = { timeout: 20_000, interval: 5 };
/** Longer than the longest time limit of a request. */
const atTheLimit = { timeout: 40_000, interval: 50 };

/** Watches the process during a fault: how long it is blocked, and its memory. */
function watchProcess() {
	const before = process.memoryUsage();
	const start = before.heapUsed + before.external;
	let last = process.threadCpuUsage();
	let blockedMs = 0;
	let growth = 0;
	const timer = setInterval(() => {
		const { user, system } = process.threadCpuUsage(last);
		last = process.threadCpuUsage();
		blockedMs = Math.max(blockedMs, (user + system) / 1000);
		const { heapUsed, external } = process.memoryUsage();
		growth = Math.max(growth, heapUsed + external - start);
	}, 5);
	return () => {
		clearInterval(timer);
		return { blockedMs, growth };
	};
}

export const isLive = ({ monitor }: WatchedStack, server: ServerName) => {
	const { feeds, endpoints } = monitor.store.current();
	if (server === 'page') return endpoints.find(({ id }) => id === 'chaos')?.check?.ok === true;
	return feedsOf[server].every(feed => feeds[feed].status === 'live');
};

const shownOf = (stack: WatchedStack, server: ServerName): string =>
	server === 'page'
		? render(
				stack.monitor.store.current().endpoints.find(({ id }) => id === 'chaos')?.check?.problem ?? quoted(''),
				'en',
			)
		: stack.pane(server);

/** All four are live, whatever happened before. */
export const allLive = (stack: WatchedStack) =>
	vi.waitFor(() => {
		for (const server of serverNames) expect(isLive(stack, server), `${server}: ${shownOf(stack, server)}`).toBe(true);
	}, atTheLimit);

/**
 * A key is answered: the help opens, and closes. On a busy machine later than the half second that is measured below.
 */
async function pressKey({ controller }: WatchedStack): Promise<void> {
	const isOpen = () => controller.dialog() !== null;
	controller.press('?');
	await vi.waitFor(() => expect(isOpen()).toBe(true), keyPatience);
	controller.press('esc');
	await vi.waitFor(() => expect(isOpen()).toBe(false), keyPatience);
}

/** Causes the fault of a row at a server, checks that everything is as the row says, and ends it. */
export async function causeFault(stack: WatchedStack, row: Row, server: ServerName): Promise<void> {
	const words = row.shows[server];
	if (words === undefined) return;
	const restoreLimits = row.isSlow ? hurryLimits() : () => undefined;
	try {
		await lookAtFault(stack, row, server, words);
	} finally {
		restoreLimits();
		await stack.proxies[server].misbehave(null);
	}
	await allLive(stack);
}

async function lookAtFault(stack: WatchedStack, row: Row, server: ServerName, words: string): Promise<void> {
	const { proxies, monitor } = stack;
	const done = watchProcess();
	await proxies[server].misbehave(misbehaviours[row.id]);
	monitor.refresh();
	const patience = row.isSlow ? atTheLimit : soon;
	if (words === '') {
		await vi.waitFor(() => expect(proxies[server].met()).toBeGreaterThan(1), patience);
		await vi.waitFor(() => expect(isLive(stack, server), shownOf(stack, server)).toBe(true), patience);
	} else {
		await vi.waitFor(() => {
			expect(isLive(stack, server), `${server} is live`).toBe(false);
			expect(shownOf(stack, server)).toContain(words);
		}, patience);
		if (server !== 'page') expect(shownOf(stack, server)).toMatch(/(stale|failing|no answer) since \d\d:\d\d/);
	}
	await pressKey(stack);
	await vi.waitFor(() => {
		for (const other of serverNames)
			if (other !== server) expect(isLive(stack, other), `${other}: ${shownOf(stack, other)}`).toBe(true);
	}, soon);
	// A little longer, to see whether anything grows.
	await delay(100);
	const { blockedMs, growth } = done();
	expect(blockedMs, 'ms in which no key is answered').toBeLessThan(blockedLimitMs);
	expect(growth, 'bytes held').toBeLessThan(answerGrowthBytes);
}
