import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { RestApi, Streaming } from '../../../../source/clients/airflow/rest-api.ts';
import { runStates } from '../../../../source/clients/airflow/v2/run-states.ts';

test('a state that has arrived is not passed on after the caller stopped', async () => {
	const stream = Readable.from([Buffer.from('{"state":"queued"}\n{"state":"running"}\n')]);
	const api = { address: 'http://airflow', session: { stream: () => Promise.resolve({ stream }) } };
	const stopping = new AbortController();
	// @ts-expect-error Of the API, only what a stream needs.
	const wanted: RestApi<Streaming> = api;
	const states = runStates(wanted, '/run', 1, stopping.signal);
	expect(await states.next()).toEqual({ done: false, value: 'queued' });
	stopping.abort();
	await expect(states.next()).rejects.toThrow(/abort/i);
});
