import type { CommandContext } from '../context.ts';

/** `laketop completion SHELL` */
export async function run({ given, out }: CommandContext): Promise<number> {
	switch (given.words[0]) {
		case 'bash':
			await out.write((await import('./bash.ts')).bashCompletion());
			break;
		case 'zsh':
			await out.write((await import('./zsh.ts')).zshCompletion());
			break;
		default:
			await out.write((await import('./fish.ts')).fishCompletion());
	}
	return 0;
}
