import { expect, test, vi } from 'vitest';
import type { ImageProtocol } from '../../source/presentation/image/protocols.ts';
import { ImageLayer } from '../../source/terminal/image-layer.ts';
import type { PlacedImage } from '../../source/ui/presenter.ts';

const rectangle = { x: 4, y: 5, width: 30, height: 12 };
function image(protocol: ImageProtocol, length = 10): PlacedImage {
	const file = { kind: 'file', protocol, bytes: new Uint8Array(length), width: 300, height: 240 } as const;
	return { rectangle, file: { ...file, cell: { width: 10, height: 20 } } };
}
const elsewhere = (placed: PlacedImage): PlacedImage => ({ ...placed, rectangle: { ...rectangle, width: 20 } });

/** A layer on a terminal that takes frames and texts only when it is let. */
function slow() {
	const sent: string[] = [];
	const frames: (() => void)[] = [];
	const texts: (() => void)[] = [];
	const repaint = vi.fn(() => layer.erased());
	const layer: ImageLayer = new ImageLayer({
		drawn: () => new Promise<void>(resolve => frames.push(resolve)),
		send: text => {
			sent.push(text);
			return new Promise<void>(resolve => texts.push(resolve));
		},
		repaint,
	});
	const go = async () => {
		// Longer than an image takes to settle.
		for (let turn = 0; turn < 20; turn++) {
			await new Promise(resolve => setTimeout(resolve, 10));
			for (const resolve of [...frames.splice(0), ...texts.splice(0)]) resolve();
		}
	};
	const kinds = () =>
		sent
			.splice(0)
			.flatMap(text =>
				[...text.matchAll(/_Ga=(\w)|\]1337;(F)ile|_Gq=2,m=0;(\x1b)/g)]
					.map(([, a, b, c]) => a ?? b ?? (c && 'x'))
					.join(''),
			);
	return { layer, sent, texts, frames, go, kinds, repaint };
}

test('while the terminal is slow only the last wish counts, and it is drawn once', async () => {
	const { layer, sent, go, kinds } = slow();
	const one = image('kitty');
	layer.show(one);
	layer.show(null);
	layer.show(elsewhere(one));
	layer.show(one);
	layer.show(one);
	await new Promise(resolve => setTimeout(resolve, 20));
	expect(sent).toEqual([]);
	await go();
	expect(kinds()).toEqual(['t', 'p']);
	layer.show(null);
	layer.show(one);
	await go();
	// The frame between may have covered it: it is placed again, but not sent again.
	expect(kinds()).toEqual(['p']);
});

test('in another place or after a repaint a stored image is placed again; another file replaces it', async () => {
	const { layer, go, kinds } = slow();
	const one = image('kitty');
	layer.show(one);
	await go();
	layer.show(elsewhere(one));
	await go();
	layer.erased();
	await go();
	expect(kinds()).toEqual(['t', 'p', 'p', 'p']);
	layer.show(image('kitty'));
	await go();
	expect(kinds()).toEqual(['d', 't', 'p']);
	layer.show(null);
	await go();
	expect(kinds()).toEqual(['d']);
});

test('a large image that is left is not sent to its end', async () => {
	const { layer, go, kinds, texts, frames } = slow();
	layer.show(image('kitty', 1_000_000));
	await vi.waitFor(() => expect(frames.length).toBe(1));
	for (const resolve of frames.splice(0)) resolve();
	await vi.waitFor(() => expect(texts.length).toBe(1));
	layer.show(null);
	await go();
	expect(kinds()).toEqual(['t', 'xd']);
});

test('an image in the cells is removed by a repaint, which draws no other', async () => {
	const { layer, go, kinds, repaint } = slow();
	layer.show(image('iterm2'));
	await go();
	layer.show(null);
	await go();
	expect([kinds(), repaint.mock.calls.length]).toEqual([['F'], 1]);
	const one = image('iterm2');
	layer.show(one);
	await go();
	layer.erased();
	await go();
	layer.show(elsewhere(one));
	await go();
	expect([kinds(), repaint.mock.calls.length]).toEqual([['F', 'F', 'F'], 2]);
});

test('while another program has the terminal nothing is written', async () => {
	const { layer, go, kinds } = slow();
	const one = image('kitty');
	layer.show(one);
	await go();
	expect(kinds()).toEqual(['t', 'p']);
	layer.leave();
	layer.erased();
	layer.show(elsewhere(one));
	await go();
	expect(kinds()).toEqual(['d']);
	layer.back();
	await go();
	expect(kinds()).toEqual(['t', 'p']);
});
