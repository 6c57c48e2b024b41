import type { ChaosRow } from '../row.ts';

/**
 * What the pane of each server shows, as the test waits for it; empty: it stays live. A server that is left out is not
 * tested.
 */
export type Shows = {
	readonly docker?: string;
	readonly airflow?: string;
	readonly mlflow?: string;
	/** Result of the page's check; empty: it responds. */
	readonly page?: string;
};

/** A row that is tested on each server in turn, while the others have to stay live. */
export type ServerRow = ChaosRow & {
	readonly shows: Shows;
	/** The fault shows only after a request's time limit. */
	readonly isSlow: boolean;
};

type Given = {
	readonly fault: string;
	readonly outcome: string;
	readonly shows: Shows;
	readonly isSlow?: boolean;
};

const all = (words: string): Shows => ({ docker: words, airflow: words, mlflow: words, page: words });
/** Another program responds: the check of the page accepts that. */
const another: Shows = {
	docker: 'is not a Docker Engine',
	airflow: 'is not Airflow',
	mlflow: 'is not MLflow',
	page: '',
};
const tooDeep = 'is nested deeper than 1000 levels';
const otherFields: Shows = {
	docker: 'is not a Docker Engine',
	airflow: 'Unexpected response from Airflow',
	mlflow: 'Unexpected response from MLflow',
	page: '',
};
const live = all('');
const noAnswer = all('did not answer within');
const closed = all('the connection was closed');
const noHttp = all('does not speak HTTP');
const tooLarge: Shows = { ...all('the response is too large'), docker: 'the response is larger than 1 MB' };
const redirected: Shows = { ...all('redirects are not followed'), page: '' };
const answers = (status: number): Shows => ({ ...all(`answers ${status}`), docker: 'chaos' });
const refusedLogin: Shows = { docker: 'chaos', airflow: 'rejects user admin', mlflow: 'answers 401', page: '' };

const stale =
	'Keeps the last facts, marks the pane as stale with the time and the reason, and retries with increasing delays.';
const givenUp = 'Stops reading at the size limit and closes the connection; the pane is stale.';
const inTime = 'Gives up at the timeout of the request, whatever has arrived; the pane is stale.';
const unread = 'Discards the answer and reports what could not be read; the pane is stale.';
const read = 'Reads it.';
const byStatus = 'Shows the status and retries with increasing delays; `Retry-After` does not delay it further.';
const busy = 'Shows the status and sends nothing for the time that `Retry-After` names, a minute at most.';

