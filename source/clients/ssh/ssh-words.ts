import { sshUser } from '../../model/engine/engine-address.ts';
import type { SshTarget } from '../../model/engine/ssh-state.ts';
import { phrase } from '../../words/message.ts';
import { SshError } from './ssh-error.ts';

/** What a forward leads to: an address as the remote host sees it, or a Unix socket there. */
export type ForwardTarget = SshTarget | { readonly socket: string };

/** Arguments of ssh(1) that name the host of an `ssh://` address. Throws SshError for an invalid one. */
export function destinationWords(address: string): string[] {
	const url = URL.parse(address);
	if (url === null)
		throw new SshError(phrase(['{address} is not an address', '{address}은(는) 주소가 아닙니다'], { address }));
	const user = sshUser(url);
	return [...(user ? ['-l', user] : []), ...(url.port ? ['-p', url.port] : []), '--', url.hostname];
}

const option = (name: string, value: string | number) => ['-o', `${name}=${value}`];

/** BatchMode: a password prompt would be hidden behind the full-screen program. */
const unattended = [...option('ConnectTimeout', 15), ...option('BatchMode', 'yes')];

/** Seconds between signs of life, and how many may be missed: a dead line is noticed after 15 s. */
const alive = [...option('ServerAliveInterval', 5), ...option('ServerAliveCountMax', 3)];

/**
 * A login that others share over the socket `control`. It prints an empty line when it is ready: the local command runs
 * after the socket has been opened (openssh-portable, ssh.c, ssh_session2). The user's own forwards and remote command
 * are for their own logins.
 */
export function loginWords(destination: readonly string[], control: string): string[] {
	return [
		...unattended,
		...alive,
		...option('ControlMaster', 'yes'),
		...option('ControlPath', control),
		...option('ControlPersist', 'no'),
		...option('ClearAllForwardings', 'yes'),
		...option('RemoteCommand', 'none'),
		...option('PermitLocalCommand', 'yes'),
		...option('LocalCommand', 'echo'),
		'-N',
		'-T',
		...destination,
	];
}

/** A remote command over a shared login; if the server allows no more sessions on it, over a login of its own. */
export function sessionWords(destination: readonly string[], control: string, command: readonly string[]): string[] {
	return [
		...unattended,
		...option('ControlMaster', 'no'),
		...option('ControlPath', control),
		...option('ClearAllForwardings', 'yes'),
		...option('RemoteCommand', 'none'),
		'-T',
		...destination,
		...command,
	];
}

/** Prints the user's own settings for a host (`controlpath …`), without connecting. */
export function settingsWords(destination: readonly string[]): string[] {
	return ['-G', ...destination];
}

/**
 * Opens (`forward`) or closes (`cancel`) a Unix socket here that leads to the target. Without the user's configuration:
 * its own forwards would be opened as well.
 */
export function forwardWords(
	destination: readonly string[],
	control: string,
	target: ForwardTarget,
	path: string,
	change: 'forward' | 'cancel',
): string[] {
	const forward = `${path}:${'socket' in target ? target.socket : hostAndPort(target)}`;
	return ['-F', 'none', ...option('ControlPath', control), '-O', change, '-L', forward, ...destination];
}

/** `127.0.0.1:8080`, `[::1]:8080` */
export function hostAndPort({ host, port }: SshTarget): string {
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
