import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trapAt } from './misbehaviours.ts';
import { serverRows } from './rows/servers.ts';
import { allLive, causeFault } from './server-faults.ts';
import { type ServerName, type WatchedStack, watchStack } from './watched-stack.ts';

/** Every row of the table, on one server. */
export function describeServer(server: ServerName): void {
	const own = serverRows.filter(({ shows }) => shows[server] !== undefined);

	describe(`what answers as ${server}`, () => {
		let stack: WatchedStack;
		let trap: Server;
		const trapped: string[] = [];
		beforeAll(async () => {
			trap = createServer((request, response) => {
				trapped.push(`${request.url} ${JSON.stringify(request.headers)}`);
				response.end('{}');
			});
			await new Promise<void>(resolve => trap.listen(0, '127.0.0.1', resolve));
			const address = trap.address();
			trapAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
			stack = await watchStack();
			await allLive(stack);
		});
		afterAll(async () => {
			await stack.close();
			await new Promise(resolve => trap.close(resolve));
		});

		test.each(own)('$id: $fault', async row => {
			await causeFault(stack, row, server);
			expect(trapped).toEqual([]);
		});
	});
}
