/**
 * Runs a program in a real pseudo-terminal and reads its screen through a terminal emulator, so that a test sees what a
 * person would see, presses the same keys, and finds what the program left behind.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { fakedClock } from '../given/faked-clock.ts';
import { homes } from '../scratch-home.ts';
import { widthProvider } from './cell-width.ts';
import { bytesOfKey, type Key } from './keys.ts';
import { type Exit, ProgramReport } from './program-report.ts';
import { type Cell, rowText, screenCells, screenRows } from './screen-cells.ts';
import { type Modes, modesLeftOn, modesOf } from './terminal-modes.ts';
import { cook, notCookedAt } from './tty-line.ts';

export { offendingSequences } from './allowed-sequences.ts';
export { controlSequences } from './control-sequences.ts';
export { frameProblems } from './frame-problems.ts';
export type { Cell, Exit, Key, Modes };

// The package is CommonJS, whose exports Node cannot import by name, and bundlers use another file of it.
const { Terminal }: typeof import('@xterm/headless') = createRequire(import.meta.url)('@xterm/headless');
type Terminal = import('@xterm/headless').Terminal;

export type TerminalOptions = {
	command: string;
	args?: readonly string[];
	cols?: number;
	rows?: number;
	/**
	 * Added to a small environment: of the caller's only PATH, TMPDIR, HOME, the XDG base directories and a faked
	 * clock. `undefined` removes.
	 */
	env?: Record<string, string | undefined>;
	cwd?: string;
	/** Be a terminal that draws East Asian ambiguous characters (●, ─, ▁, …) two cells wide. */
	ambiguousWide?: boolean;
	/** The background colour in its response (OSC 11): `rgb:ffff/ffff/ffff`. Without it, it does not respond. */
	background?: string;
	/** Answer the query of the Kitty graphics protocol, as a terminal that shows images does. */
	knowsKitty?: boolean;
};

export type Condition = string | RegExp | ((screen: string[], terminal: OpenTerminal) => boolean);

export type WaitOptions = {
	timeoutMs?: number;
	/** What is awaited, for the message. */
	what?: string;
};

type Waiter = { holds: () => boolean; resolve: (screen: string[]) => void; giveUp: (why: string) => void };

const synchronizedOutput = 2026;

/** Long, because it only passes when a test fails, and a busy machine may take seconds to start a program. */
const defaultTimeoutMs = 20_000;

function environment(more: Record<string, string | undefined>): Record<string, string> {
	const { PATH, TMPDIR } = process.env;
	const all = {
		PATH,
		TMPDIR,
		...homes(),
		...fakedClock(),
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		...more,
	};
	// node-pty would pass the absent ones on as the word "undefined".
	const present = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
	return Object.fromEntries(present);
}

/** Members that node-pty has but does not declare. */
function ptyPath(pty: IPty): string {
	if ('ptsName' in pty && typeof pty.ptsName === 'string') {
		return pty.ptsName;
	}
	throw new Error('node-pty does not say which terminal it opened');
}

function destroy(pty: IPty): void {
	if ('destroy' in pty && typeof pty.destroy === 'function') {
		pty.destroy();
	}
}

/** Kills a session's leader and the programs in its group, or only the leader if it has not made the group yet. */
function kill(leader: number): void {
	for (const target of [-leader, leader]) {
		try {
			process.kill(target, 'SIGKILL');
			return;
		} catch {
			// The group or process is gone.
		}
	}
}

const sessionLeader = join(import.meta.dirname, 'session-leader.ts');

function describe(condition: Condition): string {
	return typeof condition === 'function' ? 'a condition' : String(condition);
}

export class OpenTerminal {
	/** Resolves when the program has ended and its complete output is on the screen. */
	readonly exited: Promise<Exit>;
	private readonly pty: IPty;
	private readonly report = new ProgramReport();
	private readonly emulator: Terminal;
	private readonly written: Buffer[] = [];
	private readonly waiters = new Set<Waiter>();
	private lineLeft: string[] = [];
	/** The screen during a synchronized update, which the emulator already draws. */
	private shown: Cell[][] | undefined;
	private exit: Exit | undefined;

