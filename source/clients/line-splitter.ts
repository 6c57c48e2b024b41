/**
 * Splits text that arrives in pieces into lines, in linear time. Only the first `limit` characters of a line are kept,
 * so that an endless line does not fill the memory.
 */
export class LineSplitter {
	readonly #limit: number;
	#parts: string[] = [];
	#length = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Whether the unfinished line is too long already. */
	get isOverlong(): boolean {
		return this.#length > this.#limit;
	}

	/** The lines that this piece completes, without line breaks (`\n`; a `\r` before it is part of the line). */
	push(piece: string): string[] {
		const lines: string[] = [];
		let start = 0;
		for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
			this.#keep(piece.slice(start, end));
			lines.push(this.end());
			start = end + 1;
		}
		this.#keep(piece.slice(start));
		return lines;
	}

	/** The last line if it has no line break; otherwise empty. */
	end(): string {
		const line = this.#parts.join('');
		this.#parts = [];
		this.#length = 0;
		return line;
	}

	#keep(piece: string): void {
		if (piece === '') return;
		const room = this.#limit - this.#length;
		if (room > 0) this.#parts.push(piece.length > room ? piece.slice(0, room) : piece);
		this.#length += piece.length;
	}
}
