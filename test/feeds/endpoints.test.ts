import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { watchEndpoints } from '../../source/feeds/endpoints.ts';
import { createInterest } from '../../source/feeds/interest.ts';
import { Quiet } from '../../source/feeds/quiet.ts';
import { Wake } from '../../source/feeds/schedule.ts';
import type { Fact } from '../../source/model/observation.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { HandClock } from '../given/hand-clock.ts';
import { soon } from '../patience.ts';

let close: () => Promise<unknown> = async () => undefined;
afterEach(() => close());

/** A page that always answers so, on a clock that stands still. */
async function watched(headers: Readonly<Record<string, string>>, status = 429) {
	let asked = 0;
	const server = createServer((_request, response) => {
		asked++;
		response.writeHead(status, headers).end();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}/health`;
	const endpoint = { id: 'grafana', title: 'Grafana', healthUrl: url, pageUrl: url, containerId: null, check: null };
	const state: StackState = { ...initialState, endpoints: [endpoint] };
	const clock = new HandClock(1_000_000);
	const wake = new Wake();
	const end = new AbortController();
	const facts: Fact[] = [];
	const over = watchEndpoints(
		{ clock, signal: end.signal, observe: fact => facts.push(fact), random: () => 0.5 },
		{
			state: () => state,
			onChange: () => () => undefined,
			interest: createInterest('a'),
			quiet: new Quiet(clock, () => undefined),
			wake,
			healthAsUser: null,
			ssh: null,
		},
	);
	close = async () => {
		end.abort();
		await clock.advance(0);
		await over;
		await new Promise(resolve => server.close(resolve));
	};
	const answers = (count: number) => vi.waitFor(() => expect(facts.length).toBe(count), soon);
	await answers(1);
	await clock.advance(0);
	return { clock, wake, facts, answers, asked: () => asked };
}

test.each([429, 503])(
	'a page that answers %i with a wait is left alone for it, also by who wants to know',
	async status => {
		const { clock, wake, facts, answers, asked } = await watched({ 'retry-after': '30' }, status);
		expect(facts).toMatchObject([{ type: 'endpoint checked', ok: false, httpStatus: status }]);
		await clock.advance(20_000);
		wake.fire();
		await clock.advance(9000);
		expect(asked()).toBe(1);
		await clock.advance(6000);
		await answers(2);
		expect(asked()).toBe(2);
	},
);

test('a page that names none is requested at its next turn', async () => {
	const { clock, answers, asked } = await watched({});
	await clock.advance(6000);
	await answers(2);
	expect(asked()).toBe(2);
});
