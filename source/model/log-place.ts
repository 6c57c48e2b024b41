import type { LogChannel, LogLine } from './log-line.ts';

/**
 * Lines are asked for again from so long before the last that was read, ns. The engine takes the times of stdout and
 * stderr before it writes the lines down, so that one may stand behind another that is a little younger; asked for from
 * the youngest on, it would be left out.
 */
const overlapNs = 1_000_000_000n;

/** Lines among which those that are the same as the last one are counted: they bear the same time. */
const recentLines = 200;

/**
 * Where reading a container's log stopped, so that it can go on there: no line lost, none twice. The engine sends a log
 * always in the same order; what is sent again is passed over up to the very line that was read last, by its time, its
 * channel and its text.
 */
export class LogPlace {
	/** The container that the place is in. */
	containerId: string | null = null;
	/** The lines read last, the last one at the end. */
	#recent: readonly LogLine[] = [];
	/** The youngest time that was read of each channel. */
	readonly #youngest: Record<LogChannel, string> = { stdout: '', stderr: '' };
	/** Lines like the last one that have still to be passed over; 0 when reading goes on. */
	#toPass = 0;
	#outcome: 'fresh' | 'looking' | 'found' = 'fresh';
	/** Where a place begins of which nothing was read yet, as `since`. */
	#start: string | undefined;
	#lostAfter: string | null = null;

	/** `fresh` before anything was resumed; `looking` until the place is found again, or is known to be lost. */
	get outcome(): 'fresh' | 'looking' | 'found' {
		return this.#outcome;
	}

	/** Whether it is known where to begin: something was read, or `beginAt` said so. */
	get isSet(): boolean {
		return this.last !== null || this.#start !== undefined;
	}

	/** Says once, when the log no longer holds the place: the time of the last line before what is missing. */
	takeLoss(): string | null {
		const lost = this.#lostAfter;
		this.#lostAfter = null;
		return lost;
	}

	/** Where to begin as long as nothing was read, in the form of `since`. */
	beginAt(since: string): void {
		this.#start = since;
	}

	/** The last line that was read; null before the first. */
	get last(): LogLine | null {
		return this.#recent.at(-1) ?? null;
	}

	/**
	 * For the engine's `since`, which is inclusive, as `seconds.nanoseconds`; undefined when nothing was read yet. What is
	 * read from now on is taken for the answer.
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

	/** Another container's log begins, of which nothing was read. */
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

	/** The lines of these that were not read before. */
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
				// Times grow within a channel: it cannot have been read, so that what was read last is not there any more.
				this.#toPass = 0;
				this.#outcome = 'found';
				this.#lostAfter = last?.stamp ?? '';
				return this.unseen(lines.slice(index));
			}
		}
		return [];
	}

	#isBeyond(line: LogLine): boolean {
		// Of a channel that was never read: what was there before was left out on purpose, by `tail`.
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

/** An RFC 3339 time as `seconds.nanoseconds`, which is what the engine reads. */
export function secondsOf(stamp: string): string {
	const all = nanoseconds(stamp);
	return `${all / 1_000_000_000n}.${String(all % 1_000_000_000n).padStart(9, '0')}`;
}
