/** A mistake in flags, environment or config file: one line that says what and where, one how to mend it. */
export class ConfigError extends Error {
	override name = 'ConfigError';
	readonly remedy: string;

	constructor(message: string, remedy: string) {
		super(message);
		this.remedy = remedy;
	}
}
