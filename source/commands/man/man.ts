import { spawn } from 'node:child_process';
import type { CommandContext } from '../../command-line/context/context.ts';
import { manPage } from '../../command-line/help/roff.ts';

/** `laketop man` */
export async function run({ commands, out }: CommandContext): Promise<number> {
	const page = manPage(LAKETOP_VERSION, commands);
	if (out.isTerminal && (await shownByMan(page))) return 0;
	await out.write(page);
	return 0;
}

/** Opens the page in man; false if man is not available. */
function shownByMan(page: string): Promise<boolean> {
	return new Promise(resolve => {
		const man = spawn('man', ['-l', '-'], { stdio: ['pipe', 'inherit', 'ignore'] });
		man.on('error', () => resolve(false));
		man.on('exit', code => resolve(code === 0));
		// man may exit before it has read everything.
		man.stdin.on('error', () => undefined);
		man.stdin.end(page);
	});
}
