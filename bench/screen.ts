/**
 * A program in a pseudo-terminal, measured from outside. Unlike the tests' harness nothing is between it and the
 * program, and the time of a condition is when the bytes arrived that fulfilled it, not when they had been emulated.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import { type Cell, screenCells, screenRows } from '../test/terminal/screen-cells.ts';
import { atTheEnd } from './at-the-end.ts';
import { columns, newEmulator, rows } from './emulator.ts';
import { Line, type LineShape } from './line.ts';
import { processTable, treeOf } from './proc.ts';

export type Look = (lines: readonly string[], screen: Screen) => string;
export type Condition = (lines: readonly string[], screen: Screen) => boolean;

export type Command = {
	command: string;
	args: readonly string[];
	env: Readonly<Record<string, string>>;
	cwd: string;
	/** Between the program and the terminal; by default nothing. */
	line?: LineShape | undefined;
	/** Called with the program's output, before it takes the line. */
	onOutput?: ((data: Buffer) => void) | undefined;
};

type Waiter = { condition: Condition; resolve: (at: number) => void };

export class Screen {
	/** Just before the program was started, on the clock of `performance.now()`. */
	readonly startedAt = performance.now();
	readonly pid: number;
	/** Its output so far. */
	bytes = 0;
	/** Writes less than 4 ms apart count as one. */
	bursts = 0;
	private readonly pty: IPty;
	private readonly line: Line | undefined;
	private readonly emulator = newEmulator();
	private readonly waiters = new Set<Waiter>();
	private readonly kill: () => void;
	private lastByteAt = Number.NEGATIVE_INFINITY;
	private hasEnded = false;
	private isDisposed = false;

	constructor({ command, args, env, cwd, line, onOutput }: Command) {
		this.pty = spawn(command, [...args], { cols: columns, rows, cwd, env: { ...env }, encoding: null });
		this.pid = this.pty.pid;
		this.line = line && new Line(line, { deliver: data => this.receive(data), setFull: isFull => this.hold(isFull) });
		// Queries get the responses of an ordinary terminal: cursor, features, background.
		this.emulator.onData(answer => this.type(answer));
		this.emulator.parser.registerOscHandler(11, asked => {
			if (asked === '?') this.type('\x1b]11;rgb:0000/0000/0000\x1b\\');
			return true;
		});
		this.pty.onData((chunk: unknown) => {
			const data = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
			onOutput?.(data);
			if (this.line) this.line.send(data);
			else this.receive(data);
		});
		this.pty.onExit(() => {
			this.hasEnded = true;
		});
		this.kill = atTheEnd(() => this.killTree());
	}

	/** Output has reached the terminal. */
	private receive(data: Buffer): void {
		// What was still under way.
		if (this.isDisposed) return;
		const at = performance.now();
		this.bytes += data.length;
		if (at - this.lastByteAt > 4) this.bursts++;
		this.lastByteAt = at;
		this.emulator.write(data, () => this.check(at));
	}

	/** A full line takes no more of the program's output. */
	private hold(isFull: boolean): void {
		if (this.hasEnded) return;
		if (isFull) this.pty.pause();
		else this.pty.resume();
	}

	private type(text: string): void {
		const arrive = () => this.hasEnded || this.pty.write(text);
		if (this.line) this.line.sendBack(arrive);
		else arrive();
	}

	private check(at: number): void {
		if (this.waiters.size === 0) return;
		const lines = this.lines();
		for (const waiter of this.waiters) {
			if (!waiter.condition(lines, this)) continue;
			this.waiters.delete(waiter);
			waiter.resolve(at);
		}
	}

	private killTree(): void {
		for (const { pid } of treeOf(this.pid, processTable())) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It has ended meanwhile.
			}
		}
	}

	lines(): string[] {
		return screenRows(this.emulator);
	}

	/** Text and style of part of the screen; bounds count from 0, the ends are excluded. */
	part(left: number, top: number, right: number, bottom: number): string {
		const look = ({ char, fg, bg, bold, inverse }: Cell) => `${char}${fg}${bg}${bold}${inverse}`;
		return screenCells(this.emulator)
			.slice(top, bottom)
			.map(row => row.slice(left, right).map(look).join(''))
			.join('\n');
	}

	/** Text and style of the first cells of the row with a name; empty if there is no such row. */
	rowOf(name: string, left = 0, right = columns): string {
		const row = this.lines().findIndex(line => line.includes(name));
		return row < 0 ? '' : this.part(left, row, right, row + 1);
	}

	/**
	 * When the bytes arrived that fulfilled it (`performance.now()`; now, if it is fulfilled already); null: not within
	 * the time.
	 */
	async waitFor(condition: Condition, timeoutMs = 15_000): Promise<number | null> {
		if (condition(this.lines(), this)) return performance.now();
		const { promise, resolve } = Promise.withResolvers<number | null>();
		const waiter = { condition, resolve };
		this.waiters.add(waiter);
		const timer = setTimeout(() => resolve(null), timeoutMs);
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			this.waiters.delete(waiter);
		}
	}

	/** The same for a condition that later steps depend on. Throws with the screen if it is not fulfilled. */
	async mustShow(what: string, condition: Condition, timeoutMs = 20_000): Promise<number> {
		const at = await this.waitFor(condition, timeoutMs);
		if (at === null) {
			const shown = this.lines().filter(line => /\w/.test(line));
			throw new Error(`waited ${timeoutMs} ms for ${what}. The screen:\n${shown.slice(0, 20).join('\n')}`);
		}
		return at;
	}

	write(text: string): void {
		this.type(this.emulator.modes.applicationCursorKeysMode ? text.replace(/^\x1b\[([A-DHF])/, '\x1bO$1') : text);
	}

	/** From a key to the change that only it causes, ms; null: no change within the time. */
	async keyToChange(key: string, look: Look, timeoutMs = 5000): Promise<number | null> {
		// Output from before the key is no response to it, though it may be drawn after.
		await new Promise<void>(resolve => this.emulator.write('', resolve));
		const before = look(this.lines(), this);
		const at = performance.now();
		this.write(key);
		const changedAt = await this.waitFor((lines, screen) => look(lines, screen) !== before, timeoutMs);
		return changedAt === null ? null : changedAt - at;
	}

	/** Ends the program and its whole process tree; with another signal the program first, which gets three seconds. */
	async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		if (signal !== 'SIGKILL') {
			process.kill(this.pid, signal);
			for (let waited = 0; !this.hasEnded && waited < 3000; waited += 10) await delay(10);
		}
		this.kill();
		for (let waited = 0; !this.hasEnded && waited < 3000; waited += 10) await delay(10);
		this.isDisposed = true;
		this.emulator.dispose();
	}
}
