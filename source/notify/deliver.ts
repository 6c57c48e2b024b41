import { spawn } from 'node:child_process';
import { HttpServer } from '../clients/http/http.ts';
import { cleanText } from '../model/clean-text.ts';
import { failureOf } from '../model/failure.ts';
import type { NoticeWays } from '../model/notify-settings.ts';
import { maskText } from '../model/secrets.ts';
import { render } from '../words/message.ts';

/** What is told, in the user's language. */
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

/** The notice in a line: `laketop mlops @ db-host: airflow-redis is down (and 1 more)`. */
export function noticeLine({ project, host, findings }: NoticeText): { title: string; body: string } {
	const [first] = findings;
	const more = findings.length > 1 ? ` (+${findings.length - 1})` : '';
	return { title: cleanText(`laketop ${project ?? ''} @ ${host}`), body: cleanText(`${first?.title ?? ''}${more}`) };
}

/** What the terminal is sent: never a byte of the text that it would act on, nor one that ends the sequence. */
export function terminalNotice(ways: NoticeWays, notice: NoticeText): string {
	const { title, body } = noticeLine(notice);
	const plain = (text: string) => text.replaceAll(';', ',');
	const bell = ways.bell ? '\u0007' : '';
	switch (ways.desktop) {
		case 'osc9':
			return `${bell}\u001B]9;${title}: ${body}\u0007`;
		case 'osc777':
			return `${bell}\u001B]777;notify;${plain(title)};${plain(body)}\u0007`;
		default:
			return bell;
	}
}

/** Tells by every way that is wished; resolves with what went wrong, a line each. Never throws. */
export async function deliver(
	ways: NoticeWays,
	given: NoticeText,
	write: (sequence: string) => void,
): Promise<string[]> {
	const notice = withoutSecrets(given);
	const sequence = terminalNotice(ways, notice);
	if (sequence !== '') write(sequence);
	const problems = await Promise.all([
		ways.command === null ? null : runCommand(ways.command, notice),
		ways.webhook === null ? null : post(ways.webhook, notice),
	]);
	return problems.filter(problem => problem !== null);
}

/** It leaves this machine: what its causes quote may hold a secret. */
function withoutSecrets(notice: NoticeText): NoticeText {
	const findings = notice.findings.map(finding => ({
		...finding,
		title: maskText(finding.title),
		cause: maskText(finding.cause),
	}));
	return { ...notice, findings };
}

function runCommand(command: string, notice: NoticeText): Promise<string | null> {
	const { title, body } = noticeLine(notice);
	return new Promise(resolve => {
		const child = spawn(command, {
			shell: true,
			stdio: ['pipe', 'ignore', 'ignore'],
			env: { ...process.env, LAKETOP_NOTICE_TITLE: title, LAKETOP_NOTICE: body },
			timeout: limitMs,
		});
		child.once('error', error => resolve(`notify.command: ${error.message}`));
		child.once('exit', (code, signal) =>
			resolve(code === 0 ? null : `notify.command ended with ${signal ?? `exit code ${code}`}`),
		);
		// One that does not read is no failure.
		child.stdin.on('error', () => undefined);
		child.stdin.end(JSON.stringify(notice));
	});
}

async function post(address: string, notice: NoticeText): Promise<string | null> {
	const url = URL.parse(address);
	if (url === null) return 'notify.webhook is not a web address';
	const { origin, pathname, search } = url;
	const server = new HttpServer('The webhook', origin);
	try {
		const answer = await server.request({
			method: 'POST',
			path: `${pathname}${search}`,
			headers: { 'content-type': 'application/json' },
			// `text` is what chat servers (Slack, Mattermost, Rocket.Chat) show.
			body: JSON.stringify({ text: Object.values(noticeLine(notice)).join(': '), ...notice }),
			timeoutMs: limitMs,
		});
		return answer.status < 300 ? null : `notify.webhook answers ${answer.status}`;
	} catch (error) {
		return `notify.webhook: ${render(failureOf(error).message, 'en')}`;
	} finally {
		await server.close();
	}
}
