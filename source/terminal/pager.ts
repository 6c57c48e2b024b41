import { spawn } from 'node:child_process';
import { describe } from '../model/failures/described-error.ts';
import { type Message, phrase } from '../words/message.ts';

/**
 * Opens a text in the user's pager (`$PAGER`, otherwise less) and waits until it exits. Resolves with the reason of a
 * failure, or null. The text holds no control sequences, so that it cannot act on the terminal.
 */
export function runPager(text: string, environment: NodeJS.ProcessEnv): Promise<Message | null> {
	const command = environment.PAGER?.trim() || 'less';
	return new Promise(resolve => {
		// Through a shell, because $PAGER may hold options.
		const pager = spawn('sh', ['-c', command], { stdio: ['pipe', 'inherit', 'inherit'] });
		pager.on('error', error =>
			resolve(phrase(['{command}: {why}', '{command}: {why}'], { command, why: describe(error) })),
		);
		pager.on('exit', code => {
			resolve(
				code === 127
					? phrase(['{command} not found: set PAGER', '{command}을(를) 찾을 수 없습니다. PAGER를 설정하세요'], {
							command,
						})
					: null,
			);
		});
		// The pager may exit before it has read everything.
		pager.stdin.on('error', () => undefined);
		pager.stdin.end(text);
	});
}
