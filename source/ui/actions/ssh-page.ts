import type { SshConnection } from '../../clients/ssh/ssh-connection.ts';
import type { SshTarget } from '../../model/engine/ssh-state.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { sshDestination } from '../../selectors/printed-commands/printed-command.ts';
import { render } from '../../words/message.ts';
import type { Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { type Address, addressPage, browserCommand } from './addresses.ts';
import { cannot, later } from './step.ts';

/** Where a page is on the engine's host, if it is reached through ssh; otherwise null. */
export function throughSshTo({ endpoints }: Pick<StackState, 'endpoints'>, url: string): SshTarget | null {
	const origin = originOf(url);
	return endpoints.find(({ pageUrl }) => originOf(pageUrl) === origin)?.throughSsh ?? null;
}

const originOf = (url: string) => URL.parse(url)?.origin ?? null;

/**
 * A browser needs a TCP port here, to which every user of this machine can connect: it is opened only after a question,
 * which says so. Without a browser, the command of a tunnel is shown.
 */
export function openThroughSsh(context: StepContext, address: Address, target: SshTarget): Effect {
	const { environment, clients, language, say, state } = context;
	const { ssh } = clients;
	if (ssh === null || !browserCommand(environment)) {
		const port = freeFor(target.port);
		const tunnel = `ssh -N -L ${port}:${target.host}:${target.port} ${sshDestination(state)}`;
		const url = atPort(address.url, port);
		const lead = say(
			['Run this where your browser is, then open {url}:', '브라우저가 있는 컴퓨터에서 실행한 뒤 {url}을(를) 여세요:'],
			{ url },
		);
		return addressPage(context, address, { tunnel, lead });
	}
	const port = ssh.portFor(target);
	const place = `${URL.parse(address.url)?.host}`;
	return {
		kind: 'choose',
		question: {
			title: render(address.title, language),
			filters: false,
			choices:
				port === null
					? [
							{
								id: 'open',
								key: 'o',
								label: say(['Open a port here and a browser', '이 컴퓨터에 포트를 열고 브라우저 열기']),
								hint: say(
									[
										'leads to {place} through ssh until laketop exits; others on this machine can connect too',
										'laketop을 종료할 때까지 ssh로 {place}에 연결, 이 컴퓨터의 다른 사용자도 접속 가능',
									],
									{ place },
								),
							},
						]
					: [
							{
								id: 'open',
								key: 'o',
								label: say(['Open a browser', '브라우저 열기']),
								hint: say(
									[
										'localhost:{port} leads to {place}; others on this machine can connect too',
										'localhost:{port}에서 {place}(으)로 연결, 이 컴퓨터의 다른 사용자도 접속 가능',
									],
									{ port: String(port), place },
								),
							},
							{
								id: 'close',
								key: 'c',
								label: say(['Close the port', '포트 닫기']),
								hint: `localhost:${port}`,
							},
						],
			next: id => later(id === 'open' ? opened(ssh, address, target) : closed(ssh, target, say)),
		},
	};
}

async function opened(ssh: SshConnection, address: Address, target: SshTarget): Promise<Effect> {
	try {
		const { port } = await ssh.openPort(target);
		return { kind: 'open address', url: atPort(address.url, port) };
	} catch (error) {
		return cannot(failureOf(error).message);
	}
}

async function closed(ssh: SshConnection, target: SshTarget, say: StepContext['say']): Promise<Effect> {
	await ssh.closePort(target);
	return { kind: 'nothing', hint: say(['The port is closed', '포트를 닫았습니다']) };
}

/** The same page at a port of this machine. */
function atPort(url: string, port: number): string {
	const page = URL.parse(url);
	if (page === null) return url;
	return `http://localhost:${port}${page.href.slice(page.origin.length)}`;
}

/** Below 1024 a port needs privileges. */
function freeFor(port: number): number {
	return port < 1024 ? port + 10_000 : port;
}
