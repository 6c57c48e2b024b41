import { lstatSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '../../model/failures/described-error.ts';
import { phrase } from '../../words/message.ts';
import { SshError } from './ssh-error.ts';

/** Longest path of the folder: a Unix socket's path has 103 bytes on macOS, and ssh adds 17 while it opens its own. */
const longest = 70;

/**
 * Makes a folder for sockets that only the user can enter (mode 0700). Throws SshError if that is not possible.
 * @param runtime the user's own folder for sockets, `XDG_RUNTIME_DIR`
 */
export function makePrivateFolder(runtime: string | undefined): string {
	let problem: unknown;
	for (const place of [runtime, tmpdir(), '/tmp']) {
		// ssh would expand `%` and `$` in a path, and split it at a colon.
		if (!place || !/^\/[\w./+-]*$/.test(place) || place.length > longest - '/laketop-XXXXXX'.length) continue;
		try {
			const folder = mkdtempSync(join(place, 'laketop-'));
			const { mode, uid } = lstatSync(folder);
			if ((mode & 0o077) === 0 && uid === process.getuid?.()) return folder;
		} catch (error) {
			problem = error;
		}
	}
	const why = problem === undefined ? '' : describe(problem);
	throw new SshError(
		phrase(
			[
				'no private folder for the sockets of ssh in XDG_RUNTIME_DIR, TMPDIR or /tmp: {why}',
				'XDG_RUNTIME_DIR, TMPDIR, /tmp에 ssh 소켓용 비공개 폴더를 만들 수 없습니다. {why}',
			],
			{ why },
		),
	);
}
