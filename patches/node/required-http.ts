import type { Patch } from '../patch.ts';

/** The exports of `node:http` that laketop and its packages import; an import of anything else fails the build. */
const contents = `
const http = require('node:http');
export const { Agent, createServer, request } = http;
`;

export const requiredHttp: Patch = {
	file: 'node/required-http.ts',
	package: 'node',
	version: '>=22',
	reason:
		"An ES import of node:http reads everything it exports, which loads WebSocket and all of Node's own undici. A `require` does not.",
	figure: 'saves 130 ms of the start: 142 ms for the import, 11 ms for the require (median of 15, busy machine)',
	upstream: 'https://github.com/nodejs/node/issues/59686',
	standIns: [
		{ specifier: /^(node:)?http$/, onlyImports: true, onlyBundle: true, format: 'module', text: () => contents },
	],
};
