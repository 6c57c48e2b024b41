import type { LogChannel, LogLine } from './log-line.ts';

/**
 * Lines are requested again from this time before the last one, ns. The engine takes the times of stdout and stderr
 * before it writes the lines, so that one may follow a slightly younger one; a request from the youngest on would miss
 * it.
 */
const overlapNs = 1_000_000_000n;

/** Lines in which repetitions of the last one are counted: they have the same time. */
const recentLines = 200;

/**
 * Where reading a container's log stopped, to continue there without losing or repeating a line. The engine always
 * sends a log in the same order; lines that it sends again are skipped up to the last one that was read, by time,
 * channel and text.
 */
export class LogPlace {
	/** The container of the place. */
	containerId: string | null = null;
	/** The lines read last, the newest at the end. */
	#recent: readonly LogLine[] = [];
	/** The youngest time of each channel. */
	readonly #youngest: Record<LogChannel, string> = { stdout: '', stderr: '' };
	/** Number of lines equal to the last one that have to be skipped; 0 when reading continues. */
	#toPass = 0;
	#outcome: 'fresh' | 'looking' | 'found' = 'fresh';
	/** Where to start before any line was read, as `since`. */
	#start: string | undefined;
	#lostAfter: string | null = null;

	/** `fresh` before the first resume; `looking` until the place is found again, or known to be lost. */
	get outcome(): 'fresh' | 'looking' | 'found' {
		return this.#outcome;
	}

	/** Whether the start is known: lines were read, or `beginAt` was called. */
	get isSet(): boolean {
		return this.last !== null || this.#start !== undefined;
	}

	/** Reports once that the log no longer contains the place: the time of the last line before the gap. */
	takeLoss(): string | null {
		const lost = this.#lostAfter;
		this.#lostAfter = null;
		return lost;
	}

	/** Where to start before any line was read, as `since`. */
	beginAt(since: string): void {
		this.#start = since;
	}

	/** The last line that was read; null before the first. */
	get last(): LogLine | null {
		return this.#recent.at(-1) ?? null;
	}

	/**
	 * The engine's `since`, which is inclusive, as `seconds.nanoseconds`; undefined if nothing was read yet. Lines read
	 * from now on count as its response.
	 */
	since(): string | undefined {
		const { last } = this;
		const stamp = last?.stamp;
		if (!last || !stamp) {
			this.#outcome = 'fresh';
			return this.#start;
		}
		this.#toPass = this.#recent.filter(line => isSame(line, last)).length;
		this.#outcome = 'looking';
		const from = nanoseconds(stamp) - overlapNs;
		return `${from / 1_000_000_000n}.${String(from % 1_000_000_000n).padStart(9, '0')}`;
	}

	/** The log of another container starts, of which nothing was read. */
	startOver(containerId: string): void {
		this.containerId = containerId;
		this.#recent = [];
		this.#youngest.stdout = '';
		this.#youngest.stderr = '';
		this.#toPass = 0;
		this.#outcome = 'fresh';
		this.#start = undefined;
		this.#lostAfter = null;
	}

	/** Those of these lines that were not read before. */
	unseen(lines: readonly LogLine[]): readonly LogLine[] {
		if (this.#toPass === 0) {
			for (const line of lines) {
				if (line.stamp !== null && line.stamp > this.#youngest[line.channel]) this.#youngest[line.channel] = line.stamp;
			}
			const stamped = lines.slice(-recentLines).filter(line => line.stamp !== null);
			if (stamped.length > 0) this.#recent = [...this.#recent, ...stamped].slice(-recentLines);
			return lines;
		}
		const { last } = this;
		for (const [index, line] of lines.entries()) {
			if (this.#toPass === 0) return this.unseen(lines.slice(index));
			if (last && isSame(line, last)) {
				this.#toPass--;
				if (this.#toPass === 0) this.#outcome = 'found';
			} else if (this.#isBeyond(line)) {
				// Times grow within a channel: this line is new, so the last line that was read is gone.
				this.#toPass = 0;
				this.#outcome = 'found';
				this.#lostAfter = last?.stamp ?? '';
				return this.unseen(lines.slice(index));
			}
		}
		return [];
	}

	#isBeyond(line: LogLine): boolean {
		// The channel was never read: `tail` left out its older lines on purpose.
		return line.stamp !== null && line.stamp > (this.#youngest[line.channel] || (this.last?.stamp ?? ''));
	}
}

function isSame(a: LogLine, b: LogLine): boolean {
	return a.stamp === b.stamp && a.channel === b.channel && a.text === b.text;
}

/** The time of a stamp (RFC 3339), ns since the epoch. */
function nanoseconds(stamp: string): bigint {
	const seconds = Math.floor(Date.parse(stamp) / 1000);
	const fraction = /\.(\d{1,9})/.exec(stamp)?.[1] ?? '';
	return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** An RFC 3339 time as `seconds.nanoseconds`, the engine's format. */
export function secondsOf(stamp: string): string {
	const all = nanoseconds(stamp);
	return `${all / 1_000_000_000n}.${String(all % 1_000_000_000n).padStart(9, '0')}`;
}
