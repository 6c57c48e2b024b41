import { isPodmanSocket, isPodmanVersion } from '../../model/engine/engine-address.ts';
import { sshHost } from '../../model/engine/ssh-destination.ts';
import type { StackOption, StackState } from '../../model/state.ts';
import { shellWords } from '../../model/text/shell-words.ts';

/**
 * The commands that laketop prints for pasting: in fixes, questions and errors. All are built here from their parts, so
 * that no part is forgotten, and quoted for a POSIX shell.
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
	questions: ({ dagId }: { dagId: string }) => ({ words: ['questions'], names: [dagId] }),
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
/** A command with its options, and the names after it. */
export type Line = { readonly words: readonly string[]; readonly names?: readonly string[] };

/** The options that selected this stack at the start of laketop: with them a printed command acts on the same stack. */
export type Asked = Partial<Pick<StackState, 'stackOptions'>>;

/**
 * A laketop command for pasting, with the options that select this stack.
 * @param command made by `line`, or in the same way
 */
export function laketopCommand({ stackOptions = [] }: Asked, { words, names = [] }: Line): string {
	const [verb = '', ...options] = words;
	const stack = stackOptions.flatMap(({ flag, value }) => [flag, value]);
	// A name that starts with a dash would be parsed as an option.
	return names.some(name => name.startsWith('-'))
		? shellWords('laketop', ...stack, verb, ...options, '--', ...names)
		: shellWords('laketop', ...stack, verb, ...names, ...options);
}

/** The options that select this stack, with another project instead of its own. */
export function optionsForProject({ stackOptions = [] }: Asked, project: string): StackOption[] {
	const kept = stackOptions.filter(({ flag, isOfProject }) => flag !== projectFlag && !isOfProject);
	return [...kept, { flag: projectFlag, value: project, isOfProject: false }];
}

const projectFlag = '--project';

/** What a command for the engine depends on: the option that selected it, and whether it is Podman. */
export type EngineAsked = Asked & Partial<Pick<StackState, 'sources' | 'engine'>>;

/** A docker or podman command for the engine that laketop watches. */
export function engineCommand(asked: EngineAsked, ...words: readonly string[]): string {
	const host = hostOption(asked);
	// podman(1): --url implies --remote.
	const [program, option] = isPodman(asked) ? ['podman', '--url'] : ['docker', '-H'];
	return shellWords(program, ...(host === undefined ? [] : [option, host]), ...words);
}

/**
 * A `docker compose` command for the engine that laketop watches, which laketop itself uses with Podman too. The docker
 * program does not look for Podman's socket by itself.
 */
export function composeCommandFor(asked: EngineAsked, ...words: readonly string[]): string {
	const host = hostOption(asked) ?? (isPodman(asked) ? asked.engine?.address : undefined);
	return shellWords('docker', ...(host === undefined ? [] : ['-H', host]), 'compose', ...words);
}

function hostOption({ stackOptions = [] }: Asked): string | undefined {
	return stackOptions.find(({ flag }) => flag === '--docker-host')?.value;
}

/** Podman may listen at Docker's socket, and has not answered yet at its own. */
function isPodman({ sources, engine }: EngineAsked): boolean {
	return isPodmanVersion(sources?.docker?.version ?? '') || (engine != null && isPodmanSocket(engine));
}

/** For `ssh`: the host of the engine, with user and port where they are given. */
export function sshDestination({ engine }: Pick<StackState, 'engine'>): string {
	return sshHost(engine?.address ?? '');
}

function option(name: string, value: string): string[] {
	return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
}
