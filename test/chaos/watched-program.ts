import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { soon } from '../patience.ts';
import type { OpenTerminal } from '../terminal/harness.ts';
import { blockedLimitMs, endLimitMs, growthLimitBytes } from './limits.ts';
import { waitedMs } from './waited.ts';

/** Watches programs that are started with `nodeArguments` and `env`, from inside (`self-watch.ts`). */
export class ProgramWatch {
	readonly nodeArguments = [`--import=${join(import.meta.dirname, 'self-watch.ts')}`] as const;
	readonly env: { readonly SELF_WATCH: string };
	#openedAt = 0;

	constructor(folder: string) {
		this.env = { SELF_WATCH: join(folder, 'self-watch') };
	}

	/** The screen is there: the start is not part of the measurement. */
	opened(): void {
		expect(existsSync(this.env.SELF_WATCH), 'the program notes what it does').toBe(true);
		this.#openedAt = Date.now();
	}

	#notes(kind: string): number[][] {
		const { SELF_WATCH: file } = this.env;
		if (this.#openedAt === 0 || !existsSync(file)) return [];
		const lines = readFileSync(file, 'utf8').split('\n');
		const notes = lines.filter(line => line.startsWith(`${kind} `)).map(line => line.split(' ').slice(1).map(Number));
		return notes.filter(([at = 0]) => at >= this.#openedAt);
	}

	/**
	 * Sends the signal, and expects the program to end within a second. Its waits for a processor do not count, and the
	 * same time again is granted for waits for others who wait for one, such as the reader of its terminal.
	 */
	async endsWithinSecond(term: OpenTerminal, signal: NodeJS.Signals): Promise<void> {
		const { pid } = term;
		const [sentAt, waitedBefore] = [Date.now(), waitedMs(pid)];
		term.signal(signal);
		await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), soon);
		const [[endedAt = Number.NaN, waited = 0] = []] = this.#notes('exit');
		const waitedForOne = waited - waitedBefore;
		const ownMs = endedAt - sentAt - 2 * waitedForOne;
		expect(ownMs, `ms from ${signal} to the end`).toBeLessThan(endLimitMs);
	}

	/** While it ran, keys were answered within half a second, and memory was limited. */
	expectLight(): void {
		const ticks = this.#notes('tick');
		// It drew no screen, or ended at once, which its trial has seen.
		if (ticks.length === 0) return;
		const held = ticks.map(([, , bytes = 0]) => bytes);
		const blocked = Math.max(...ticks.map(([, ms = 0]) => ms));
		expect(blocked, 'ms in which no key is answered').toBeLessThan(blockedLimitMs);
		expect(Math.max(...held) - (held[0] ?? 0), 'bytes held').toBeLessThan(growthLimitBytes);
	}
}
