import type { CommandContext } from '../../command-line/context/context.ts';
import type { Style } from '../../command-line/output/style.ts';
import { blockLines } from '../../presentation/image/blocks.ts';
import { imageTerminal, isAnswered } from '../../presentation/image/image-terminal.ts';
import { iterm2Image, kittyShow } from '../../presentation/image/protocols.ts';
import { cellsFor } from '../../presentation/image/scale.ts';
import { shownImage } from '../../presentation/image/shown-image.ts';
import { askTerminal } from '../../presentation/probe-terminal.ts';
import { hasNoColours, paint } from '../../presentation/theme.ts';

/** An image as output for this terminal. */
export type DrawImage = (style: Style) => string;

/** Draws an image below the command; null: not an image, or the terminal shows none. */
export async function imageDrawer(
	{ io, out, config }: Pick<CommandContext, 'io' | 'out' | 'config'>,
	bytes: Uint8Array,
): Promise<DrawImage | null> {
	const hasColours = !hasNoColours(io.environment) && config.theme !== 'mono';
	const isProcess = io.stdin === process.stdin && io.stdout === process.stdout && process.stdin.isTTY;
	const image = await shownImage(bytes, () =>
		imageTerminal(config.options.images, io.environment, hasColours, async question =>
			isProcess ? askTerminal(question, isAnswered, process.stdin, process.stdout) : '',
		),
	);
	if (typeof image === 'string') return null;
	// The prompt needs a row, and the command above is worth one.
	const room = { columns: out.columns, rows: Math.max(1, out.rows - 2) };
	if (image.kind === 'blocks')
		return ({ theme, glyphs }) =>
			blockLines(image.pixels, room, glyphs.name === 'unicode')
				.map(line => `${paint(line, theme)}\n`)
				.join('');
	const cells = cellsFor(image, room, image.cell);
	const drawn = image.protocol === 'kitty' ? kittyShow(image.bytes, cells) : iterm2Image(image.bytes, cells);
	return () => `${drawn}\n`;
}