const rows = {
	refused: {
		fault: 'Nothing listens at the address',
		outcome: stale,
		shows: { ...all('connection refused'), docker: 'no such socket' },
	},
	silent: { fault: 'Accepts the request and never answers', outcome: inTime, shows: noAnswer, isSlow: true },
	'half-open': { fault: 'Accepts the connection and reads nothing', outcome: inTime, shows: noAnswer, isSlow: true },
	'closed-at-once': { fault: 'Accepts and closes', outcome: stale, shows: closed },
	'closed-before-headers': { fault: 'Closes after the request', outcome: stale, shows: closed },
	'reset-before-headers': { fault: 'Resets the connection after the request', outcome: stale, shows: closed },
	'reset-in-body': { fault: 'Resets the connection within the answer', outcome: stale, shows: closed },
	'end-in-body': { fault: 'Ends the connection within the answer', outcome: stale, shows: closed },
	'length-too-short': {
		fault: '`Content-Length` shorter than the answer',
		outcome: unread,
		shows: { ...another, docker: 'does not speak HTTP' },
	},
	'length-too-long': {
		fault: '`Content-Length` longer than the answer',
		outcome: inTime,
		shows: noAnswer,
		isSlow: true,
	},
	'bad-chunks': { fault: 'Garbage as the size of a chunk', outcome: stale, shows: noHttp },
	'endless-body': { fault: 'An answer without end', outcome: givenUp, shows: tooLarge },
	'huge-body': { fault: 'An answer of 700 MB', outcome: givenUp, shows: tooLarge },
	'huge-header': {
		fault: 'A header without end',
		outcome: givenUp,
		shows: all('the response headers are too large'),
	},
	'many-headers': {
		fault: 'Headers without end',
		outcome: givenUp,
		shows: all('the response headers are too large'),
	},
	'slow-headers': { fault: 'A header every 100 ms', outcome: inTime, shows: noAnswer, isSlow: true },
	'slow-body': { fault: 'A byte of the answer every 100 ms', outcome: inTime, shows: noAnswer, isSlow: true },
	garbage: { fault: 'Random bytes', outcome: stale, shows: noHttp },
	'no-headers': { fault: 'An answer without headers (HTTP/0.9)', outcome: stale, shows: noHttp },
	'tls-on-a-plain-port': { fault: 'TLS where plain HTTP is expected', outcome: stale, shows: noHttp },
	'web-page': { fault: 'A login page instead of JSON', outcome: unread, shows: another },
	'no-content': { fault: 'An unexpected 204 without a body', outcome: unread, shows: another },
	'not-modified': { fault: 'An unexpected 304', outcome: unread, shows: { ...all('answers 304'), page: '' } },
	'interim-answers': {
		fault: 'Interim answers (102) without end',
		outcome: 'Gives up; the pane is stale.',
		shows: { docker: 'too many interim responses' },
	},
	'unasked-upgrade': { fault: 'An unexpected 101 Switching Protocols', outcome: stale, shows: closed },
	'redirect-relative': { fault: 'A redirect to another path', outcome: 'Does not follow it.', shows: redirected },
	'redirect-elsewhere': {
		fault: 'A redirect to another host',
		outcome: 'Does not follow it: the other host receives no request and no credentials.',
		shows: redirected,
	},
	'redirect-nowhere': { fault: 'A redirect without an address', outcome: 'Does not follow it.', shows: redirected },
	'status-401': { fault: 'Status 401', outcome: byStatus, shows: refusedLogin },
	'status-403': { fault: 'Status 403', outcome: byStatus, shows: { ...answers(403), page: '' } },
	'status-404': {
		fault: 'Status 404',
		outcome: byStatus,
		shows: { docker: 'chaos', airflow: '404', mlflow: '404', page: 'answers 404' },
	},
	'status-405': { fault: 'Status 405', outcome: byStatus, shows: answers(405) },
	'status-408': { fault: 'Status 408', outcome: byStatus, shows: answers(408) },
	'status-413': { fault: 'Status 413', outcome: byStatus, shows: answers(413) },
	'status-429': { fault: 'Status 429 with `Retry-After: 3600`', outcome: busy, shows: answers(429) },
	'status-500': { fault: 'Status 500', outcome: byStatus, shows: answers(500) },
	'status-502': { fault: 'Status 502', outcome: byStatus, shows: answers(502) },
	'status-503': { fault: 'Status 503 with `Retry-After: 3600`', outcome: busy, shows: answers(503) },
	'status-504': { fault: 'Status 504', outcome: byStatus, shows: answers(504) },
	'invalid-json': { fault: 'Something other than JSON', outcome: unread, shows: another },
	'truncated-json': { fault: 'JSON that is cut off', outcome: unread, shows: another },
	'deep-json': {
		fault: 'JSON of 100,000 nested lists',
		outcome: unread,
		shows: { docker: tooDeep, airflow: tooDeep, mlflow: tooDeep },
	},
	'wrong-types': {
		fault: 'Text for numbers and numbers for text, in every field',
		outcome: unread,
		shows: otherFields,
	},
	'all-null': { fault: 'null in every field', outcome: unread, shows: otherFields },
	'missing-fields': { fault: 'Every second field missing', outcome: unread, shows: otherFields },
	'huge-numbers': {
		fault: 'Infinite, negative and enormous numbers in every field',
		outcome: unread,
		shows: {
			docker: 'is not a Docker Engine',
			airflow: 'Unexpected response from Airflow',
			mlflow: 'Unexpected response from MLflow',
			page: '',
		},
	},
	duplicates: { fault: 'Every entry of every list twice', outcome: read, shows: live },
	'too-many-entries': {
		fault: 'Lists of 11,000 entries',
		outcome: 'Discards lists longer than 10,000 entries; the pane is stale.',
		shows: {
			docker: 'is not a Docker Engine',
			airflow: 'more than 10,000 entries',
			mlflow: 'more than 10,000 entries',
		},
	},
	'broken-utf8': {
		fault: 'Bytes that are not UTF-8',
		outcome: unread,
		shows: {
			docker: 'is not a Docker Engine',
			// Which of its requests comes first decides the words.
			airflow: 'at http://127.0.0.1',
			mlflow: 'Unexpected response from MLflow',
			page: '',
		},
	},
	'byte-order-mark': { fault: 'A byte order mark before the JSON', outcome: read, shows: live },
	'unasked-gzip': {
		fault: 'An unrequested compressed answer of 50 MB unpacked',
		outcome: 'Does not unpack it.',
		shows: another,
	},
	flapping: { fault: 'Up in one second and down in the next', outcome: stale, shows: closed },
	'wrong-date': { fault: 'A `Date` header of 1970', outcome: 'Uses its own clock.', shows: live },
} as const satisfies Readonly<Record<string, Given>>;

export type ServerRowId = keyof typeof rows;

const serverTitles = { docker: 'Docker', airflow: 'Airflow', mlflow: 'MLflow', page: 'web page' } as const;

/** The shown texts, by the name of the server if they differ. */
function screenOf(shows: Shows): string {
	const byWords = Map.groupBy(
		Object.entries(serverTitles),
		([server]) => Object.entries(shows).find(([of]) => of === server)?.[1],
	);
	const parts = [...byWords].flatMap(([words, servers]) => {
		if (words === undefined) return [];
		const names = servers.map(([, title]) => title).join(', ');
		return [`${byWords.size === 1 ? '' : `${names}: `}${words === '' ? 'live' : `“${words}”`}`];
	});
	return parts.join('; ');
}

/** Faults of a server, or of a program in its place. */
export const serverRows: readonly (ServerRow & { readonly id: ServerRowId })[] = Object.entries(rows).map(
	([id, row]: [string, Given]) => ({
		id: id as ServerRowId,
		group: 'servers',
		fault: row.fault,
		outcome: row.outcome,
		shows: row.shows,
		screen: screenOf(row.shows),
		isSlow: row.isSlow ?? false,
	}),
);
