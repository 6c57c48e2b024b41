import { type Message, quoted, render } from '../../words/message.ts';
import { harmlessMessage } from '../text/harmless-message.ts';

/** A mistake in flags, environment or configuration file: one line with the problem and its place, one with the fix. */
export class ConfigError extends Error {
	override name = 'ConfigError';
	/** `message` is its English rendering. */
	readonly what: Message;
	readonly fix: Message;

	constructor(what: Message | string, fix: Message | string) {
		// Its values come from files and variables, which may hold control sequences.
		const message = harmlessMessage(typeof what === 'string' ? quoted(what) : what);
		super(render(message, 'en'));
		this.what = message;
		this.fix = harmlessMessage(typeof fix === 'string' ? quoted(fix) : fix);
	}
}
