import { duration, precise } from '../../../presentation/format.ts';
import type { Line, Span } from '../../../presentation/text.ts';
import { isGuessed } from '../../../selectors/stack.ts';
import type { Language } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { ServicesViewInput } from './services-input.ts';

/** The web pages in one row; failing ones first, as the row may be cut. */
export function endpointsRow({ state, glyphs, now, language, say }: ServicesViewInput): Line {
	const spans: Span[] = [{ text: `  ${say(['pages', '웹 페이지'])}: `, tone: 'muted' }];
	const worstFirst = state.endpoints.toSorted((a, b) => Number(a.check?.ok ?? true) - Number(b.check?.ok ?? true));
	for (const [index, { id, title: name, check }] of worstFirst.entries()) {
		const title = isGuessed(state, id) ? say(['{name} (guessed)', '{name} (추정)'], { name }) : name;
		if (index > 0) spans.push({ text: '  ' });
		if (!check) spans.push({ text: `${glyphs.fold(title)} ${glyphs.ellipsis}`, tone: 'muted' });
		else if (check.ok) {
			spans.push({ text: glyphs.state.success, tone: 'good' });
			spans.push({ text: ` ${glyphs.fold(title)} ${roundedMs(check.answerMs ?? 0, language)}` });
		} else {
			const words =
				check.httpStatus === null || check.problem === null
					? say(['no answer', '응답 없음'])
					: render(check.problem, language);
			spans.push({
				text: `${glyphs.state.failed} ${glyphs.fold(title)} ${words} ${duration(now - check.since, language)}`,
				tone: 'bad',
			});
		}
	}
	return spans;
}

/** Answer times jitter by a few ms: steps of 10 ms avoid a drawing for noise. */
function roundedMs(ms: number, language: Language): string {
	return ms < 10 ? '<10ms' : precise(Math.round(ms / 10) * 10, language);
}
