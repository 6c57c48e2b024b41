import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Answer, type Misbehaviour, pass } from './proxy.ts';
import type { ServerRowId } from './rows/servers.ts';

const head = (status: number, headers: Record<string, string | number> = {}) =>
	`${[`HTTP/1.1 ${status} X`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;

const whole = (status: number, body: string | Buffer, headers: Record<string, string | number> = {}) =>
	Buffer.concat([
		Buffer.from(
			head(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers }),
		),
		Buffer.from(body),
	]);

const answers = (act: (socket: Socket) => unknown): Misbehaviour => ({
	kind: 'answer',
	act: socket => void act(socket),
});
const status = (code: number, headers: Record<string, string | number> = {}) =>
	answers(socket => socket.write(whole(code, '{"message":"chaos"}', headers)));

/** Breaks a connection; only TCP can signal that it was broken. */
function reset(socket: Socket): void {
	if (socket.remoteAddress === undefined) socket.destroy();
	else socket.resetAndDestroy();
}

/** Writes this many bytes, no faster than they are read. */
function pour(socket: Socket, chunk: Buffer | string, bytes = Number.POSITIVE_INFINITY): void {
	let left = bytes;
	const go = () => {
		while (socket.writable && left > 0) {
			left -= chunk.length;
			if (!socket.write(chunk)) return;
		}
	};
	socket.on('drain', go);
	go();
}

/** A few bytes at a time, so that no pause is long, and there is no end. */
function trickle(socket: Socket, first: string, more: string): void {
	socket.write(first);
	const timer = setInterval(() => socket.write(more), 100);
	socket.on('close', () => clearInterval(timer));
}

const isJson = ({ headers, body }: Answer) => /json/.test(headers['content-type'] ?? '') && body.length > 0;

/** Changes the JSON of every response that has some. */
const altered = (change: (json: unknown) => unknown): Misbehaviour => ({
	kind: 'alter',
	act: answer =>
		isJson(answer)
			? { ...answer, body: Buffer.from(JSON.stringify(change(JSON.parse(answer.body.toString('utf8'))))) }
			: answer,
});
/** Changes the bytes of every response that has JSON. */
const rewritten = (change: (answer: Answer) => Answer): Misbehaviour => ({
	kind: 'alter',
	act: answer => (isJson(answer) ? change(answer) : answer),
});

type Change = (value: unknown) => unknown;
/** Every value that is neither a list nor an object. */
const leaves = (change: Change): Change => {
	const walk: Change = value => {
		if (Array.isArray(value)) return value.map(walk);
		if (typeof value !== 'object' || value === null) return change(value);
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
	};
	return walk;
};
/** Every list, from the inside out. */
const lists = (change: (list: unknown[]) => unknown[]): Change => {
	const walk: Change = value => {
		if (Array.isArray(value)) return change(value.map(walk));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
	};
	return walk;
};
/** Makes the list that a response is about 11,000 entries long, but not the lists in its entries. */
const tooMany: Change = value => {
	const many = (list: unknown[]) => Array.from({ length: 11_000 }, (_, index) => list[index % list.length]);
	// Of a version's four components more than a million bytes would be made, which is another row.
	const grow = (one: unknown) => (Array.isArray(one) && one.length > 4 ? many(one) : one);
	if (Array.isArray(value) || typeof value !== 'object' || value === null) return grow(value);
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, grow(inner)]));
};
const withoutFields: Change = value => {
	if (Array.isArray(value)) return value.map(withoutFields);
	if (typeof value !== 'object' || value === null) return value;
	// Every second one.
	const kept = Object.entries(value).filter((_, index) => index % 2 === 0);
	return Object.fromEntries(kept.map(([name, inner]) => [name, withoutFields(inner)]));
};
const otherType: Change = value => (typeof value === 'string' ? 7 : 'seven');
const oddNumbers = ['1e999', '-9007199254740993', '1e300', '18446744073709551616'];
/** As text, because JSON.stringify would write infinities as null. */
const hugeNumbers = rewritten(answer => {
	let count = 0;
	const text = answer.body
		.toString('utf8')
		.replaceAll(/([:[,]\s*)-?\d+(?:\.\d+)?(?=\s*[,}\]])/g, (_, before: string) => {
			return before + (oddNumbers[count++ % oddNumbers.length] ?? '0');
		});
	return { ...answer, body: Buffer.from(text) };
});

const redirectTrap = { address: 'http://127.0.0.1:9/' };
/** Target of the absolute redirects. */
export function trapAt(address: string): void {
	redirectTrap.address = address;
}
const redirect = (location: () => string) =>
	answers(socket => socket.write(head(302, { Location: location(), 'Content-Length': 0 })));

const flap = (): Misbehaviour => ({
	kind: 'connection',
	act: (socket, upstream) => {
		// Up in one second, down in the next.
		if (Math.floor(Date.now() / 1000) % 2 === 0) return void reset(socket);
		pass(socket, upstream);
		const timer = setTimeout(() => socket.destroy(), 1000 - (Date.now() % 1000));
		socket.on('close', () => clearTimeout(timer));
	},
});

const gzipBomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));

/** The misbehaviour of each row. */
export const misbehaviours: Readonly<Record<ServerRowId, Misbehaviour>> = {
	refused: { kind: 'refuse' },
	silent: answers(() => undefined),
	'closed-at-once': { kind: 'connection', act: socket => void socket.destroy() },
	'reset-before-headers': answers(socket => reset(socket)),
	'closed-before-headers': answers(socket => socket.end()),
	'reset-in-body': answers(socket => {
		socket.write(`${head(200, { 'Content-Length': 1000 })}[{"Id":`, () => setTimeout(() => reset(socket), 20));
	}),
	'end-in-body': answers(socket => socket.end(`${head(200, { 'Content-Length': 1000 })}[{"Id":`)),
	'length-too-short': answers(socket => socket.write(whole(200, '{"version":"1"}', { 'Content-Length': 5 }))),
	'length-too-long': answers(socket => socket.write(whole(200, '{"version":"1"}', { 'Content-Length': 5000 }))),
	'bad-chunks': answers(socket =>
		socket.write(`${head(200, { 'Transfer-Encoding': 'chunked' })}zz\r\n{}\r\n0\r\n\r\n`),
	),
	'endless-body': answers(socket => {
		socket.write(head(200, { 'Content-Type': 'application/json' }));
		pour(socket, Buffer.alloc(64 * 1024, 0x20));
	}),
	'huge-body': answers(socket => {
		const bytes = 700 * 1024 * 1024;
		socket.write(head(200, { 'Content-Type': 'application/json', 'Content-Length': bytes }));
		pour(socket, Buffer.alloc(64 * 1024, 0x20), bytes);
	}),
	'huge-header': answers(socket => {
		socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
		pour(socket, Buffer.alloc(64 * 1024, 0x78));
	}),
	'many-headers': answers(socket => {
		socket.write('HTTP/1.1 200 OK\r\n');
		pour(socket, Buffer.from('X-One-More: 1\r\n'.repeat(1000)));
	}),
	'slow-headers': answers(socket => trickle(socket, 'HTTP/1.1 200 OK\r\n', 'X-A: 1\r\n')),
	'slow-body': answers(socket => trickle(socket, head(200, { 'Content-Type': 'application/json' }), ' ')),
	garbage: answers(socket => socket.write(randomBytes(4096))),
	'no-headers': answers(socket => socket.end('<html><body>It works!</body></html>')),
	'web-page': answers(socket =>
		socket.write(whole(200, '<html><form>Sign in</form></html>', { 'Content-Type': 'text/html' })),
	),
	'no-content': answers(socket => socket.write(head(204))),
	'not-modified': answers(socket => socket.write(head(304))),
	'interim-answers': answers(socket => pour(socket, 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(500))),
	'unasked-upgrade': answers(socket => socket.write(head(101, { Connection: 'Upgrade', Upgrade: 'h2c' }))),
	'redirect-relative': redirect(() => '/elsewhere'),
	'redirect-elsewhere': redirect(() => redirectTrap.address),
	'redirect-nowhere': redirect(() => 'http://[nonsense'),
	'status-401': status(401),
	'status-403': status(403),
	'status-404': status(404),
	'status-405': status(405),
	'status-408': status(408, { Connection: 'close' }),
	'status-413': status(413),
	'status-429': status(429, { 'Retry-After': 3600 }),
	'status-500': status(500),
	'status-502': status(502),
	'status-503': status(503, { 'Retry-After': 3600 }),
	'status-504': status(504),
	'invalid-json': answers(socket => socket.write(whole(200, '{"version": nope}'))),
	'truncated-json': rewritten(answer => ({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) })),
	'deep-json': answers(socket => socket.write(whole(200, '['.repeat(100_000) + ']'.repeat(100_000)))),
	'wrong-types': altered(leaves(otherType)),
	'all-null': altered(leaves(() => null)),
	'missing-fields': altered(withoutFields),
	'huge-numbers': hugeNumbers,
	duplicates: altered(lists(list => [...list, ...list])),
	'too-many-entries': altered(tooMany),
	'broken-utf8': rewritten(answer => ({
		...answer,
		body: Buffer.from(answer.body.toString('latin1').replaceAll(/e/g, '\xff\xfe').replaceAll(/"\s*:/g, '":'), 'latin1'),
	})),
	'byte-order-mark': rewritten(answer => ({ ...answer, body: Buffer.concat([Buffer.from('\uFEFF'), answer.body]) })),
	'unasked-gzip': answers(socket => socket.write(whole(200, gzipBomb, { 'Content-Encoding': 'gzip' }))),
	// An alert of TLS: what a server that requires TLS sends to plain HTTP, at best.
	'tls-on-a-plain-port': answers(socket => socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x16]))),
	flapping: flap(),
	'wrong-date': rewritten(answer => ({
		...answer,
		headers: { ...answer.headers, date: 'Thu, 01 Jan 1970 00:00:00 GMT' },
	})),
	'half-open': { kind: 'connection', act: socket => void socket.pause() },
};
