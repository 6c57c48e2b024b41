import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cleanText } from '../model/clean-text.ts';
import { type ComposeProject, composeOptions } from '../model/compose-project.ts';
import { describe } from '../model/described-error.ts';
import type { DockerHost } from '../model/engine-address.ts';
import { ClientError, systemErrorCode } from '../model/failure.ts';
import { maskText } from '../model/secrets.ts';
import { shellWords } from '../model/shell-words.ts';
import { phrase } from '../words/message.ts';
import { LineSplitter } from './line-splitter.ts';

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

/** Time for Compose to end after SIGINT, ms; then it is killed. */
const patienceMs = 20_000;

/** Compose as a separate process, on the watched engine. */
export class ComposeProcess implements ComposeClient {
	readonly #host: DockerHost;
	readonly #project: () => ComposeProject;
	readonly #environment: Readonly<Record<string, string | undefined>>;
	#program: Promise<Program | null> | null = null;

	/** @param project called for each command, because discovery may change it */
	constructor(
		host: DockerHost,
		project: () => ComposeProject,
		environment: Readonly<Record<string, string | undefined>> = process.env,
	) {
		this.#host = host;
		this.#project = project;
		this.#environment = environment;
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
		return shellWords('docker', 'compose', ...composeOptions(this.#project()), ...words);
	}

	async run(
		words: readonly string[],
		onLine: (line: string) => void,
		signal: AbortSignal,
		{ input = '' }: ComposeInput = {},
	): Promise<number> {
		const program = await this.#find();
		if (!program) throw new ClientError('unconfigured', composeMissing.message, composeMissing.fix);
		const [missing] = this.missingFiles();
		if (missing !== undefined) throw composeFileGone(missing);
		signal.throwIfAborted();
		const plain = isAtLeast(program.version, 2, 19) ? ['--progress', 'plain'] : [];
		const all = [...program.words, '--ansi', 'never', ...plain, ...composeOptions(this.#project()), ...words];
		return runProcess(program.file, all, this.#childEnvironment(), onLine, input, signal);
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
				const code = await runProcess(file, asked, this.#childEnvironment(), line => lines.push(line), '', signal);
				const version = lines.find(line => /^v?\d+\.\d+/.test(line))?.replace(/^v/, '');
				if (code === 0 && version) return { file, words, version };
			} catch (error) {
				if (!(error instanceof ClientError)) throw error;
			}
		}
		return null;
	}

	/** The watched engine, whatever the user's docker settings are; none of laketop's secrets. */
	#childEnvironment(): Record<string, string | undefined> {
		const { address, tlsDirectory } = this.#host;
		const own = Object.entries(this.#environment).filter(
			([name]) => !/^LAKETOP_|^COMPOSE_(FILE|PROJECT_NAME)$/.test(name),
		);
		return {
			...Object.fromEntries(own),
			DOCKER_CONTEXT: undefined,
			DOCKER_HOST: address,
			DOCKER_TLS_VERIFY: tlsDirectory ? '1' : undefined,
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

/**
 * Runs a program in its own process group, so that a Ctrl-C in the terminal reaches it only once, through laketop.
 * Standard output and error are one stream of lines.
 */
function runProcess(
	file: string,
	words: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
	onLine: (line: string) => void,
	input: string,
	signal: AbortSignal,
): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, words, { env: environment, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
		const kill = (name: NodeJS.Signals) => {
			try {
				// The docker program and its plugin are both in the group.
				if (child.pid !== undefined) process.kill(-child.pid, name);
			} catch {
				// It has ended already.
			}
		};
		let impatient: NodeJS.Timeout | undefined;
		const interrupt = () => {
			kill('SIGINT');
			impatient = setTimeout(() => kill('SIGKILL'), patienceMs);
		};
		signal.addEventListener('abort', interrupt, { once: true });
		const done = () => {
			signal.removeEventListener('abort', interrupt);
			clearTimeout(impatient);
		};
		const flush = [child.stdout, child.stderr].map(stream => lineReader(stream, onLine));
		// It may end without reading its input.
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
		child.on('error', error => {
			done();
			const missing = systemErrorCode(error) === 'ENOENT';
			reject(
				new ClientError(
					'unconfigured',
					missing
						? phrase(['{file} is not installed here', '{file}이(가) 설치되어 있지 않습니다'], { file })
						: describe(error),
				),
			);
		});
		child.on('close', (code, killedBy) => {
			done();
			for (const end of flush) end();
			// 128 + the signal's number, as in shells.
			resolve(code ?? (killedBy === 'SIGINT' ? 130 : 137));
		});
	});
}

/** Characters kept of a line of Compose's output; a build's line may be long, and is cut. */
const lineLimit = 64 * 1024;

/** Passes on lines; returns a function that passes on the last one. */
function lineReader(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => void {
	const splitter = new LineSplitter(lineLimit);
	const say = (line: string) => {
		// Of a line that redraws itself, the last drawing counts.
		const drawn = line.endsWith('\r') ? line.slice(0, -1) : line;
		const text = maskText(cleanText(drawn.slice(drawn.lastIndexOf('\r') + 1))).trim();
		if (text !== '') onLine(text);
	};
	stream.setEncoding('utf8');
	stream.on('data', (text: string) => {
		for (const line of splitter.push(text)) say(line);
	});
	return () => say(splitter.end());
}

function isAtLeast(version: string, major: number, minor: number): boolean {
	const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
