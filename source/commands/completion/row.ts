import type { CommandRow } from '../command-row.ts';

export const completionRow: CommandRow = {
	name: 'completion',
	group: 'laketop',
	summary: 'A script that completes commands, options, DAGs and services in a shell',
	offline: true,
	arguments: [
		{ name: 'SHELL', kind: 'choice', choices: ['bash', 'zsh', 'fish'], required: true, help: 'bash, zsh or fish' },
	],
	examples: [
		{ line: 'laketop completion bash > ~/.local/share/bash-completion/completions/laketop', does: 'bash' },
		{ line: 'laketop completion zsh > ~/.zfunc/_laketop', does: 'zsh' },
		{ line: 'laketop completion fish > ~/.config/fish/completions/laketop.fish', does: 'fish' },
	],
	load: () => import('./completion.ts'),
};

export const completeRow: CommandRow = {
	name: '__complete',
	group: 'laketop',
	summary: 'Candidates for a completion script',
	hidden: true,
	offline: true,
	arguments: [
		{
			name: 'KIND',
			kind: 'text',
			required: true,
			help: 'What is completed: dag, run, task, service, project, profile',
		},
		{ name: 'WORDS', kind: 'text', verbatim: true, help: 'The words typed so far' },
	],
	examples: [],
	load: () => import('./complete.ts'),
};
