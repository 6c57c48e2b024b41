import type { Finding } from '../model/finding.ts';
import type { NoticeRules } from '../model/settings/notify-settings.ts';

/**
 * Consequences are found within seconds of their cause and folded under it; by then one notification covers them all.
 */
export const settleMs = 3000;

/** Findings to report now, and when to check again; null if nothing more is due. */
export type NoticeDue = { readonly report: readonly Finding[]; readonly againAt: number | null };

/**
 * Decides which findings are reported: each once, several together, no more often than configured, and none in quiet
 * hours. Findings that outlast the quiet hours are reported at their end. Has no clock of its own.
 */
export class Notices {
	readonly #rules: NoticeRules;
	/** Known findings with the time at which they were first seen; null once they are reported. */
	readonly #waiting = new Map<string, number | null>();
	#notifiedAt = Number.NEGATIVE_INFINITY;
	#isFirst = true;

	constructor(rules: NoticeRules) {
		this.#rules = rules;
	}

	/** Takes the current findings. Those from before laketop started are on the screen and not reported. */
	due(findings: readonly Finding[], now: number): NoticeDue {
		const wanted = findings.filter(
			finding =>
				finding.explainedBy === null &&
				(finding.severity === 'critical' || (finding.severity === 'warning' && this.#rules.severity === 'warning')),
		);
		const ids = new Set(wanted.map(finding => finding.id));
		for (const id of this.#waiting.keys()) if (!ids.has(id)) this.#waiting.delete(id);
		for (const id of ids) if (!this.#waiting.has(id)) this.#waiting.set(id, this.#isFirst ? null : now);
		this.#isFirst = false;
		const since = [...this.#waiting.values()].filter(time => time !== null);
		if (since.length === 0) return { report: [], againAt: null };
		const at = Math.max(
			Math.min(...since) + settleMs,
			this.#notifiedAt + this.#rules.everyMs,
			endOfQuiet(this.#rules.quiet, now),
		);
		if (now < at) return { report: [], againAt: at };
		const report = wanted.filter(finding => this.#waiting.get(finding.id) !== null);
		for (const { id } of report) this.#waiting.set(id, null);
		this.#notifiedAt = now;
		return { report, againAt: null };
	}
}

/** End of the quiet hours in force at this time, ms since the epoch; in the past if none are. */
export function endOfQuiet(quiet: NoticeRules['quiet'], now: number): number {
	if (quiet === null || quiet.from === quiet.to) return Number.NEGATIVE_INFINITY;
	const date = new Date(now);
	const minute = date.getHours() * 60 + date.getMinutes();
	const isOver = quiet.from > quiet.to;
	const holds = isOver ? minute >= quiet.from || minute < quiet.to : minute >= quiet.from && minute < quiet.to;
	if (!holds) return Number.NEGATIVE_INFINITY;
	const days = isOver && minute >= quiet.from ? 1 : 0;
	return new Date(
		date.getFullYear(),
		date.getMonth(),
		date.getDate() + days,
		Math.floor(quiet.to / 60),
		quiet.to % 60,
	).getTime();
}
