import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request, for the handlers of all three servers. */
export type Call = {
	request: IncomingMessage;
	response: ServerResponse;
	method: string;
	path: string;
	query: URLSearchParams;
	/** The parts of the path that the route names with `:`; percent decoded. */
	params: Readonly<Record<string, string>>;
	/** A part that the route names. */
	param(name: string): string;
	body: Buffer;
};

export type Route<Result> = { method: string; pattern: RegExp; names: string[]; run: (call: Call) => Result };

/** `path` is like `/containers/:id/json`. A name with `*` (`:path*`) also matches slashes. */
export function route<Result>(method: string, path: string, run: (call: Call) => Result): Route<Result> {
	const names: string[] = [];
	const source = path.replace(/:([a-zA-Z]+)(\*?)/g, (_, name: string, many: string) => {
		names.push(name);
		return many === '' ? '([^/]+)' : '(.+)';
	});
	return { method, pattern: new RegExp(`^${source}$`), names, run };
}

export type Match<Result> = { route: Route<Result>; params: Record<string, string> };

/** The route for this request; `'method'` if only the method is wrong. */
export function findRoute<Result>(
	routes: readonly Route<Result>[],
	method: string,
	path: string,
): Match<Result> | 'method' | undefined {
	let pathKnown = false;
	for (const candidate of routes) {
		const found = candidate.pattern.exec(path);
		if (found === null) continue;
		pathKnown = true;
		if (candidate.method !== method) continue;
		const params: Record<string, string> = {};
		candidate.names.forEach((name, index) => {
			params[name] = decode(found[index + 1] ?? '');
		});
		return { route: candidate, params };
	}
	return pathKnown ? 'method' : undefined;
}

export async function readCall(request: IncomingMessage, response: ServerResponse): Promise<Call> {
	// An invalid path (`//`) matches nothing.
	const url = URL.parse(request.url ?? '/', 'http://demo');
	const chunks: Buffer[] = [];
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		for await (const chunk of request) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
	}
	const call: Call = {
		request,
		response,
		method: request.method ?? 'GET',
		path: url?.pathname ?? '',
		query: url?.searchParams ?? new URLSearchParams(),
		params: {},
		param(name) {
			const value = this.params[name];
			if (value === undefined) throw new RangeError(`the route has no ${name}`);
			return value;
		},
		body: Buffer.concat(chunks),
	};
	return call;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
