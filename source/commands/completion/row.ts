import type { CommandRow } from '../command-row.ts';

export const completionRow: CommandRow = {
	name: 'completion',
	group: 'laketop',
	summary: [
		'Print a script that completes commands, options, DAGs and services in a shell',
		'셸에서 명령, 옵션, DAG, 서비스를 자동 완성하는 스크립트 출력',
	],
	offline: true,
	arguments: [
		{
			name: 'SHELL',
			kind: 'choice',
			choices: ['bash', 'zsh', 'fish'],
			required: true,
			help: ['bash, zsh or fish', 'bash, zsh 또는 fish'],
		},
	],
	examples: [
		{
			line: 'laketop completion bash > ~/.local/share/bash-completion/completions/laketop',
			does: ['Install it for bash', 'bash에 설치'],
		},
		{ line: 'laketop completion zsh > ~/.zfunc/_laketop', does: ['Install it for zsh', 'zsh에 설치'] },
		{
			line: 'laketop completion fish > ~/.config/fish/completions/laketop.fish',
			does: ['Install it for fish', 'fish에 설치'],
		},
	],
	load: () => import('./completion.ts'),
};

export const completeRow: CommandRow = {
	name: '__complete',
	group: 'laketop',
	summary: ['Print candidates for a completion script', '자동 완성 스크립트에 쓸 후보 출력'],
	hidden: true,
	offline: true,
	arguments: [
		{
			name: 'KIND',
			kind: 'text',
			required: true,
			help: [
				'Kind of the candidates: dag, run, task, service, project, profile',
				'후보의 종류: dag, run, task, service, project, profile',
			],
		},
		{
			name: 'WORDS',
			kind: 'text',
			verbatim: true,
			help: ['Words of the command line so far', '지금까지 입력한 명령줄의 단어'],
		},
	],
	examples: [],
	load: () => import('./complete.ts'),
};
