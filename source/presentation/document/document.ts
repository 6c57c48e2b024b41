import type { Language } from '../../words/language.ts';
import type { Picture, PictureTone } from '../svg/page.ts';

/** A piece of a text. `code` is for names, ids and values of others, which are to be read letter by letter. */
export type Phrase = {
	readonly text: string;
	readonly tone?: PictureTone | undefined;
	readonly bold?: boolean | undefined;
	readonly code?: boolean | undefined;
};
export type Phrases = readonly Phrase[];

export type DocumentTable = {
	readonly kind: 'table';
	readonly columns: readonly { readonly title: string; readonly align?: 'right' | undefined }[];
	readonly rows: readonly (readonly Phrases[])[];
};

/** A part of a document, in the order of reading. */
export type Part =
	| { readonly kind: 'heading'; readonly text: string }
	| { readonly kind: 'text'; readonly phrases: Phrases }
	| { readonly kind: 'list'; readonly items: readonly Phrases[] }
	| DocumentTable
	/** Lines of a log, unchanged. */
	| { readonly kind: 'lines'; readonly lines: readonly string[] }
	/** Markdown has neither it nor its caption: what it says must stand in the text as well. */
	| { readonly kind: 'picture'; readonly picture: Picture; readonly caption: string };

/** A document that is written as Markdown or as HTML, so that both say the same. */
export type WrittenDocument = {
	readonly language: Language;
	readonly title: string;
	readonly parts: readonly Part[];
};
