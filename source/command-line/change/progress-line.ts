import { fitLine, type Line, lineWidth } from '../../presentation/text.ts';
import { paint } from '../../presentation/theme.ts';
import type { CommandContext } from '../context/context.ts';
import { type Io, Output } from '../context/io.ts';
import { type Style, styleFor } from '../output/style.ts';

/** A line on standard error that is redrawn in place: progress is not output. */
export class ProgressLine {
	readonly style: Style;
	readonly #stream: Io['stderr'];

	constructor(stream: Io['stderr'], style: Style) {
		this.#stream = stream;
		this.style = style;
	}

	/** null if standard error is not a terminal with cursor movement. */
	static async for({ io, config }: Pick<CommandContext, 'io' | 'config'>): Promise<ProgressLine | null> {
		if (io.stderr.isTTY !== true || io.environment.TERM === 'dumb') return null;
		const style = await styleFor(new Output(io.stderr), io, config);
		return new ProgressLine(io.stderr, style);
	}

	get columns(): number {
		return this.#stream.columns || 80;
	}

	draw(line: Line): void {
		const width = this.columns - 1;
		const fitted = lineWidth(line) > width ? fitLine(line, width, this.style.glyphs.ellipsis) : line;
		this.#stream.write(`\r\u001B[K${paint(fitted, this.style.theme)}`);
	}

	clear(): void {
		this.#stream.write('\r\u001B[K');
	}
}
