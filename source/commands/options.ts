import { options, variableOf } from '../config/options.ts';
import type { Option } from './command.ts';

/** Options of the full-screen program and of every command, before or behind the command's name. */
export const globalOptions: readonly Option[] = [
	{ name: 'demo', help: 'Run on an embedded stack; nothing is needed. Looks and keys are as configured' },
	...options.flatMap(({ flag, choices }): Option[] => {
		if (flag === undefined) return [];
		const { name, value, help } = flag;
		if (value === undefined) return [{ name, negatable: true, help }];
		return [{ name, value: { ...value, ...(choices === null ? {} : { choices }) }, help }];
	}),
	{
		name: 'profile',
		value: { name: 'NAME', kind: 'profile' },
		help: 'Profile of the config file: one of several stacks',
	},
	{
		name: 'config',
		value: { name: 'FILE', kind: 'file' },
		help: 'Config file (else ./laketop.yaml, ~/.config/laketop/laketop.yaml)',
	},
	{ name: 'help', short: 'h', help: 'This help; with a command, its own' },
	{ name: 'version', help: 'The version of laketop' },
];

/** Environment variables, for help, man page and reference: names that mean the same, and what. */
export const environmentVariables: readonly (readonly [names: string, meaning: string])[] = [
	...ownVariables(),
	['LAKETOP_PROFILE, LAKETOP_CONFIG', 'as the options'],
	[options.flatMap(({ foreign }) => foreign?.name ?? []).join(', '), 'as for MLflow'],
	['DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH', 'as for docker'],
	['NO_COLOR', 'no colours'],
];

function ownVariables(): [names: string, meaning: string][] {
	const lines = new Map<string, string[]>();
	for (const option of options) {
		const { slot, key, flag, meaning, variableHelp = flag ? 'as the options' : meaning } = option;
		const variable = variableOf(option);
		if (variable === null) continue;
		// The other two ways to give a secret: once for all of them.
		const isOtherWay = slot !== undefined && slot !== key;
		const [name, words] = isOtherWay
			? ['the same with _FILE or _COMMAND behind PASSWORD or TOKEN', 'a file or a command that says it']
			: [variable, variableHelp];
		const names = lines.get(words) ?? [];
		if (!names.includes(name)) names.push(name);
		lines.set(words, names);
	}
	return [...lines].map(([words, names]) => [names.join(', '), words]);
}
