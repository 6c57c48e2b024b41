import { existsSync } from 'node:fs';
import { type DockerHost, isPodmanSocket, noEngineFailure } from '../model/engine/engine-address.ts';
import { exitedWith } from '../model/failures/exited-with.ts';
import { ClientError } from '../model/failures/failure.ts';
import { type ComposeProject, composeOptions } from '../model/stack/compose-project.ts';
import { shellWords } from '../model/text/shell-words.ts';
import { phrase } from '../words/message.ts';
import { type ComposeService, composeServicesIn, configLimit } from './compose-services.ts';
import { runProgram } from './run-program.ts';

export type ComposeInput = {
	/** The process's input. */
	readonly input?: string;
};

/** Docker Compose, for one project. */
export interface ComposeClient {
	/** The version, or null if Compose is not installed. */
	available(): Promise<string | null>;
	/** The project that commands act on. */
	project(): ComposeProject;
	/** Missing files of the project. */
	missingFiles(): readonly string[];
	/** The equivalent command, for an operator to type. */
	command(words: readonly string[]): string;
	/**
	 * Runs `docker compose …`; each line of its output goes to `onLine`, cleaned. After the signal it gets SIGINT, as
	 * by Ctrl-C, and has time to end. Returns its exit code. Throws ClientError if it cannot be started.
	 */
	run(
		words: readonly string[],
		onLine: (line: string) => void,
		signal: AbortSignal,
		input?: ComposeInput,
	): Promise<number>;
	/**
	 * The services of the files, those of all profiles too, with variables filled in. Throws ClientError if Compose is
	 * not installed, or cannot read the files.
	 */
	services(signal: AbortSignal): Promise<readonly ComposeService[]>;
}

/** What is missing, and what works without it. */
export const composeMissing = {
	message: phrase([
		'Docker Compose is not installed here: neither docker compose nor docker-compose was found',
		'Docker Compose가 설치되어 있지 않습니다. docker compose도 docker-compose도 찾을 수 없습니다',
	]),
	fix: phrase([
		'Install the plugin (docker-compose-plugin or docker-compose-v2). Single containers can be restarted, stopped and started without it',
		'플러그인(docker-compose-plugin 또는 docker-compose-v2)을 설치하세요. 컨테이너 하나씩의 재시작, 중지, 시작은 플러그인 없이도 가능합니다',
	]),
};

type Program = { readonly file: string; readonly words: readonly string[]; readonly version: string };

/** Compose as a separate process, on the watched engine. */
export class ComposeProcess implements ComposeClient {
	readonly #host: DockerHost;
	readonly #project: () => ComposeProject;
	readonly #environment: Readonly<Record<string, string | undefined>>;
	readonly #engineSocket: () => Promise<string | null>;
	#program: Promise<Program | null> | null = null;

	/**
	 * @param project called for each command, because discovery may change it
	 * @param engineSocket a Unix socket that leads to the engine, to be used instead of its address: the docker CLI would
	 * log in to an `ssh` engine itself; null: there is none
	 */
	constructor(
		host: DockerHost,
		project: () => ComposeProject,
		environment: Readonly<Record<string, string | undefined>> = process.env,
		engineSocket: () => Promise<string | null> = async () => null,
	) {
		this.#host = host;
		this.#project = project;
		this.#environment = environment;
		this.#engineSocket = engineSocket;
	}

