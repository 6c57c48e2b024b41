import { PassThrough, Writable } from 'node:stream';
import { expect } from 'vitest';
import type * as z from 'zod/mini';
import type { ComposeClient } from '../../source/clients/compose.ts';
import type { Io } from '../../source/command-line/context/io.ts';
import { gatherMs } from '../../source/command-line/show/show.ts';
import { parseCommandLine } from '../../source/commands/parse.ts';
import { runCommand } from '../../source/commands/run.ts';
import type { DemoStack } from '../../source/demo/index.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { readingMs } from '../../source/operations/plan/answer-gate.ts';
import { bePatient, soon } from '../patience.ts';

export type Ran = {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
	/** The most bytes that waited for the reader of the output at a time. */
	readonly backlog: number;
};

/** The output of a command; it may be a terminal of some columns. */
class Kept extends Writable {
	text = '';
	readonly isTTY: boolean;
	readonly columns: number | undefined;
	readonly rows = 40;

	/** The most bytes that waited to be read at a time. */
	backlog = 0;
	readonly #onText: ((text: string) => void) | undefined;
	readonly #isSlow: boolean;

	constructor(columns?: number, onText?: (text: string) => void, isSlow = false) {
		super();
		this.#onText = onText;
		this.#isSlow = isSlow;
		this.isTTY = columns !== undefined;
		this.columns = columns;
	}

	override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
		this.text += String(chunk);
		this.#onText?.(String(chunk));
		this.backlog = Math.max(this.backlog, this.writableLength);
		if (this.#isSlow) setTimeout(done, 5);
		else done();
	}
}

export type RunOptions = {
	/** Width of the terminal; without it the output is no terminal. */
	readonly columns?: number;
	readonly environment?: Record<string, string>;
	/** Typed input. With it input and questions are a terminal's, unless it is `piped`. */
	readonly input?: string;
	readonly piped?: boolean;
	readonly signal?: AbortSignal;
	/** Docker Compose of a demo. */
	readonly compose?: ComposeClient;
	/** Called with output as it is written. */
	readonly onOutput?: (text: string) => void;
	readonly onTalk?: (text: string) => void;
	/** The reader of the output is slow. */
	readonly readsSlowly?: boolean;
	/** By default the root folder. */
	readonly workingDirectory?: string;
	/** By default the system's, with a longer limit for what a command collects. */
	readonly clock?: Clock;
	readonly startDetached?: Io['startDetached'];
};

/** Nothing from the environment of the tests gets in. */
const bareEnvironment = {
	XDG_CONFIG_HOME: '/nonexistent',
	// As in the tests' configuration: below a folder of this run only.
	XDG_DATA_HOME: process.env.XDG_DATA_HOME ?? '',
	XDG_STATE_HOME: process.env.XDG_STATE_HOME ?? '',
	LANG: 'C.UTF-8',
	TERM: 'xterm-256color',
};

/**
 * The system's time. A command shows after 12 s what it has, for an operator who waits; a busy machine needs longer for
 * the same, and then the output would lack something at random.
 */
const unhurried: Clock = {
	now: systemClock.now,
	sleep: (ms, signal) => systemClock.sleep(ms === gatherMs ? soon.timeout : ms, signal),
};

/** Runs a command in this process. Throws UsageError for mistakes in the command line itself. */
export async function runLaketop(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
	const parsed = await parseCommandLine(argv);
	if (parsed.kind !== 'command') throw new Error(`${argv.join(' ')} is no command`);
	const stdout = new Kept(options.columns, options.onOutput, options.readsSlowly);
	const isInteractive = options.input !== undefined && !options.piped;
	const onTalk = (text: string) => {
		options.onTalk?.(text);
		// A person reads the question first; earlier input is no answer.
		if (isInteractive && /(\[y\/N\]|to confirm:) $/.test(text))
			setTimeout(() => stdin.end(options.input), readingMs + 50);
	};
	const stderr = new Kept(isInteractive ? 80 : undefined, onTalk);
	const stdin = Object.assign(new PassThrough(), { isTTY: isInteractive });
	if (options.input !== undefined && !isInteractive) stdin.end(options.input);
	const io: Io = {
		environment: { ...bareEnvironment, ...options.environment },
		workingDirectory: options.workingDirectory ?? '/',
		stdin,
		stdout,
		stderr,
		clock: options.clock ?? unhurried,
		compose: options.compose,
		...(options.startDetached && { startDetached: options.startDetached }),
		signal: options.signal ?? new AbortController().signal,
	};
	const isOver = bePatient();
	const exitCode = await runCommand(parsed.command, parsed.given, io).finally(isOver);
	return { exitCode, stdout: stdout.text, stderr: stderr.text, backlog: stdout.backlog };
}

/** The wait of a shell for completions is a minute here, so that a busy machine answers within it. */
export const patientClock: Clock = {
	now: systemClock.now,
	sleep: (ms, signal) => systemClock.sleep(ms * 300, signal),
};

export type MovableClock = Clock & {
	/** Skips this time, ms. */
	skip(ms: number): void;
};

/** The system's time, moved ahead at will: for a demo (`now`) and for the commands that watch it. */
export function movableClock(): MovableClock {
	let aheadMs = 0;
	return {
		now: () => Date.now() + aheadMs,
		sleep: unhurried.sleep,
		skip(ms) {
			aheadMs += ms;
		},
	};
}

/** The options with which a command finds a demo. */
export function addressesOf(demo: DemoStack): string[] {
	return ['--docker-host', demo.dockerHost, '--airflow-url', demo.airflowUrl, '--mlflow-url', demo.mlflowUrl];
}

/** Parses the output of `--json`, and checks it against its schema to the last field. */
export function documentOf<Schema extends z.ZodMiniType>(schema: Schema, text: string): z.infer<Schema> {
	const document: unknown = JSON.parse(text);
	const parsed = schema.parse(document);
	// The schema accepts unknown fields, because later versions may have more; today's output is described completely.
	expect(document).toEqual(parsed);
	return parsed;
}
