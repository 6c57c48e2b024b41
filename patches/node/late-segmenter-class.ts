const { Segmenter } = Intl;

/** `Intl.Segmenter`, made when the first text is segmented. */
export class LateSegmenter {
	readonly #given: ConstructorParameters<typeof Segmenter>;
	#made: Intl.Segmenter | undefined;

	constructor(...given: ConstructorParameters<typeof Segmenter>) {
		this.#given = given;
	}

	segment(text: string): Intl.Segments {
		this.#made ??= new Segmenter(...this.#given);
		return this.#made.segment(text);
	}
}
