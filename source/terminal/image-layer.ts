import type { WriteStream } from 'node:tty';
import type { RenderedApp } from '../ui/app.tsx';
import type { PlacedImage } from '../ui/presenter.ts';

/** The encoders are loaded with the first image. */
type Codes = typeof import('../presentation/image/protocols.ts');

export type ImageLayerOptions = {
	/** Resolves when the terminal has taken all output, and so the room for the image. */
	readonly drawn: () => Promise<void>;
	/** Resolves when the terminal has taken the text. */
	readonly send: (text: string) => Promise<void>;
	/** Draws every cell. */
	readonly repaint: () => void;
};

/** The number of the one image that laketop stores in a Kitty terminal; other programs there choose others. */
const imageId = 0x6c61_6b65;

/** Escape codes of one write: 64 KiB, so that an image that is left is not sent to its end. */
const codesPerWrite = 16;

/**
 * An image is drawn once its place has not changed for this time, ms: a resize erases the screen and moves the image,
 * and dragging a window does so many times.
 */
const settlingMs = 40;

/**
 * Puts the image of the screen on the terminal, over cells that Ink leaves blank, and takes it away. An image is drawn
 * after the frame that makes room for it. While the terminal is slow, only the latest image is drawn.
 */
export class ImageLayer {
	readonly #options: ImageLayerOptions;
	#codes: Codes | null = null;
	#wanted: PlacedImage | null = null;
	/** What is on the terminal. */
	#shown: PlacedImage | null = null;
	/** Bytes that a Kitty terminal has stored. */
	#stored: Uint8Array | null = null;
	/** Counts requests. */
	#wish = 0;
	#isBusy = false;
	/** Another program has the terminal, or the program ends. */
	#isAway = false;

	constructor(options: ImageLayerOptions) {
		this.#options = options;
	}

	/** The image of the frame that is being drawn. */
	show(image: PlacedImage | null): void {
		if (image === this.#wanted) return;
		this.#wanted = image;
		this.#wish++;
		void this.#work();
	}

	/** Draws every cell, and the image over them. */
	repaint(): void {
		this.#options.repaint();
		this.erased();
	}

	/** The screen was erased: cells that held an image are blank. */
	erased(): void {
		this.#shown = null;
		this.#wish++;
		void this.#work();
	}

	/** Takes everything off the terminal, which somebody else gets, and draws nothing until `back`. */
	leave(): void {
		this.#isAway = true;
		if (this.#codes && this.#stored) void this.#options.send(this.#codes.kittyDelete(imageId));
		this.#stored = null;
		this.#shown = null;
	}

	back(): void {
		this.#isAway = false;
		this.erased();
	}

	async #work(): Promise<void> {
		if (this.#isBusy) return;
		this.#isBusy = true;
		try {
			while (this.#wanted !== this.#shown && !this.#isAway) {
				this.#codes ??= await import('../presentation/image/protocols.ts');
				await this.#options.drawn();
				if (await this.#isSettled()) await this.#change(this.#wanted, this.#codes);
			}
		} finally {
			this.#isBusy = false;
		}
	}

	/** Whether the request is still the latest. */
	async #isSettled(): Promise<boolean> {
		const wish = this.#wish;
		if (this.#wanted !== null) await new Promise(resolve => setTimeout(resolve, settlingMs));
		return wish === this.#wish && !this.#isAway;
	}

	async #change(image: PlacedImage | null, codes: Codes): Promise<void> {
		const before = this.#shown;
		this.#shown = image;
		if (before && !(image && isKitty(image) && image.file.bytes === this.#stored)) await this.#remove(before, codes);
		if (image === null || this.#isAway) return;
		const { x, y, width, height } = image.rectangle;
		const cells = { columns: width, rows: height };
		if (!isKitty(image)) return this.#options.send(codes.at(x, y, codes.iterm2Image(image.file.bytes, cells)));
		if (await this.#store(image, codes)) return this.#options.send(codes.at(x, y, codes.kittyPlace(imageId, cells)));
		this.#shown = null;
	}

	async #remove(image: PlacedImage, codes: Codes): Promise<void> {
		if (isKitty(image)) {
			this.#stored = null;
			return this.#options.send(codes.kittyDelete(imageId));
		}
		// The image is in the cells: what Ink believes to be blank must be drawn. That erases, and `erased` follows.
		const shown = this.#shown;
		this.repaint();
		await this.#options.drawn();
		this.#shown = shown;
	}

	/** Sends a PNG; false if it was left meanwhile. */
	async #store({ file }: PlacedImage, codes: Codes): Promise<boolean> {
		if (this.#stored === file.bytes) return true;
		this.#stored = file.bytes;
		let waiting: string[] = [];
		for (const code of codes.kittyTransmit(imageId, file.bytes)) {
			waiting.push(code);
			if (waiting.length < codesPerWrite) continue;
			await this.#options.send(waiting.join(''));
			waiting = [];
			if (this.#wanted?.file !== file || this.#isAway) {
				await this.#options.send(codes.kittyGiveUp + codes.kittyDelete(imageId));
				this.#stored = null;
				return false;
			}
		}
		await this.#options.send(waiting.join(''));
		return !this.#isAway;
	}
}

const isKitty = ({ file }: PlacedImage): boolean => file.protocol === 'kitty';

/** The layer over a screen of Ink, which is not there at first. */
export function layerOver(screen: () => RenderedApp | undefined, stdout: WriteStream): ImageLayer {
	return new ImageLayer({
		drawn: () => screen()?.waitUntilRenderFlush() ?? Promise.resolve(),
		send: text => new Promise<void>(resolve => stdout.write(text, () => resolve())),
		repaint: () => screen()?.repaint(),
	});
}
