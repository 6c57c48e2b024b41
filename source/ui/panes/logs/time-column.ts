import { duration } from '../../../presentation/format.ts';
import { textWidth } from '../../../presentation/text.ts';
import type { Language } from '../../../words/language.ts';
import { writer } from '../../../words/write.ts';
import type { TimeStyle } from './logs-state.ts';

/** Cells of `hh:mm:ss` and of most relative times: `5d 3h`, `in 2h 10m`, `2시간 10분`. */
const timeWidths = { clock: 8, relative: { en: 8, ko: 11 } };

/** `now`: ms since the epoch. */
type Clock = { readonly now: number; readonly language: Language };

/** The time of a line, padded to a constant width that only rare relative times exceed; empty if times are off. */
export function timeText(at: number | null, style: TimeStyle, { now, language }: Clock): string {
	if (style === 'off') return '';
	const width = style === 'relative' ? timeWidths.relative[language] : timeWidths.clock;
	if (at === null) return ' '.repeat(width);
	const two = (value: number) => String(value).padStart(2, '0');
	const date = new Date(at);
	switch (style) {
		case 'local':
			return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
		case 'utc':
			return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
		case 'relative':
			return padded(
				at > now + 1000
					? writer(language)(['in {time:duration}', '{time:duration} 후'], { time: at - now })
					: duration(now - at, language),
				width,
			);
	}
}

function padded(text: string, width: number): string {
	return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}
