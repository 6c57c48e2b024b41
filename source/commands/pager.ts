import { spawn } from 'node:child_process';

/**
 * Gives a text to the user's pager (`$PAGER`, else less) and waits until that ends. Resolves with why it could not, or
 * null. The text holds no control sequence, so that nothing of it can act on the terminal.
 */
export function runPager(text: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
	const command = environment.PAGER?.trim() || 'less';
	return new Promise(resolve => {
		// By the shell, as $PAGER may hold options; the text goes to its standard input.
		const pager = spawn('sh', ['-c', command], { stdio: ['pipe', 'inherit', 'inherit'] });
		pager.on('error', error => resolve(`${command}: ${error.message}`));
		pager.on('exit', code => {
			resolve(code === 127 ? `${command} is not there: set PAGER` : null);
		});
		// It may be left before it has read all.
		pager.stdin.on('error', () => undefined);
		pager.stdin.end(text);
	});
}
