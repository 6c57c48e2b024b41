import { type Flags, type LoadedConfig, loadConfig } from '../../config/load.ts';
import { camel } from '../../config/option.ts';
import { options, variableOf } from '../../config/options.ts';
import { phrase } from '../../words/message.ts';
import type { Given } from '../arguments/given.ts';
import { checkKeys } from './check-keys.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The effective configuration for a command line. The demo is its own stack: addresses, names and logins of a real stack do
 * not apply to it, but theme and key bindings do. Throws ConfigError.
 * @param profile chosen while the program runs, instead of the given one
 */
export async function configOf(
	given: Given,
	environment: Environment,
	workingDirectory: string,
	profile?: string,
): Promise<LoadedConfig> {
	const flags = { ...flagsOf(given), ...(profile === undefined ? {} : { profile }) };
	if (!given.is('demo'))
		return onChosenEngine(await loadConfig(flags, environment, workingDirectory, { checkKeys }), [
			workingDirectory,
			...(environment.PWD === undefined ? [] : [environment.PWD]),
		]);
	const ofStack = options.filter(one => one.isOfStack);
	const variables = new Set(ofStack.flatMap(one => [variableOf(one), one.foreign?.name]));
	const isKept = (name: string) => !variables.has(name) && !/^(DOCKER_|CONTAINER_HOST$)/.test(name);
	const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => isKept(name)));
	// Flags apply to the demo, except those that locate a stack.
	const places = ofStack.flatMap(({ isPlace, flag }) => (isPlace && flag ? [flag.name] : []));
	const ignored = places.filter(name => given.text(name) !== undefined);
	const appearance = Object.fromEntries(Object.entries(flags).filter(([name]) => !places.map(camel).includes(name)));
	const leftOut = (key: string) => ofStack.some(one => one.key === key);
	return loadConfig(appearance, kept, workingDirectory, { leftOut, checkKeys }).then(loaded => ofDemo(loaded, ignored));
}

/** Where no engine is configured and several have a socket here, they are asked which one has the stack. */
async function onChosenEngine(loaded: LoadedConfig, currentFolders: readonly string[]): Promise<LoadedConfig> {
	const { dockerHost, discovery, folderProject } = loaded.config;
	if (dockerHost.alternatives === undefined) return loaded;
	const { chooseSocket } = await import('../../config/choose-socket.ts');
	const wanted = { project: discovery.project, currentFolders, folderProject };
	return { ...loaded, config: { ...loaded.config, dockerHost: await chooseSocket(dockerHost, wanted) } };
}

/** Without profiles and without sessions: its addresses change with every start. */
const ofDemo = (loaded: LoadedConfig, ignored: readonly string[]): LoadedConfig => {
	const { username, password } = loaded.config.airflow;
	return {
		...loaded,
		warnings: [
			...loaded.warnings,
			...ignored.map(name =>
				phrase(
					[
						'--{name} is ignored: --demo runs its own stack',
						'--demo는 자체 스택을 사용하므로 --{name}을(를) 무시합니다',
					],
					{ name },
				),
			),
		],
		config: {
			...loaded.config,
			airflow: { username, password },
			folderProject: null,
			profile: null,
			profiles: [],
			stackOptions: [],
		},
	};
};

/** The global options as configuration flags. */
function flagsOf(given: Given): Flags {
	const flags = options.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
	const values = flags.map(({ name, value }) => [
		camel(name),
		value === undefined ? given.choice(name) : given.text(name),
	]);
	return { ...Object.fromEntries(values), config: given.text('config'), profile: given.text('profile') };
}
