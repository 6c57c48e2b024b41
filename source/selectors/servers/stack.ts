import { type Failure, type SourceName, sourceNames } from '../../model/source.ts';
import type { ServerAddress, ServerName } from '../../model/stack/discovery.ts';
import type { StackState } from '../../model/state.ts';
import type { Language } from '../../words/language.ts';
import { type Message, phrase, render } from '../../words/message.ts';
import { writer } from '../../words/write.ts';

/** Questions about the watched stack: its project, the addresses of its servers, and where they come from. */

/** The Compose project of the stack; before the stack is discovered, the configured one. */
export function ownProject({ stack }: Pick<StackState, 'stack'>, configured: string | undefined): string | null {
	return stack === null ? (configured ?? null) : stack.project;
}

/** A project that is shown because the current folder's project has no containers. */
export type ForeignStack = {
	/** The project that is shown. */
	readonly shown: string;
	/** The project of the current folder. */
	readonly own: string;
};

/** The other folder's project that is shown; null for the own stack, or if the project was named by the user. */
export function foreignStack({ stack }: Pick<StackState, 'stack'>): ForeignStack | null {
	const { project = null, folderProject } = stack ?? {};
	return project === null || folderProject === undefined ? null : { shown: project, own: folderProject };
}

/**
 * The project that Compose brings up, stops and takes down: that of the current folder, even while another one is
 * shown.
 */
export function projectToChange(state: Pick<StackState, 'stack'>, configured: string | undefined): string | null {
	return foreignStack(state)?.own ?? ownProject(state, configured);
}

/** Shown as: `shop is another folder's project; this folder's project mlops has no containers`. */
export function foreignWords(foreign: ForeignStack, language: Language = 'en'): string {
	return render(foreignMessage(foreign), language);
}

function foreignMessage({ shown, own }: ForeignStack): Message {
	return phrase(
		[
			"{shown} is another folder's project; this folder's project {own} has no containers",
			'{shown}은(는) 다른 폴더의 프로젝트입니다. 이 폴더의 프로젝트 {own}에는 컨테이너가 없습니다',
		],
		{ shown, own },
	);
}

/**
 * Why a change is refused: a folder with a project of its own must not change another folder's stack, which is shown
 * only because its own has no containers. null if the change is allowed.
 * @param project to be changed; undefined: the shown one, by its Airflow
 */
export function foreignChange(state: Pick<StackState, 'stack'>, project: string | null | undefined): Failure | null {
	const foreign = foreignStack(state);
	if (foreign === null || (project ?? foreign.shown) !== foreign.shown) return null;
	// A configured address is meant, whatever project is shown.
	if (project === undefined && state.stack?.servers.airflow.origin === 'given') return null;
	return {
		kind: 'refused',
		message: phrase(['Not changed: {why}', '변경하지 않았습니다. {why}'], { why: foreignMessage(foreign) }),
		fix: phrase(
			[
				'Start the stack of this folder with laketop up, or pass --project {shown} to change {shown}',
				'laketop up으로 이 폴더의 스택을 시작하거나, {shown}을(를) 변경하려면 --project {shown}을(를) 지정하세요',
			],
			{ shown: foreign.shown },
		),
	};
}

/**
 * The other Compose projects of this engine, each once: those with Airflow or MLflow first, ranked as in discovery,
 * then the rest by name.
 */
export function projectsFound({ stack, containers }: Pick<StackState, 'stack' | 'containers'>): string[] {
	const ranked = stack?.otherProjects ?? [];
	const all = new Set(Object.values(containers).flatMap(({ container }) => container.project ?? []));
	const rest = [...all].filter(name => name !== stack?.project && !ranked.includes(name)).toSorted();
	return [...ranked, ...rest];
}

/** The project that the user named if it has no containers here, else null. */
export function absentProject(state: Pick<StackState, 'stack' | 'containers'>): string | null {
	const { project = null, projectOrigin = 'none' } = state.stack ?? {};
	if (project === null || projectOrigin !== 'given') return null;
	return Object.values(state.containers).some(({ container }) => container.project === project) ? null : project;
}

