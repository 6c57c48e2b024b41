import { shellWords } from '../model/shell-words.ts';
import type { StackOption, StackState } from '../model/state.ts';

/**
 * The commands that laketop prints to be pasted: in fixes, questions and errors. Each is built here from its parts, so
 * that none can be forgotten, and quoted for a POSIX shell.
 */
export const line = {
	services: () => ({ words: ['services'] }),
	diskUse: () => ({ words: ['df'] }),
	doctor: () => ({ words: ['doctor'] }),
	deepCheck: () => ({ words: ['doctor', '--deep'] }),
	inspect: ({ service }: { service: string }) => ({ words: ['inspect'], names: [service] }),
	serviceLog: ({ service }: { service: string }) => ({ words: ['logs'], names: [service] }),
	taskLog: ({ dagId, dagRunId, task }: OfRun & { task: string }) => ({
		words: ['logs', ...option('dag', dagId), ...option('run', dagRunId), ...option('task', task)],
	}),
	tasks: ({ dagId, dagRunId }: { dagId: string; dagRunId: string | null }) => ({
		words: ['tasks', ...(dagRunId === null ? [] : option('run', dagRunId))],
		names: [dagId],
	}),
	source: ({ dagId }: { dagId: string }) => ({ words: ['source'], names: [dagId] }),
	reparse: ({ dagId }: { dagId: string }) => ({ words: ['reparse'], names: [dagId] }),
	clear: ({ dagId, dagRunId, which }: OfRun & { which: 'failed' | 'all' | readonly string[] }) => ({
		words: [
			'clear',
			...option('run', dagRunId),
			...(which === 'failed' ? [] : which === 'all' ? ['--all'] : which.flatMap(task => option('task', task))),
		],
		names: [dagId],
	}),
	stopRun: ({ dagId, dagRunId }: OfRun) => ({ words: ['stop-run', ...option('run', dagRunId)], names: [dagId] }),
} satisfies Record<string, (parts: never) => Line>;

type OfRun = { dagId: string; dagRunId: string };
/** A command with its options, and the names behind it. */
export type Line = { readonly words: readonly string[]; readonly names?: readonly string[] };

/** The options that named this stack where laketop was started: with them a printed command means the same one. */
export type Asked = Partial<Pick<StackState, 'stackOptions'>>;

/**
 * A command of laketop as it is to be pasted, with the options by which this stack was named.
 * @param command made by `line`, or in the same way
 */
export function laketopCommand({ stackOptions = [] }: Asked, { words, names = [] }: Line): string {
	const [verb = '', ...options] = words;
	const stack = stackOptions.flatMap(({ flag, value }) => [flag, value]);
	// A name that begins with a dash would be taken for an option.
	return names.some(name => name.startsWith('-'))
		? shellWords('laketop', ...stack, verb, ...options, '--', ...names)
		: shellWords('laketop', ...stack, verb, ...names, ...options);
}

/** The options that named this stack, with another project in the place of its own. */
export function optionsForProject({ stackOptions = [] }: Asked, project: string): StackOption[] {
	const kept = stackOptions.filter(({ flag, isOfProject }) => flag !== projectFlag && !isOfProject);
	return [...kept, { flag: projectFlag, value: project, isOfProject: false }];
}

const projectFlag = '--project';

/** A command of docker, at the engine that laketop was told to watch. */
export function dockerCommand({ stackOptions = [] }: Asked, ...words: readonly string[]): string {
	const host = stackOptions.find(({ flag }) => flag === '--docker-host')?.value;
	return shellWords('docker', ...(host === undefined ? [] : ['-H', host]), ...words);
}

function option(name: string, value: string): string[] {
	return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
}
