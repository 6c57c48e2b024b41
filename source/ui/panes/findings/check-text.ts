import type { CheckLine } from '../../../diagnosis/check-report.ts';
import type { Language } from '../../../diagnosis/messages/message.ts';
import { render } from '../../../diagnosis/messages/render.ts';
import type { StateSymbol, Tone } from '../../../model/task-state.ts';

/** How a verdict looks: by symbol, word and colour. */
export const verdictLooks = {
	well: { word: 'checks.well', symbol: 'success', tone: 'good' },
	ill: { word: 'checks.ill', symbol: 'failed', tone: 'bad' },
	unknown: { word: 'checks.doubt', symbol: 'unknown', tone: 'muted' },
} as const satisfies Record<CheckLine['verdict'], { word: string; symbol: StateSymbol; tone: Tone }>;

export type CheckWords = {
	readonly verdict: CheckLine['verdict'];
	readonly word: string;
	readonly name: string;
	readonly answer: string;
	readonly lines: readonly string[];
};

/**
 * What was checked, in words.
 * @param isBusy what is not known yet waits for its turn
 */
export function checkWords(lines: readonly CheckLine[], language: Language, isBusy = false): CheckWords[] {
	return lines.map(({ verdict, name, answer, lines: read, at }) => ({
		verdict,
		word: render({ key: verdictLooks[verdict].word, params: {} }, language),
		name: render(name, language),
		answer: render(
			isBusy && verdict === 'unknown' && at === null ? { key: 'checks.pending', params: {} } : answer,
			language,
		),
		lines: read,
	}));
}
