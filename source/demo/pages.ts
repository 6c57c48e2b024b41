import { pythonJson } from './server/json.ts';
import type { Handler } from './server/switchable-server.ts';
import type { World } from './world/world.ts';

/** The pages of the lakehouse, as far as a check for a response needs them. */
export type PageName = 'trino' | 'grafana' | 'superset';
export const PAGE_NAMES: readonly PageName[] = ['trino', 'grafana', 'superset'];

export function createPage(world: World, name: PageName, slowMs: number, catchUp: () => void): Handler {
	const answer = (path: string): { status: number; type: string; body: string } => {
		const uptimeMs = world.time - (world.containers.get(name)?.startedAt ?? world.time);
		if (name === 'trino' && path === '/v1/info') {
			const uptime = `${(uptimeMs / 86_400_000).toFixed(2)}d`;
			const info = {
				nodeVersion: { version: '435' },
				environment: 'lakehouse',
				coordinator: true,
				starting: false,
				uptime,
			};
			return { status: 200, type: 'application/json', body: JSON.stringify(info) };
		}
		if (name === 'grafana' && path === '/api/health') {
			const health = { commit: '1e84fede543acc892d2a2515187e545eb047f237', database: 'ok', version: '10.2.3' };
			return { status: 200, type: 'application/json; charset=UTF-8', body: `${JSON.stringify(health, null, 2)}\n` };
		}
		if (name === 'superset' && (path === '/health' || path === '/healthcheck' || path === '/ping')) {
			return { status: 200, type: 'text/html; charset=utf-8', body: 'OK' };
		}
		if (path === '/')
			return { status: 200, type: 'text/html; charset=utf-8', body: `<!doctype html><title>${name}</title>` };
		return { status: 404, type: 'application/json', body: pythonJson({ message: 'Not found' }) };
	};
	return (request, response) => {
		catchUp();
		const { status, type, body } = answer((request.url ?? '/').split('?')[0] ?? '/');
		const send = (): void => {
			response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
		};
		if (slowMs === 0) send();
		else setTimeout(send, slowMs).unref();
	};
}
