import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { misbehaviours } from './misbehaviours.ts';
import type { ServerRowId } from './rows/servers.ts';
import { viewRow } from './rows/views.ts';
import { allLive } from './server-faults.ts';
import { type WatchedStack, watchStack } from './watched-stack.ts';

let stack: WatchedStack;
const failures: unknown[] = [];
const onFault = (error: unknown) => void failures.push(error);
beforeAll(async () => {
	process.on('unhandledRejection', onFault);
	stack = await watchStack();
	await allLive(stack);
});
afterAll(async () => {
	process.off('unhandledRejection', onFault);
	await stack.close();
});

const soon = { timeout: 20_000, interval: 5 };

type View = { readonly keys: string; readonly opens: 'page' | 'chart' | 'choose' | 'form' | 'nothing' };

/** Keys to what is asked for when it is opened, by the server that is asked, and to the views of a DAG. */
const views: Readonly<Record<'mlflow' | 'airflow', readonly View[]>> = {
	mlflow: [
		{ keys: '4 a enter', opens: 'page' },
		{ keys: '4 a / t r a i n enter %', opens: 'choose' },
		{ keys: '4 a / t r a i n enter .', opens: 'chart' },
		{ keys: '4 * enter', opens: 'page' },
		{ keys: '4 * ,', opens: 'page' },
	],
	airflow: [
		{ keys: '2 right i', opens: 'page' },
		{ keys: '2 t', opens: 'form' },
		...['2 z ]', '2 z ] ]', '2 z ] ] ]', '2 z ] ] ] ]'].map((keys): View => ({ keys, opens: 'nothing' })),
	],
};
// A login that was rejected is not sent again for a while: last.
const faults: readonly ServerRowId[] = [
	...(['status-500', 'web-page', 'wrong-types', 'missing-fields', 'truncated-json'] as const),
	...(['reset-in-body', 'status-401'] as const),
];
const rows = (Object.keys(views) as (keyof typeof views)[]).flatMap(server =>
	views[server].map(view => [server, view.keys, view] as const),
);

const isWaiting = () => stack.controller.dialog()?.kind === 'waiting';

async function back(): Promise<void> {
	for (let times = 0; times < 8; times++) stack.controller.press('esc');
	await vi.waitFor(() => expect(stack.controller.dialog()).toBeNull(), soon);
}

/** Everything that is on the screen. */
function screen(): string {
	stack.controller.drawNow();
	const { header, panes, browse, overlay, footer } = stack.controller.screen.getState();
	const parts = [header, ...Object.values(panes), browse, overlay, footer];
	return stripVTControlCharacters(parts.map(part => part?.text ?? '').join('\n'));
}

test.each(rows)(
	`view-of-a-broken-answer: ${viewRow('view-of-a-broken-answer').fault}: %s, %s`,
	async (server, _, { keys, opens }) => {
		const { controller, proxies } = stack;
		for (const fault of faults) {
			await proxies[server].misbehave(misbehaviours[fault]);
			for (const key of keys.split(' ')) controller.press(key);
			await vi.waitFor(() => expect(isWaiting(), fault).toBe(false), soon);
			// What is known already is shown; for the rest there is a reason.
			if (opens !== 'nothing' && controller.dialog()?.kind !== opens)
				expect(controller.view().hint, fault).not.toBe('');
			expect(screen(), fault).not.toMatch(/undefined|\[object|Invalid Date/);
			await proxies[server].misbehave(null);
			await back();
		}
		await allLive(stack);
		expect(failures).toEqual([]);
	},
);

test.each(rows.filter(([, , { opens }]) => opens !== 'nothing'))(
	`view-of-a-silent-server: ${viewRow('view-of-a-silent-server').fault}: %s, %s`,
	async (server, _, { keys }) => {
		const { controller, proxies } = stack;
		await proxies[server].misbehave(misbehaviours.silent);
		for (const key of keys.split(' ')) controller.press(key);
		if (isWaiting()) expect(screen()).toContain(viewRow('view-of-a-silent-server').screen);
		await back();
		await proxies[server].misbehave(null);
		await allLive(stack);
		expect(controller.dialog()).toBeNull();
		expect(failures).toEqual([]);
	},
);
