import type { CommandContext } from '../../command-line/context/context.ts';

/** `laketop completion SHELL` */
export async function run({ commands, given, language, out }: CommandContext): Promise<number> {
	const shown = commands.filter(command => !command.hidden);
	switch (given.words[0]) {
		case 'bash':
			await out.write((await import('./bash.ts')).bashCompletion(shown));
			break;
		case 'zsh':
			await out.write((await import('./zsh.ts')).zshCompletion(shown, language));
			break;
		default:
			await out.write((await import('./fish.ts')).fishCompletion(shown, language));
	}
	return 0;
}
