import type { Option as ConfigOption } from '../../config/option.ts';
import { options, variableOf } from '../../config/options.ts';
import { demoStackNames } from '../../demo/stack-names.ts';
import type { Text } from '../../words/language.ts';
import type { Option } from './command.ts';

/** Options of the full-screen program and of every command, before or after the command's name. */
export const globalOptions: readonly Option[] = [
	{
		name: 'demo',
		help: [
			'Run on an embedded demo stack; requires nothing else. Theme and key bindings stay as configured',
			'내장된 데모 스택에서 실행(다른 준비 필요 없음). 테마와 단축키는 설정을 따름',
		],
	},
	{
		name: 'stack',
		value: { name: 'STACK', kind: 'choice', choices: demoStackNames },
		help: [
			'Stack of the demo (default: guide). laketop demo --help lists them',
			'데모의 스택(기본값: guide). 목록은 laketop demo --help로 확인',
		],
	},
	...options.flatMap(({ flag, choices }): Option[] => {
		if (flag === undefined) return [];
		const { name, value, help } = flag;
		if (value === undefined) return [{ name, negatable: true, help }];
		return [{ name, value: { ...value, ...(choices === null ? {} : { choices }) }, help }];
	}),
	{
		name: 'profile',
		value: { name: 'NAME', kind: 'profile' },
		help: ['Profile of the config file (one per stack)', '설정 파일의 프로필(스택마다 하나)'],
	},
	{
		name: 'config',
		value: { name: 'FILE', kind: 'file' },
		help: [
			'Config file (default: ./laketop.yaml, then ~/.config/laketop/laketop.yaml)',
			'설정 파일(기본값: ./laketop.yaml, 없으면 ~/.config/laketop/laketop.yaml)',
		],
	},
	{ name: 'help', short: 'h', help: ['Show the help of laketop or of the command', 'laketop 또는 명령의 도움말 보기'] },
	{ name: 'version', help: ['Show the version of laketop', 'laketop 버전 보기'] },
];

const asOptions: Text = ['Same as the option of this name', '같은 이름의 옵션과 같음'];
const secretSource: Text = [
	'File that contains the secret, or command that prints it',
	'비밀 값이 든 파일 또는 비밀 값을 출력하는 명령',
];

/** Environment variables, for help, man page and reference: names that share a meaning, and the meaning. */
export const environmentVariables: readonly (readonly [names: string, meaning: Text])[] = [
	...ownVariables(),
	[
		options.flatMap(({ foreign }) => foreign?.name ?? []).join(', '),
		['Used as by the MLflow client', 'MLflow 클라이언트와 같은 방식으로 사용'],
	],
	[
		'DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH',
		['Used as by docker', 'docker와 같은 방식으로 사용'],
	],
	['CONTAINER_HOST', ['Used as by podman', 'podman과 같은 방식으로 사용']],
	['NO_COLOR', ['Disable colours', '색 사용 안 함']],
];

function ownVariables(): [names: string, meaning: Text][] {
	const lines = new Map<Text, string[]>([[asOptions, ['LAKETOP_PROFILE', 'LAKETOP_CONFIG']]]);
	for (const option of options) {
		const variable = variableOf(option);
		const meaning = variableMeaning(option);
		if (variable === null || meaning === undefined) continue;
		lines.set(meaning, [...(lines.get(meaning) ?? []), variable]);
	}
	return [...lines].map(([meaning, names]) => [names.join(', '), meaning]);
}

function variableMeaning({ slot, key, flag, variableHelp }: ConfigOption): Text | undefined {
	if (slot !== undefined && slot !== key) return secretSource;
	return variableHelp ?? (flag ? asOptions : undefined);
}
