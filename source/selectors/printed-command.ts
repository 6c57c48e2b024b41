import { shellWords } from '../model/shell-words.ts';
import type { StackState } from '../model/state.ts';

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
	// A name that begins with a dash would be taken for an option.
	return names.some(name => name.startsWith('-'))
		? shellWords('laketop', ...stackOptions, verb, ...options, '--', ...names)
		: shellWords('laketop', ...stackOptions, verb, ...names, ...options);
}

/** The options that named this stack, with another project in the place of its own. */
export function optionsForProject({ stackOptions = [] }: Asked, project: string): string[] {
	const at = stackOptions.indexOf('--project');
	const others = stackOptions.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
	// These name parts of the stack that was asked for.
	const ofStack = ['--compose-file', '--airflow-url', '--mlflow-url'];
	const kept = others.filter((word, index) => !ofStack.includes(word) && !ofStack.includes(others[index - 1] ?? ''));
	return [...kept, '--project', project];
}

/** A command of docker, at the engine that laketop was told to watch. */
export function dockerCommand({ stackOptions = [] }: Asked, ...words: readonly string[]): string {
	const at = stackOptions.indexOf('--docker-host');
	const host = at === -1 ? undefined : stackOptions[at + 1];
	return shellWords('docker', ...(host === undefined ? [] : ['-H', host]), ...words);
}

function option(name: string, value: string): string[] {
	return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
}
