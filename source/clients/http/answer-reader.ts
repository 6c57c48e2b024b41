import type * as z from 'zod/mini';
import type { Text } from '../../words/language.ts';
import { type HttpAnswer, parseAnswer } from './http.ts';

/** Characters of all answers that are kept together: two hundred MLflow runs with their metrics are a quarter of it. */
const keptLength = 2 * 1024 * 1024;

type Known = { readonly body: string; readonly schema: unknown; readonly read: unknown };

/**
 * Reads answers by schemas. A stack at rest gives the same answers again and again: the same text to the same question is
 * the same object as before, which nobody has to take apart, check or compare again.
 */
export class AnswerReader {
	readonly #title: string;
	/** By what was asked for. */
	readonly #known = new Map<string, Known>();
	#length = 0;

	/** @param title of the server, for messages */
	constructor(title: string) {
		this.#title = title;
	}

	/** Throws a `protocol` ClientError that names the field which does not fit. */
	read<Output>(
		address: string,
		{ path, body }: Pick<HttpAnswer, 'path' | 'body'>,
		what: Text,
		schema: z.ZodMiniType<Output>,
	): Output {
		const before = this.#known.get(path);
		// What this schema has made of it is of its type.
		if (before?.schema === schema && before.body === body) return before.read as Output;
		const read = parseAnswer(this.#title, address, what, body, schema);
		this.#forget(path);
		if (body.length > keptLength) return read;
		this.#known.set(path, { body, schema, read });
		this.#length += body.length;
		for (const oldest of this.#known.keys()) {
			if (this.#length <= keptLength) break;
			this.#forget(oldest);
		}
		return read;
	}

	#forget(path: string): void {
		const known = this.#known.get(path);
		if (!known) return;
		this.#known.delete(path);
		this.#length -= known.body.length;
	}
}
