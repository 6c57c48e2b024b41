import { type Message, quoted, render } from '../words/message.ts';

/** An error in both languages that names no server: the caller adds that. `message` is its English rendering. */
export class DescribedError extends Error {
	override name = 'DescribedError';
	readonly description: Message;

	constructor(description: Message) {
		super(render(description, 'en'));
		this.description = description;
	}
}

/** The message of an error; those of the system, a parser or a library are quoted. */
export function describe(error: unknown): Message {
	if (error instanceof DescribedError) return error.description;
	return quoted(error instanceof Error ? error.message : String(error));
}
