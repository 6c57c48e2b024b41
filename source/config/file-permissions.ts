import { statSync } from 'node:fs';
import { type Message, phrase } from '../words/message.ts';

/** Whether users other than the owner can read the file. False on Windows, which has no such bits. */
export function mayBeReadByOthers(path: string): boolean {
	return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

/** Whether a user other than this one and root can write the file or owns it. False on Windows. */
export function mayBeWrittenByOthers(path: string): boolean {
	if (process.platform === 'win32') return false;
	const { mode, uid } = statSync(path);
	return (mode & 0o022) !== 0 || (uid !== 0 && uid !== process.getuid?.());
}

/** A warning that the users of this host can read a secret. */
export function readableByOthers(path: string): Message {
	return phrase(
		[
			'{path} contains a secret and other users can read it: chmod 600 {path}',
			'{path}에 비밀 값이 있는데 다른 사용자도 읽을 수 있습니다: chmod 600 {path}',
		],
		{ path },
	);
}
