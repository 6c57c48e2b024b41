import type { CheckLine } from '../diagnosis/check-report.ts';
import { messageOf } from '../diagnosis/messages/message.ts';
import type { StateSymbol, Tone } from '../model/airflow/task-state.ts';
import type { Language } from '../words/language.ts';
import { render } from '../words/message.ts';

/** Symbol, word and colour of each verdict. */
export const verdictLooks = {
	passed: { word: 'checks.passed', symbol: 'success', tone: 'good' },
	failed: { word: 'checks.failed', symbol: 'failed', tone: 'bad' },
	skipped: { word: 'checks.skipped', symbol: 'unknown', tone: 'muted' },
} as const satisfies Record<CheckLine['verdict'], { word: string; symbol: StateSymbol; tone: Tone }>;

export type CheckWords = {
	readonly verdict: CheckLine['verdict'];
	readonly word: string;
	readonly name: string;
	readonly answer: string;
	readonly lines: readonly string[];
};

/**
 * The check report as text.
 * @param isBusy checks are running, so missing results are pending
 */
export function checkWords(lines: readonly CheckLine[], language: Language, isBusy = false): CheckWords[] {
	return lines.map(({ verdict, name, answer, lines: read, at }) => ({
		verdict,
		word: render(messageOf(verdictLooks[verdict].word), language),
		name: render(name, language),
		answer: render(isBusy && verdict === 'skipped' && at === null ? messageOf('checks.pending') : answer, language),
		lines: read,
	}));
}
