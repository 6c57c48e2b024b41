/** Work that pauses now and then, so that keys can be answered meanwhile. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** The result, without a pause. */
export function finished<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}