	constructor({
		command,
		args = [],
		cols = 80,
		rows = 24,
		env = {},
		cwd,
		ambiguousWide = false,
		background,
		knowsKitty = false,
	}: TerminalOptions) {
		this.emulator = new Terminal({ cols, rows, allowProposedApi: true, scrollback: 1000 });
		const provider = widthProvider(ambiguousWide);
		this.emulator.unicode.register(provider);
		this.emulator.unicode.activeVersion = provider.version;

		this.emulator.parser.registerCsiHandler({ prefix: '?', final: 'h' }, modes => this.beforeMode(modes));

		// Bytes, not text: a character may be cut between two reads. They are put together here, as the emulator's own
		// decoder loses some that are cut (`…`, E2 80 A6).
		const decoder = new TextDecoder();
		const leader = [sessionLeader, this.report.file, command, ...args];
		this.pty = spawn(process.execPath, leader, { cols, rows, cwd, env: environment(env), encoding: null });
		this.emulator.parser.registerOscHandler(11, asked => {
			if (asked === '?' && background) this.pty.write(`\x1b]11;${background}\x1b\\`);
			return true;
		});
		// The emulator responds to queries (cursor position, device attributes), as any terminal does.
		this.emulator.onData(answer => this.pty.write(answer));
		this.pty.onData((chunk: unknown) => {
			const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
			this.written.push(bytes);
			// Before the emulator answers what follows.
			if (knowsKitty && bytes.includes('a=q')) this.pty.write('\x1b_Gi=31;OK\x1b\\');
			this.emulator.write(decoder.decode(bytes, { stream: true }), () => this.checkWaiters());
		});
		this.exited = new Promise(resolve => {
			this.pty.onExit(() => {
				const exit = this.report.exit();
				this.lineLeft = this.report.lineNotCooked();
				this.report.remove();
				// An empty write is called back after all writes before it have been parsed.
				this.emulator.write('', () => {
					this.exit = exit;
					this.checkWaiters();
					this.giveUpOnWaiters(`the program ended (${this.exitInWords(exit)})`);
					resolve(exit);
				});
			});
		});
	}

	private exitInWords({ exitCode, signal }: Exit): string {
		return signal === undefined ? `exit code ${exitCode}` : signal;
	}

	/** Called by the emulator with modes about to be set; if it returns false, the emulator sets them itself. */
	private beforeMode(modes: (number | number[])[]): false {
		if (modes.includes(synchronizedOutput) && !this.isUpdating()) {
			this.checkWaiters();
			this.shown = screenCells(this.emulator);
		}
		return false;
	}

	/** During a synchronized update the terminal keeps showing the previous screen. */
	private isUpdating(): boolean {
		return this.emulator.modes.synchronizedOutputMode && this.exit === undefined;
	}

	private checkWaiters(): void {
		if (this.isUpdating()) {
			return;
		}
		for (const waiter of this.waiters) {
			try {
				if (waiter.holds()) {
					this.waiters.delete(waiter);
					waiter.resolve(this.screen());
				}
			} catch (error) {
				this.waiters.delete(waiter);
				waiter.giveUp(`the condition threw: ${error}`);
			}
		}
	}

	private giveUpOnWaiters(why: string): void {
		for (const waiter of this.waiters) {
			this.waiters.delete(waiter);
			waiter.giveUp(why);
		}
	}

	/** The screen's rows as text, trimmed at the right. */
	screen(): string[] {
		return this.isUpdating() && this.shown ? this.shown.map(rowText) : screenRows(this.emulator);
	}

	text(): string {
		return this.screen().join('\n');
	}

	/** Both counted from 0. */
	cell(row: number, column: number): Cell {
		const cell = this.cells()[row]?.[column];
		if (cell === undefined) {
			throw new RangeError(`no cell at row ${row}, column ${column}`);
		}
		return cell;
	}

	cells(): Cell[][] {
		return this.isUpdating() && this.shown ? this.shown : screenCells(this.emulator);
	}

	cursor(): { row: number; column: number } {
		const { active } = this.emulator.buffer;
		return { row: active.cursorY, column: active.cursorX };
	}

	get cols(): number {
		return this.emulator.cols;
	}

	get rows(): number {
		return this.emulator.rows;
	}

	/** The program's process; known before anything that it draws. */
	get pid(): number {
		const pid = this.report.pid();
		if (pid === undefined) {
			throw new Error('the program is not running: wait for its screen first');
		}
		return pid;
	}

