import { cleanText } from './clean-text.ts';
import { maskText } from './secrets.ts';

/** A mistake in flags, environment or config file: one line that says what and where, one how to fix it. */
export class ConfigError extends Error {
	override name = 'ConfigError';
	readonly fix: string;

	constructor(message: string, fix: string) {
		// Parts of it are what a file or a variable holds: nothing of that may command the terminal.
		super(maskText(cleanText(message.slice(0, 4000))));
		this.fix = maskText(cleanText(fix.slice(0, 4000)));
	}
}
