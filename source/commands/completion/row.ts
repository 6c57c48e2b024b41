import type { CommandRow } from '../../command-line/rows/command-row.ts';

export const completionRow: CommandRow = {
	name: 'completion',
	group: 'laketop',
	summary: [
		'Print a script that completes commands, options, DAGs and services in a shell',
		'셸에서 명령, 옵션, DAG, 서비스를 자동 완성하는 스크립트 출력',
	],
	details: [
		[
			'Names of the stack are completed too: services, DAGs, DAG runs, tasks, XCom keys, findings, experiments, models with their versions and aliases, MLflow runs, metrics, projects and profiles. A server that does not answer within 0.2s is asked again in the background, and names from the last 5 minutes are offered. They are kept in a file that only you can read ($XDG_CACHE_HOME/laketop, otherwise ~/.cache/laketop).',
			'스택의 이름도 자동 완성합니다. 서비스, DAG, DAG 실행, 작업, XCom 키, 문제, 실험, 모델과 그 버전·별칭, MLflow 실행, 메트릭, 프로젝트, 프로필이 해당합니다. 서버가 0.2초 안에 응답하지 않으면 백그라운드에서 다시 묻고 최근 5분 동안의 이름을 제안합니다. 이름은 본인만 읽을 수 있는 파일에 보관합니다($XDG_CACHE_HOME/laketop, 없으면 ~/.cache/laketop).',
		],
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
				'Kind of the candidates: dag, run, task, service, project, profile, finding, experiment, model, mlflow-run',
				'후보의 종류: dag, run, task, service, project, profile, finding, experiment, model, mlflow-run',
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
