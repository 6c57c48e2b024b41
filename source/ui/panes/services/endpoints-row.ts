import type { EndpointState } from '../../../model/stack/endpoint.ts';
import { duration, precise } from '../../../presentation/format.ts';
import { type Line, lineWidth, type Span } from '../../../presentation/text.ts';
import { isGuessed } from '../../../selectors/servers/stack.ts';
import type { Language } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { ServicesViewInput } from './services-input.ts';

/** The web pages in one row; failing ones first, and at its end the number of those that do not fit. */
export function endpointsRow(input: ServicesViewInput): Line {
	const { state, width, say } = input;
	const worstFirst = state.endpoints.toSorted((a, b) => Number(a.check?.ok ?? true) - Number(b.check?.ok ?? true));
	const pages = worstFirst.map(endpoint => pageSpans(endpoint, input));
	const line: Span[] = [{ text: `  ${say(['pages', '웹 페이지'])}:`, tone: 'muted' }];
	for (const [index, page] of pages.entries()) {
		const gap = index === 0 ? ' ' : '  ';
		const rest = (n: number): Span[] =>
			n === 0 ? [] : [{ text: `  ${say(['+{n} more', '외 {n}개'], { n })}`, tone: 'muted' }];
		const hidden = pages.length - index - 1;
		// The first one is the worst: it is shown even if it is cut.
		if (index > 0 && lineWidth([...line, { text: gap }, ...page, ...rest(hidden)]) > width)
			return [...line, ...rest(hidden + 1)];
		line.push({ text: gap }, ...page);
	}
	return line;
}

function pageSpans(
	{ id, title: name, check }: EndpointState,
	{ state, glyphs, now, language, say }: ServicesViewInput,
): Span[] {
	const title = isGuessed(state, id) ? say(['{name} (guessed)', '{name} (추정)'], { name }) : name;
	if (!check) return [{ text: `${glyphs.fold(title)} ${glyphs.ellipsis}`, tone: 'muted' }];
	if (check.ok)
		return [
			{ text: glyphs.state.success, tone: 'good' },
			{ text: ` ${glyphs.fold(title)} ${roundedMs(check.answerMs ?? 0, language)}` },
		];
	const words =
		check.httpStatus === null || check.problem === null
			? say(['no answer', '응답 없음'])
			: render(check.problem, language);
	return [
		{
			text: `${glyphs.state.failed} ${glyphs.fold(title)} ${words} ${duration(now - check.since, language)}`,
			tone: 'bad',
		},
	];
}

/** As wide as `<10ms` and `640ms`: the pages after it stay where they are, and are not drawn again. */
const timeWidth = 5;

/** Answer times jitter by a few ms: steps of 10 ms avoid a drawing for noise. */
function roundedMs(ms: number, language: Language): string {
	return (ms < 10 ? '<10ms' : precise(Math.round(ms / 10) * 10, language)).padEnd(timeWidth);
}
