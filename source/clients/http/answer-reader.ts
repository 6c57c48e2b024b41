import type * as z from 'zod/mini';
import type { Text } from '../../words/language.ts';
import type { HttpAnswer } from './http.ts';
import { parseAnswer } from './parse-answer.ts';

/** Maximum characters of all cached responses: two hundred MLflow runs with their metrics are a quarter of it. */
const keptLength = 2 * 1024 * 1024;

type Known = { readonly body: string; readonly schema: unknown; readonly read: unknown };

/**
 * Parses responses by schemas. An idle stack sends the same responses again and again: the same text for the same
 * request is the same object as before, which nobody has to parse, check or compare again.
 */
export class AnswerReader {
	readonly #title: string;
	/** By request. */
	readonly #known = new Map<string, Known>();
	#length = 0;

	/** @param title of the server, for messages */
	constructor(title: string) {
		this.#title = title;
	}

	/** Throws a `protocol` ClientError that names the invalid field. */
	read<Output>(
		address: string,
		{ path, body }: Pick<HttpAnswer, 'path' | 'body'>,
		what: Text,
		schema: z.ZodMiniType<Output>,
	): Output {
		const before = this.#known.get(path);
		// This schema has produced it, so it has its type.
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