	async available(): Promise<string | null> {
		return (await this.#find())?.version ?? null;
	}

	project(): ComposeProject {
		return this.#project();
	}

	missingFiles(): readonly string[] {
		return this.#project().files.filter(file => !existsSync(file));
	}

	command(words: readonly string[]): string {
		const { address, foundBy } = this.#host;
		// The docker program finds by itself what laketop found, except Podman's socket.
		const host = foundBy === undefined || isPodmanSocket(this.#host) ? ['-H', address] : [];
		return shellWords('docker', ...host, 'compose', ...composeOptions(this.#project()), ...words);
	}

	async run(
		words: readonly string[],
		onLine: (line: string) => void,
		signal: AbortSignal,
		{ input = '' }: ComposeInput = {},
	): Promise<number> {
		return this.#run(words, { onLine, input }, signal);
	}

	async services(signal: AbortSignal): Promise<readonly ComposeService[]> {
		let last = '';
		let text = '';
		const kept = {
			onLine: (line: string) => {
				last = line;
			},
			// More than the limit is no JSON any more, and is reported as such.
			onOutput: (part: string) => {
				if (text.length < configLimit) text += part;
			},
		};
		const code = await this.#run(['--profile', '*', 'config', '--format', 'json'], kept, signal);
		if (code !== 0) throw new ClientError('refused', exitedWith('docker compose config', code, last));
		return composeServicesIn(text);
	}

	async #run(
		words: readonly string[],
		more: Pick<Parameters<typeof runProgram>[0], 'onLine' | 'onOutput' | 'input'>,
		signal: AbortSignal,
	): Promise<number> {
		if (this.#host.kind === 'none') throw ClientError.of(noEngineFailure(this.#host));
		const program = await this.#find();
		if (!program) throw new ClientError('unconfigured', composeMissing.message, composeMissing.fix);
		const [missing] = this.missingFiles();
		if (missing !== undefined) throw composeFileGone(missing);
		signal.throwIfAborted();
		const plain = isAtLeast(program.version, 2, 19) ? ['--progress', 'plain'] : [];
		const all = [...program.words, '--ansi', 'never', ...plain, ...composeOptions(this.#project()), ...words];
		// While the connection is lost, Compose reports what it cannot reach.
		const socket = await this.#engineSocket().catch(() => null);
		const environment = this.#childEnvironment(socket === null ? this.#host.address : `unix://${socket}`);
		return runProgram({ file: program.file, words: all, environment, ...more }, signal);
	}

	/** The plugin, else the standalone program; searched until found. */
	async #find(): Promise<Program | null> {
		this.#program ??= this.#look();
		const found = await this.#program;
		if (!found) this.#program = null;
		return found;
	}

	async #look(): Promise<Program | null> {
		for (const { file, words } of [
			{ file: 'docker', words: ['compose'] },
			{ file: 'docker-compose', words: [] },
		]) {
			const lines: string[] = [];
			try {
				const asked = [...words, 'version', '--short'];
				const { signal } = new AbortController();
				const environment = this.#childEnvironment(this.#host.address);
				const code = await runProgram({ file, words: asked, environment, onLine: line => lines.push(line) }, signal);
				const version = lines.find(line => /^v?\d+\.\d+/.test(line))?.replace(/^v/, '');
				if (code === 0 && version) return { file, words, version };
			} catch (error) {
				if (!(error instanceof ClientError)) throw error;
			}
		}
		return null;
	}

	/** The watched engine, whatever the user's docker settings are; none of laketop's secrets. */
	#childEnvironment(engine: string): Record<string, string | undefined> {
		const { tlsDirectory, skipsTlsVerify } = this.#host;
		const own = Object.entries(this.#environment).filter(
			([name]) => !/^LAKETOP_|^COMPOSE_(FILE|PROJECT_NAME)$/.test(name),
		);
		return {
			...Object.fromEntries(own),
			DOCKER_CONTEXT: undefined,
			DOCKER_HOST: engine,
			// docker/cli, cli/flags/options.go: DOCKER_TLS is TLS without checking the engine's certificate.
			DOCKER_TLS: skipsTlsVerify ? '1' : undefined,
			DOCKER_TLS_VERIFY: tlsDirectory && !skipsTlsVerify ? '1' : undefined,
			DOCKER_CERT_PATH: tlsDirectory ?? undefined,
			NO_COLOR: '1',
		};
	}
}

export function composeFileGone(path: string): ClientError {
	return new ClientError(
		'not-found',
		phrase(['The Compose file {path} does not exist', 'Compose 파일 {path}이(가) 없습니다'], { path }),
		phrase([
			'Pass --compose-file, or set compose_file in laketop.yaml',
			'--compose-file 또는 laketop.yaml의 compose_file로 지정하세요',
		]),
	);
}

function isAtLeast(version: string, major: number, minor: number): boolean {
	const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
