import { spawn } from 'node:child_process';
import { HttpServer } from '../clients/http/http.ts';
import { describe } from '../model/failures/described-error.ts';
import { failureOf } from '../model/failures/failure.ts';
import { maskText } from '../model/secrets/secrets.ts';
import type { NotificationMethods } from '../model/settings/notify-settings.ts';
import { cleanText } from '../model/text/clean-text.ts';
import { type Message, phrase } from '../words/message.ts';

/** A notification, in the user's language. */
export type NoticeText = {
	readonly project: string | null;
	readonly host: string;
	/** RFC 3339. */
	readonly at: string;
	readonly findings: readonly {
		readonly id: string;
		readonly severity: string;
		readonly title: string;
		readonly cause: string;
	}[];
};

const limitMs = 15_000;

/** The notification in one line: `laketop mlops @ db-host: airflow-redis is down (and 1 more)`. */
export function noticeLine({ project, host, findings }: NoticeText): { title: string; body: string } {
	const [first] = findings;
	const more = findings.length > 1 ? ` (+${findings.length - 1})` : '';
	return { title: cleanText(`laketop ${project ?? ''} @ ${host}`), body: cleanText(`${first?.title ?? ''}${more}`) };
}

/** The sequence for the terminal. Control characters in the text are removed: they would act, or end the sequence. */
export function terminalNotice(methods: NotificationMethods, notice: NoticeText): string {
	const { title, body } = noticeLine(notice);
	const plain = (text: string) => text.replaceAll(';', ',');
	const bell = methods.bell ? '\u0007' : '';
	switch (methods.desktop) {
		case 'osc9':
			return `${bell}\u001B]9;${title}: ${body}\u0007`;
		case 'osc777':
			return `${bell}\u001B]777;notify;${plain(title)};${plain(body)}\u0007`;
		default:
			return bell;
	}
}

/** Notifies in every configured way; resolves with one message per failure. Never throws. */
export async function deliver(
	methods: NotificationMethods,
	given: NoticeText,
	write: (sequence: string) => void,
): Promise<Message[]> {
	const notice = withoutSecrets(given);
	const sequence = terminalNotice(methods, notice);
	if (sequence !== '') write(sequence);
	const problems = await Promise.all([
		methods.command === null ? null : runCommand(methods.command, notice),
		methods.webhook === null ? null : post(methods.webhook, notice),
	]);
	return problems.filter(problem => problem !== null);
}

/** The notification leaves this machine, and lines quoted as evidence may hold a secret. */
function withoutSecrets(notice: NoticeText): NoticeText {
	const findings = notice.findings.map(finding => ({
		...finding,
		title: maskText(finding.title),
		cause: maskText(finding.cause),
	}));
	return { ...notice, findings };
}

function runCommand(command: string, notice: NoticeText): Promise<Message | null> {
	const { title, body } = noticeLine(notice);
	return new Promise(resolve => {
		const child = spawn(command, {
			shell: true,
			stdio: ['pipe', 'ignore', 'ignore'],
			env: { ...process.env, LAKETOP_NOTICE_TITLE: title, LAKETOP_NOTICE: body },
			timeout: limitMs,
		});
		child.once('error', error =>
			resolve(phrase(['notify.command: {why}', 'notify.command: {why}'], { why: describe(error) })),
		);
		child.once('exit', (code, signal) =>
			resolve(
				code === 0
					? null
					: signal === null
						? phrase(['notify.command exited with code {code}', 'notify.command 종료 코드 {code}'], {
								code: code ?? '?',
							})
						: phrase(['notify.command was killed by {signal}', 'notify.command가 {signal} 신호로 종료되었습니다'], {
								signal,
							}),
			),
		);
		// A command that does not read its input has not failed.
		child.stdin.on('error', () => undefined);
		child.stdin.end(JSON.stringify(notice));
	});
}

async function post(address: string, notice: NoticeText): Promise<Message | null> {
	const url = URL.parse(address);
	if (url === null) return phrase(['notify.webhook is not a web address', 'notify.webhook이 웹 주소가 아닙니다']);
	const { origin, pathname, search } = url;
	const server = new HttpServer('webhook', origin);
	try {
		const answer = await server.request({
			method: 'POST',
			path: `${pathname}${search}`,
			headers: { 'content-type': 'application/json' },
			// Chat servers show the field `text` (Slack, Mattermost, Rocket.Chat).
			body: JSON.stringify({ text: Object.values(noticeLine(notice)).join(': '), ...notice }),
			timeoutMs: limitMs,
		});
		const { status } = answer;
		return status < 300
			? null
			: phrase(['notify.webhook answers {status}', 'notify.webhook 응답 {status}'], { status });
	} catch (error) {
		return phrase(['notify.webhook: {why}', 'notify.webhook: {why}'], { why: failureOf(error).message });
	} finally {
		await server.close();
	}
}
