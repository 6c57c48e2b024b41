import { maskText } from '../../../model/secrets/secrets.ts';
import { cleanText } from '../../../model/text/clean-text.ts';
import { imageHeader } from '../../../presentation/image/image-header.ts';
import type { ImageTerminal } from '../../../presentation/image/image-terminal.ts';
import { type NotShown, shownImage } from '../../../presentation/image/shown-image.ts';
import { memory } from '../../../words/amounts.ts';
import type { Text } from '../../../words/language.ts';
import type { Writer } from '../../../words/write.ts';
import type { Page, PageLine } from '../../conversation.ts';
import { pageImage } from '../../dialogs/page-image.ts';

/** A file, as far as it was fetched. */
export type FetchedFile = {
	readonly path: string;
	readonly bytes: Uint8Array;
	readonly isWhole: boolean;
	readonly size: number | null;
};

const reasons: Readonly<Record<NotShown, Text>> = {
	large: ['It is too large to show.', '너무 커서 표시할 수 없습니다.'],
	terminal: ['This terminal shows no images.', '이 터미널은 이미지를 표시하지 않습니다.'],
	broken: [
		'laketop cannot decode this PNG: it is broken, interlaced or above 8 megapixels.',
		'이 PNG를 디코딩할 수 없습니다. 손상되었거나 인터레이스이거나 8메가픽셀을 넘습니다.',
	],
	format: ['This terminal shows only PNG images.', '이 터미널은 PNG 이미지만 표시합니다.'],
};

/**
 * Facts of an image, and the image itself where the terminal can show it, else its path and how to save it; null: the
 * file is no image.
 * @param command saves the file from a shell
 */
export async function imageParts(
	{ path, bytes, isWhole, size }: FetchedFile,
	images: () => Promise<ImageTerminal>,
	{ say, command }: { readonly say: Writer; readonly command: string },
): Promise<Pick<Page, 'lines' | 'image'> | null> {
	const header = imageHeader(bytes);
	if (header === null) return null;
	const { format, width, height } = header;
	const length = isWhole ? bytes.length : size;
	const pixels = say(['{format} image, {width}×{height} pixels', '{format} 이미지, {width}×{height} 픽셀'], {
		format,
		width,
		height,
	});
	const facts: PageLine = { text: length === null ? pixels : `${pixels}, ${memory(length)}` };
	const image = isWhole ? await shownImage(bytes, images) : 'large';
	if (typeof image !== 'string') return { lines: [facts], image: pageImage(image) };
	return {
		lines: [
			facts,
			{ text: maskText(cleanText(path)), tone: 'muted' },
			{ text: '' },
			{ text: say(reasons[image]) },
			{ text: say(['Save it with W, or from a shell:', 'W로 저장하거나 셸에서 저장하세요:']), tone: 'muted' },
			{ text: `  ${command}` },
		],
	};
}