	/**
	 * Resolves with the screen as soon as it satisfies the condition, at once if it does already. Rejects after the
	 * timeout, or when the program ends before; the message shows the screen.
	 */
	waitFor(condition: Condition, options: WaitOptions = {}): Promise<string[]> {
		const { timeoutMs = defaultTimeoutMs, what = describe(condition) } = options;
		const holds = () => {
			if (typeof condition === 'function') {
				return condition(this.screen(), this);
			}
			return typeof condition === 'string' ? this.text().includes(condition) : this.text().search(condition) >= 0;
		};
		return new Promise((resolve, reject) => {
			const giveUp = (why: string) => {
				clearTimeout(timer);
				reject(new Error(`waited for ${what}, but ${why}. The screen:\n${this.framed()}`));
			};
			const waiter: Waiter = {
				holds,
				resolve: screen => {
					clearTimeout(timer);
					resolve(screen);
				},
				giveUp,
			};
			const timer = setTimeout(() => {
				this.waiters.delete(waiter);
				giveUp(`it did not come within ${timeoutMs} ms`);
			}, timeoutMs);
			this.waiters.add(waiter);
			this.checkWaiters();
			if (this.exit !== undefined && this.waiters.delete(waiter)) {
				giveUp(`the program had ended (${this.exitInWords(this.exit)})`);
			}
		});
	}

	/** The screen with its edges shown, for messages. */
	framed(): string {
		const line = '─'.repeat(this.cols);
		return [`╭${line}╮`, ...this.screen().map(row => `│${row}`), `╰${line}╯ ${this.cols}×${this.rows}`].join('\n');
	}

	/** Types text, unchanged. */
	write(text: string): void {
		this.pty.write(text);
	}

	/** Bytes that are not text. */
	writeBytes(bytes: Buffer): void {
		// Declared for text only.
		Reflect.apply(this.pty.write, this.pty, [bytes]);
	}

	press(...keys: Key[]): void {
		for (const key of keys) {
			this.write(bytesOfKey(key, this.emulator.modes.applicationCursorKeysMode));
		}
	}

	/** Another program writes onto the same terminal, as `wall` does. */
	writeOver(text: string): void {
		writeFileSync(ptyPath(this.pty), text);
	}

	/** Pastes as a terminal does: bracketed if the program requested it. */
	paste(text: string): void {
		this.write(this.emulator.modes.bracketedPasteMode ? `\x1b[200~${text}\x1b[201~` : text);
	}

	resize(cols: number, rows: number): void {
		this.emulator.resize(cols, rows);
		this.pty.resize(cols, rows);
		this.checkWaiters();
	}

	/** Nobody reads the program's output, as after Ctrl-S in a terminal: the buffer fills. */
	stopReading(): void {
		this.pty.pause();
	}

	goOnReading(): void {
		this.pty.resume();
	}

	/** Sets the line to cooked mode, as a shell does when one of its jobs was stopped. */
	cookLine(): void {
		cook(ptyPath(this.pty));
	}

	signal(name: NodeJS.Signals): void {
		process.kill(this.pid, name);
	}

	/** Closes the terminal under the program, as closing its window or losing the connection does. */
	hangUp(): void {
		destroy(this.pty);
	}

	/** The program's complete output. */
	raw(): Buffer {
		return Buffer.concat(this.written);
	}

	/** A place in `raw()`, for `rawSince`. */
	mark(): number {
		return this.written.reduce((sum, { length }) => sum + length, 0);
	}

	rawSince(mark: number): Buffer {
		return this.raw().subarray(mark);
	}

	modes(): Modes {
		return modesOf(this.raw());
	}

	/** How the terminal's line differs from cooked mode, now or at the program's end: `-icanon`, `-echo`. */
	lineNotCooked(): string[] {
		return this.exit === undefined ? notCookedAt(ptyPath(this.pty)) : this.lineLeft;
	}

	/** What the ended program has left switched on in the terminal, in words; a test expects none. */
	leftovers(): string[] {
		if (this.exit === undefined) {
			throw new Error('leftovers: the program is still running; await exited first');
		}
		const line = this.lineLeft.length > 0 ? [`terminal line: ${this.lineLeft.join(' ')}`] : [];
		return [...modesLeftOn(this.modes()), ...line];
	}

	/** Ends the program, if it still runs, and frees everything. */
	async dispose(): Promise<void> {
		if (this.exit === undefined) {
			kill(this.pty.pid);
		}
		await this.exited;
		this.giveUpOnWaiters('the terminal was closed');
		this.emulator.dispose();
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.dispose();
	}
}

export async function openTerminal(options: TerminalOptions): Promise<OpenTerminal> {
	return new OpenTerminal(options);
}

/**
 * Types an answer, and again if it arrived before the question could be read and was ignored; then waits for the
 * program's end.
 */
export async function answer(term: OpenTerminal, line: string): Promise<number> {
	for (;;) {
		const mark = term.mark();
		term.write(line);
		const isIgnored = await term
			.waitFor(() => term.rawSince(mark).includes('ignored an answer'))
			.then(
				() => true,
				() => false,
			);
		if (!isIgnored) return (await term.exited).exitCode;
	}
}
