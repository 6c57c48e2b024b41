import { logLevel } from '../../model/logs/log-format.ts';
import type { LogLine } from '../../model/logs/log-line.ts';
import { containerStream } from '../../model/logs/log-store.ts';
import type { Fact } from '../../model/observation.ts';
import { maskText } from '../../model/secrets/secrets.ts';

/** At most one timeline entry per stream in this time of the log, ms: a burst of errors is one event. */
const apartMs = 10_000;
/** Longer lines are cut; the log itself has them complete. */
const maxTextLength = 200;

/** Selects log lines for the timeline: the first error of a burst. */
export class LogErrors {
	readonly #lastAt = new Map<string, number>();

	/** The fact for these lines; null without an error, or within the same burst. */
	factOf(stream: string, lines: readonly LogLine[]): Extract<Fact, { type: 'log errors' }> | null {
		const prefix = containerStream('');
		if (!stream.startsWith(prefix)) return null;
		const errors = lines.filter(line => !line.mark && line.loggedAt !== null && logLevel(line.text) === 'error');
		const [first] = errors;
		if (!first || first.loggedAt === null) return null;
		const last = this.#lastAt.get(stream) ?? Number.NEGATIVE_INFINITY;
		this.#lastAt.set(stream, errors.at(-1)?.loggedAt ?? first.loggedAt);
		if (first.loggedAt - last < apartMs) return null;
		const container = stream.slice(prefix.length);
		const text = first.text.length > maxTextLength ? `${first.text.slice(0, maxTextLength)}...` : first.text;
		return {
			type: 'log errors',
			stream,
			subject: container,
			container,
			loggedAt: first.loggedAt,
			text: maskText(text.trim()),
			more: errors.length - 1,
		};
	}
}
