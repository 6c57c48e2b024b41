import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../source/model/finding.ts';
import { quietHours } from '../../source/model/settings/quiet-hours.ts';
import { deliver, type NoticeText, terminalNotice } from '../../source/notify/deliver.ts';
import { endOfQuiet, Notices, settleMs } from '../../source/notify/notices.ts';
import { english } from '../english.ts';

const text = { key: 'x', text: ['x', 'x'], params: {} } as const;
const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
	id,
	rule: 'rule',
	subject: id,
	severity: 'critical',
	since: null,
	title: text,
	evidence: [],
	cause: text,
	reason: text,
	impact: [],
	fixes: [],
	explainedBy: null,
	...more,
});
const rules = { severity: 'critical' as const, everyMs: 60_000, quiet: null };
const ids = (due: { report: readonly Finding[] }) => due.report.map(one => one.id);
const noon = new Date(2026, 10, 24, 12, 0).getTime();

test('findings from the start are not notified; new ones are, once, a moment later', () => {
	const notices = new Notices(rules);
	expect(ids(notices.due([finding('old')], noon))).toEqual([]);
	const due = notices.due([finding('old'), finding('new')], noon + 1000);
	expect(due).toEqual({ report: [], againAt: noon + 1000 + settleMs });
	expect(ids(notices.due([finding('old'), finding('new')], noon + 1000 + settleMs))).toEqual(['new']);
	expect(ids(notices.due([finding('old'), finding('new')], noon + 100_000))).toEqual([]);
});

test('a finding that clears before its notification is not notified; one that returns is notified again', () => {
	const notices = new Notices(rules);
	notices.due([], noon);
	notices.due([finding('a')], noon);
	expect(ids(notices.due([], noon + settleMs))).toEqual([]);
	notices.due([finding('a')], noon + 10_000);
	expect(ids(notices.due([finding('a')], noon + 10_000 + settleMs))).toEqual(['a']);
	notices.due([], noon + 100_000);
	notices.due([finding('a')], noon + 200_000);
	expect(ids(notices.due([finding('a')], noon + 200_000 + settleMs))).toEqual(['a']);
});

test('consequences and mere warnings are not notified; several come together, and not too often', () => {
	const notices = new Notices(rules);
	notices.due([], noon);
	const some = [finding('a'), finding('b'), finding('c', { explainedBy: 'a' }), finding('d', { severity: 'warning' })];
	notices.due(some, noon);
	expect(ids(notices.due(some, noon + settleMs))).toEqual(['a', 'b']);
	const more = [...some, finding('e')];
	expect(notices.due(more, noon + 10_000)).toEqual({ report: [], againAt: noon + settleMs + 60_000 });
	expect(ids(notices.due(more, noon + settleMs + 60_000))).toEqual(['e']);
});

test('in quiet hours nobody is notified; findings that outlast them are notified at their end', () => {
	const quiet = quietHours('22:00-07:00');
	const notices = new Notices({ ...rules, quiet });
	const night = new Date(2026, 10, 24, 23, 30).getTime();
	const morning = new Date(2026, 10, 25, 7, 0).getTime();
	notices.due([], night);
	expect(notices.due([finding('a'), finding('b')], night + 10_000)).toEqual({ report: [], againAt: morning });
	expect(ids(notices.due([finding('a')], morning))).toEqual(['a']);
});

test('quiet hours over midnight and within a day', () => {
	const over = quietHours('22:00-07:00');
	expect(endOfQuiet(over, new Date(2026, 10, 24, 3, 0).getTime())).toBe(new Date(2026, 10, 24, 7, 0).getTime());
	expect(endOfQuiet(over, noon)).toBe(Number.NEGATIVE_INFINITY);
	expect(endOfQuiet(quietHours('11:30-13:00'), noon)).toBe(new Date(2026, 10, 24, 13, 0).getTime());
	expect(quietHours('25:00-07:00')).toBeNull();
	expect(quietHours('night')).toBeNull();
});

const notice: NoticeText = {
	project: 'mlops',
	host: 'db-host',
	at: '2026-11-24T12:00:00.000Z',
	findings: [
		{
			id: 'a',
			severity: 'critical',
			title: 'airflow-redis is down\u001B]0;evil\u0007; really',
			cause: 'it was stopped',
		},
	],
};
const ways = { bell: false, desktop: 'off' as const, command: null, webhook: null };

test('the terminal gets a bell and a notification, and nothing of the text that it would act on', () => {
	expect(terminalNotice({ ...ways, bell: true }, notice)).toBe('\u0007');
	expect(terminalNotice({ ...ways, desktop: 'osc9' }, notice)).toBe(
		'\u001B]9;laketop mlops @ db-host: airflow-redis is down; really\u0007',
	);
	expect(terminalNotice({ ...ways, desktop: 'osc777' }, notice)).toBe(
		'\u001B]777;notify;laketop mlops @ db-host;airflow-redis is down, really\u0007',
	);
});

test('a command gets the notification by environment and input; a webhook by POST; failures are reported', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-notify-'));
	const bodies: string[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk));
		bodies.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
		response.writeHead(request.url === '/fails?x=1' ? 500 : 204).end();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
	try {
		const out = join(folder, 'out');
		const options = {
			...ways,
			command: `{ echo "$LAKETOP_NOTICE_TITLE"; cat; } > '${out}'`,
			webhook: `${origin}/hook`,
		};
		expect(await deliver(options, notice, () => undefined)).toEqual([]);
		expect(readFileSync(out, 'utf8')).toMatch(/^laketop mlops @ db-host\n\{"project":"mlops"/);
		expect(bodies[0]).toMatch(/^POST \/hook \{"text":"laketop mlops @ db-host: airflow-redis is down/);
		const failing = { ...ways, command: 'exit 3', webhook: `${origin}/fails?x=1` };
		expect(english(await deliver(failing, notice, () => undefined))).toEqual([
			'notify.command exited with code 3',
			'notify.webhook answers 500',
		]);
	} finally {
		server.close();
		rmSync(folder, { recursive: true });
	}
});
