import { hash } from 'node:crypto';
import type * as z from 'zod/mini';
import type { Text } from '../../words/language.ts';
import type { HttpAnswer } from './http.ts';
import { parseAnswer } from './parse-answer.ts';

/**
 * Maximum characters of the responses whose objects are cached: two hundred MLflow runs with their metrics are a quarter
 * of it.
 */
const keptLength = 2 * 1024 * 1024;

type Known = {
	/** Of the text, which would take as much memory as the object that it became. */
	readonly digest: string;
	readonly length: number;
	readonly schema: unknown;
	readonly read: unknown;
};

/**
 * Parses responses by schemas. An idle stack sends the same responses again and again: the same text for the same
 * request is the same object as before, which nobody has to parse, check or compare again.
 */
export class AnswerReader {
	readonly #title: string;
	/** By request, the last used at the end. */
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
		const digest = hash('sha256', body, 'base64');
		const before = this.#known.get(path);
		if (before?.schema === schema && before.digest === digest) {
			this.#known.delete(path);
			this.#known.set(path, before);
			// This schema has produced it, so it has its type.
			return before.read as Output;
		}
		const read = parseAnswer(this.#title, address, what, body, schema);
		this.#forget(path);
		const { length } = body;
		if (length > keptLength) return read;
		this.#known.set(path, { digest, length, schema, read });
		this.#length += length;
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
		this.#length -= known.length;
	}
}
