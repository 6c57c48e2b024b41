/** What output draws: how many cells it writes, and how many of them look otherwise afterwards. */
import stringWidth from 'string-width';
import { controlSequences } from '../test/terminal/control-sequences.ts';
import { type Cell, screenCells } from '../test/terminal/screen-cells.ts';
import { newEmulator } from './emulator.ts';

/** `again` is the part of `cells` that showed the same before, from 0 to 1. */
export type Drawn = {
	readonly bytes: number;
	readonly cells: number;
	readonly changed: number;
	readonly again: number;
};

/** The end of a synchronized update, which is that of a frame. */
const frameEnd = '\x1b[?2026l';

/** Output in frames; a program without synchronized updates has one. */
export function framesOf(output: string): string[] {
	const frames = output.split(frameEnd);
	return frames.map((frame, index) => (index < frames.length - 1 ? `${frame}${frameEnd}` : frame)).filter(Boolean);
}

/** Cells that text takes on the screen, also as repetitions of a character (`CSI n b`, REP). */
export function cellsWritten(frame: string): number {
	return controlSequences(frame).reduce((sum, sequence) => {
		if (sequence.kind === 'text') return sum + stringWidth(sequence.raw);
		return sequence.kind === 'csi' && sequence.final === 'b' ? sum + Number(sequence.parameters || 1) : sum;
	}, 0);
}

const look = ({ char, fg, bg, bold, inverse }: Cell) => `${char}${fg}${bg}${bold}${inverse}`;

/** Follows the output of one program from its start. */
export class DrawnCells {
	readonly #emulator = newEmulator();
	#before: string[] = this.#looks();

	#looks(): string[] {
		return screenCells(this.#emulator).flatMap(row => row.map(look));
	}

	/** The next output, each part of which is one chunk of the program or more. */
	async add(output: string): Promise<Drawn> {
		let [cells, changed] = [0, 0];
		for (const frame of framesOf(output)) {
			await new Promise<void>(resolve => this.#emulator.write(frame, resolve));
			const after = this.#looks();
			cells += cellsWritten(frame);
			changed += after.filter((cell, index) => cell !== this.#before[index]).length;
			this.#before = after;
		}
		const again = cells === 0 ? 0 : Math.max(0, 1 - changed / cells);
		return { bytes: Buffer.byteLength(output), cells, changed, again };
	}

	dispose(): void {
		this.#emulator.dispose();
	}
}
