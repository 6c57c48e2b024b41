import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { orAborted } from '../../source/clients/or-aborted.ts';

const never = () => new Promise<never>(() => undefined);

test('the answer, or the failure, of the work; no listener is left behind', async () => {
	const { signal } = new AbortController();
	expect(await orAborted(signal, Promise.resolve(7))).toBe(7);
	await expect(orAborted(signal, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('work that does not end is left when the signal is given, or was', async () => {
	const stop = new AbortController();
	const waiting = orAborted(stop.signal, never());
	stop.abort(new Error('enough'));
	await expect(waiting).rejects.toThrow('enough');
	await expect(orAborted(stop.signal, never())).rejects.toThrow('enough');
	expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
