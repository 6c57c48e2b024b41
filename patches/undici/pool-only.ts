/**
 * `import { Pool } from 'undici'`, without what else its index loads: fetch, WebSocket, caches, mocks (half of the time,
 * a quarter of the memory). An import of anything else from undici fails the build, and is then to be added here.
 */
import type { Plugin } from 'esbuild';
import { root } from '../../scripts/root.ts';

const contents = `
import Pool from 'undici/lib/dispatcher/pool.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import request from 'undici/lib/api/api-request.js';
// As undici's index does with each of its methods.
Dispatcher.prototype.request = request;
export { Pool };
`;

export const leanUndici: Plugin = {
	name: 'lean-undici',
	setup(build) {
		build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'lean-undici' }));
		// Airflow and MLflow speak HTTP/1.1; undici does without where Node was built without it.
		build.onResolve({ filter: /^node:http2$/ }, ({ path }) => ({ path, namespace: 'no-http2' }));
		build.onLoad({ filter: /.*/, namespace: 'no-http2' }, () => ({ contents: 'module.exports = { constants: {} };' }));
		build.onLoad({ filter: /.*/, namespace: 'lean-undici' }, () => ({ contents, resolveDir: root, loader: 'js' }));
	},
};