/** The server that names a stack without an engine: `airflow.example.com/deployment`; null for any other stack. */
export function managedServer({ stack, hasEngine }: Pick<StackState, 'stack' | 'hasEngine'>): string | null {
	const url = stack?.servers.airflow.url ?? stack?.servers.mlflow.url ?? null;
	return hasEngine || url === null ? null : url.replace(/^https?:\/\//, '');
}

/** Whether only the guide says that this server belongs to the stack. */
export function isGuessed({ stack }: Pick<StackState, 'stack'>, id: string): boolean {
	return (id === 'airflow' || id === 'mlflow') && stack?.servers[id].origin === 'guess';
}

/**
 * Whether the stack simply does not have this server, as a project without MLflow: its project has the other one, and no
 * container of this one. Managed Airflow has no engine. That is no failure.
 */
export function isAbsent({ stack, hasEngine }: Pick<StackState, 'stack' | 'hasEngine'>, name: SourceName): boolean {
	if (name === 'docker') return !hasEngine;
	if (stack === null) return false;
	const { servers } = stack;
	const other = servers[name === 'mlflow' ? 'airflow' : 'mlflow'];
	if (servers[name].gap === 'no engine') return other.url !== null;
	return servers[name].gap === 'no container' && other.container !== null && other.gap !== 'taken';
}

/** Whether requests to this server go through the ssh connection to the engine's host. */
export function isThroughSsh({ ssh, stack }: Pick<StackState, 'ssh' | 'stack'>, name: SourceName): boolean {
	if (ssh === null) return false;
	return name === 'docker' || stack?.servers[name].throughSsh !== undefined;
}

/** Whether this server's answers are about the stack: its address is known and not a guess. */
export function isOwnServer({ stack }: Pick<StackState, 'stack'>, server: ServerName): boolean {
	const origin = stack?.servers[server].origin;
	return origin !== 'guess' && origin !== 'unknown';
}

/** The servers whose addresses are guesses. */
export function guessedServers(state: Pick<StackState, 'stack'>): SourceName[] {
	return sourceNames.filter(name => isGuessed(state, name));
}

export const serverTitles: Readonly<Record<ServerName, string>> = { airflow: 'Airflow', mlflow: 'MLflow' };

/**
 * A warning that the server's answers may be about another stack; null if they are about this one, or if its address is
 * unknown.
 */
export function guessWords(
	{ stack }: Pick<StackState, 'stack'>,
	server: ServerName,
	language: Language = 'en',
): string | null {
	const url = stack?.servers[server].url;
	if (!url || !isGuessed({ stack }, server)) return null;
	const words = phrase(
		[
			'{title} at {url} is a guess because no project was found. It may belong to another stack. Pass --{server}-url or --project',
			'프로젝트를 찾지 못해 {title} 주소를 {url}으로(로) 추정했습니다. 다른 스택일 수 있습니다. --{server}-url 또는 --project를 지정하세요',
		],
		{ title: serverTitles[server], url, server },
	);
	return render(words, language);
}

/** Source of an address: `published port of airflow-webserver`; and how it is reached if not from here. */
export function addressOriginWords(address: ServerAddress, language: Language = 'en'): string {
	const source = originWords(address, language);
	return address.throughSsh === undefined
		? source
		: writer(language)(['{source}, through ssh', '{source}, ssh 경유'], { source });
}

function originWords({ origin, container }: ServerAddress, language: Language): string {
	const say = writer(language);
	switch (origin) {
		case 'given':
			return say(['configured', '설정됨']);
		case 'published':
			return say(['published port of {container}', '{container}의 게시된 포트'], { container: container ?? '' });
		case 'seen earlier':
			return say(['published earlier in this run', '이번 실행에서 전에 게시됨']);
		case 'guess':
			return say(['guess: the default port', '추정: 기본 포트']);
		case 'unknown':
			return say(['unknown', '알 수 없음']);
	}
}
