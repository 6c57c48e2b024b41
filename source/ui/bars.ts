import type { ActionState } from '../model/action-state.ts';
import type { StateSymbol, Tone } from '../model/airflow/task-state.ts';
import { duration } from '../presentation/format.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import { shortRunIds } from '../presentation/run-name.ts';
import { fitLine, type Line, lineWidth, type Span, textWidth } from '../presentation/text.ts';
import type { Text } from '../words/language.ts';
import { asHeading, render } from '../words/message.ts';
import type { Action, ActionContext } from './actions/action.ts';
import type { Hint } from './hint.ts';
import { keyHints } from './key-hints.ts';
import { keyTitle } from './keys.ts';
import type { ViewContext } from './panes/view-context.ts';

/** How long the outcome of an action stays on the key bar, ms; a failure stays until the next key. */
const outcomeShownMs = 6000;

/** What the key bar shows instead of keys: a hint, else the running or just finished action; null for neither. */
export function message(
	actions: readonly ActionState[],
	hint: Hint,
	seenUntil: number,
	{ now, glyphs, width, language, say }: Pick<ViewContext, 'now' | 'glyphs' | 'width' | 'language' | 'say'>,
): Line | null {
	if (hint) {
		const { words, tone } = typeof hint === 'string' ? { words: hint, tone: 'active' as const } : hint;
		const symbol = tone === 'good' ? glyphs.state.success : glyphs.state.warning;
		return [{ text: `${symbol} ${glyphs.fold(words)}`, tone, bold: true }];
	}
	const last = actions.at(-1);
	if (!last) return null;
	if (last.outcome === 'running') {
		return [
			{
				text: `${glyphs.state.running} ${glyphs.fold(render(asHeading(last.title), language))} ${glyphs.ellipsis} ${duration(now - last.startedAt, language)}`,
				tone: 'active',
				bold: true,
			},
		];
	}
	const finishedAt = last.finishedAt ?? 0;
	const fades = last.outcome === 'done' && now - finishedAt > outcomeShownMs;
	// A failure stays until a key is pressed after it, so that nobody misses it by looking away.
	if (fades || seenUntil > finishedAt + 500) return null;
	const { symbol, tone, text } = outcomeLooks[last.outcome];
	const outcome = (title: string) => say(text, { title, message: last.message ?? '' });
	// The outcome matters most: if not all of it fits, ids are shortened, then the title is cut to its verb.
	const title = render(asHeading(last.title), language);
	const whole = outcome(title);
	// The verb comes first in English and last in Korean.
	const verb = title.split(' ').at(language === 'ko' ? -1 : 0) ?? '';
	const texts = [whole, shortRunIds(whole), shortRunIds(outcome(verb))];
	const room = width - 6;
	const fitting = texts.find(one => textWidth(glyphs.fold(one)) <= room) ?? texts.at(-1) ?? '';
	return [{ text: `${glyphs.state[symbol]} ${glyphs.fold(fitting)}`, tone, bold: true }];
}

const outcomeLooks = {
	done: { symbol: 'success', tone: 'good', text: ['{title}: {message}', '{title}: {message}'] },
	failed: { symbol: 'failed', tone: 'bad', text: ['{title} failed: {message}', '{title} 실패: {message}'] },
	unknown: {
		symbol: 'unknown',
		tone: 'warning',
		text: ['{title}: outcome unknown: {message}', '{title} 결과를 알 수 없음: {message}'],
	},
} as const satisfies Record<string, { symbol: StateSymbol; tone: Tone; text: Text }>;

const hintSpans = (key: string, label: string): Span[] => [
	{ text: key, bold: true, tone: 'accent' },
	{ text: ` ${label}  ` },
];

/** The lowest row: the lower border of the frame with the keys of the place, or a message. */
export function footerLine(
	actions: readonly Action[],
	context: Pick<ActionContext, 'view' | 'language'>,
	message: Line | null,
	width: number,
	glyphs: Glyphs,
	teeAt: number | null,
): Line {
	const { line } = glyphs;
	const room = width - 2;
	const words: Span[] = [{ text: ' ' }];
	if (message) words.push(...message, { text: ' ' });
	else {
		const { first, always } = keyHints(actions, context.view, context.language);
		const hints = [...first, ...always].map(({ key, label }, index) => ({
			spans: hintSpans(keyTitle(key), label),
			width: textWidth(keyTitle(key)) + textWidth(label) + 3,
			// These stay at the right end, whatever is cut.
			isFixed: index >= first.length,
		}));
		// The border between the panes above ends in the key bar: a hint that would cover its foot moves behind it.
		const foot = teeAt === null ? room : teeAt - 1;
		const isOverFoot = (used: number, width: number) => used <= foot && used + width > foot && foot < room;
		const end = (used: number, { width }: { readonly width: number }) =>
			(isOverFoot(used, width) ? foot + 2 : used) + width;
		let shown = hints.filter(({ isFixed }) => isFixed);
		for (const hint of hints.slice(0, first.length)) {
			const more = [...shown.filter(({ isFixed }) => !isFixed), hint, ...shown.filter(({ isFixed }) => isFixed)];
			if (more.reduce(end, 1) <= room) shown = more;
		}
		let used = 1;
		for (const hint of shown) {
			if (isOverFoot(used, hint.width))
				words.push(
					{ text: line.horizontal.repeat(foot - used), tone: 'muted' },
					{ text: line.teeUp, tone: 'muted' },
					{ text: ' ' },
				);
			words.push(...hint.spans);
			used = end(used, hint);
		}
	}
	const fitted = lineWidth(words) > room ? fitLine(words, room, glyphs.ellipsis) : words;
	const used = lineWidth(fitted);
	let rest = line.horizontal.repeat(Math.max(0, room - used));
	const tee = teeAt === null ? -1 : teeAt - 1 - used;
	if (tee >= 0 && tee < room - used) rest = rest.slice(0, tee) + line.teeUp + rest.slice(tee + 1);
	return [{ text: line.bottomLeft, tone: 'muted' }, ...fitted, { text: rest + line.bottomRight, tone: 'muted' }];
}
