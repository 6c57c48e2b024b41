import { DescribedError } from '../../model/failures/described-error.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';

/** A connection through ssh failed or broke: a sentence, if possible in ssh's words. */
export class SshError extends DescribedError {
	override name = 'SshError';
	/** The connection broke after it was made: what was sent may have been carried out. */
	readonly isLost: boolean;

	constructor(description: Message, { isLost = false }: { readonly isLost?: boolean } = {}) {
		super(description);
		this.isLost = isLost;
	}
}

/** Maximum characters kept of ssh's messages. */
export const complaintKept = 500;

/** ssh's exit code if the connection itself fails; any other is that of the remote command (ssh(1), EXIT STATUS). */
export const connectionFailed = 255;

/**
 * Why an ssh process ended.
 * @param complaint its standard error; the last line counts
 * @param code its exit code; null: it was killed
 */
export function endOfSsh(complaint: string, code: number | null): Message {
	const words = cleanText(complaint.trim().split('\n').at(-1) ?? '').trim();
	// Some of ssh's messages begin with its name.
	if (words !== '') return quoted(`ssh: ${words.replace(/^ssh: |\.$/g, '')}`);
	if (code === null) return phrase(['ssh was killed', 'ssh가 강제 종료되었습니다']);
	return phrase(['ssh exited with code {code}', 'ssh가 종료 코드 {code}으로(로) 끝났습니다'], { code });
}

/** Why the ssh program could not be started. */
export function sshNotStarted(error: Error): SshError {
	return 'code' in error && error.code === 'ENOENT' ? sshMissing() : new SshError(quoted(`ssh: ${error.message}`));
}

export function sshMissing(): SshError {
	return new SshError(phrase(['ssh is not installed here', 'ssh가 설치되어 있지 않습니다']));
}
