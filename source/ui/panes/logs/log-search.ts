import { logPattern } from '../../../model/logs/log-pattern.ts';
import type { Text } from '../../../words/language.ts';
import type { ActionContext, StepContext } from '../../actions/action.ts';
import { changed } from '../../actions/step.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { withLogs } from './log-places.ts';
import { currentLine, logWindow, movedTo } from './logs-window.ts';

type Typed = 'search' | 'keep' | 'exclude';

const titles: Readonly<Record<Typed, Text>> = {
	search: ['Search', '검색'],
	keep: ['Show only lines that match', '일치하는 줄만 보기'],
	exclude: ['Hide lines that match', '일치하는 줄 숨기기'],
};
const patternHint: Text = [
	'Regular expression (RE2 syntax). A capital letter makes it case-sensitive. Leave empty to clear.',
	'정규식(RE2 문법). 대문자를 쓰면 대소문자를 구분합니다. 비워 두면 해제됩니다.',
];
const plainText: Text = [
	'Not a regular expression in RE2 syntax: searching for plain text',
	'RE2 문법의 정규식이 아니므로 일반 텍스트로 검색합니다',
];
const stillReadingText: Text = ['The log is still being read', '로그를 읽는 중입니다'];
const noMatchText = ['No match for {pattern}', '{pattern}과(와) 일치하는 줄이 없습니다'] as const;

/** Asks for a pattern; it takes effect while it is typed. */
export function askPattern(part: Typed, context: StepContext): Effect {
	const { view, say } = context;
	const take = (now: ViewState, text: string): ViewState => ({ ...now, logs: { ...now.logs, [part]: text } });
	return {
		kind: 'input',
		question: {
			title: say(titles[part]),
			hint: say(patternHint),
			initial: view.logs[part],
			isReplaced: true,
			problem: () => null,
			live: take,
			next: text => {
				const note = logPattern(text)?.isPlain ? say(plainText) : '';
				return changed(now => {
					const taken = { ...take(now, text), hint: note };
					return part === 'search' && text !== '' ? hitInSight({ ...context, view: taken }) : taken;
				});
			},
		},
	};
}

/** Goes to the nearest match if none is on the screen: from the end of the log, to the last one. */
function hitInSight({ view, log, say }: ActionContext): ViewState {
	if (!log.view.isDone) return { ...view, hint: view.hint || say(stillReadingText) };
	const shown = logWindow(log, view.logs).map(({ position }) => position);
	const bottom = shown.at(-1);
	// A frozen screen does not move.
	if (bottom === undefined || (view.frozen && view.logs.cursor === null)) return view;
	if (shown.some(position => log.view.at(position)?.isHit)) return view;
	const before = log.view.find(bottom + 1, -1, 'hit');
	const found = (view.logs.cursor === null ? null : log.view.find(bottom, 1, 'hit')) ?? before;
	if (found !== null) return withLogs(view, movedTo(log, view.logs, found));
	return { ...view, hint: view.hint || say(noMatchText, { pattern: view.logs.search }) };
}

/** To the next match or error in a direction; after the last one, continues from the other end. */
export function toNext(context: ActionContext, direction: 1 | -1, what: 'hit' | 'error'): ViewState {
	const { view, log, say } = context;
	const { first, next } = log.view.sequence;
	const from = view.logs.cursor === null ? (direction === 1 ? next - 1 : next) : (currentLine(log, view.logs) ?? next);
	const found = log.view.find(from, direction, what);
	if (found !== null) return withLogs(view, movedTo(log, view.logs, found));
	const again = log.view.find(direction === 1 ? first - 1 : next, direction, what);
	const words =
		what === 'hit'
			? say(noMatchText, { pattern: view.logs.search })
			: say(['No errors in this log', '이 로그에 오류가 없습니다']);
	if (again === null) return { ...view, hint: log.view.isDone ? words : say(stillReadingText) };
	return {
		...withLogs(view, movedTo(log, view.logs, again)),
		hint: say(
			direction === 1
				? ['Continued from the beginning', '처음부터 계속합니다']
				: ['Continued from the end', '끝부터 계속합니다'],
		),
	};
}

export function toHit(context: ActionContext, direction: 1 | -1): ViewState {
	if (context.view.logs.search === '')
		return { ...context.view, hint: context.say(['No search yet', '아직 검색어가 없습니다']) };
	return toNext(context, direction, 'hit');
}

/** `2`: lines on both sides; `1 5`: lines before and after. */
const contextWords = /^\s*(\d{1,3})(?:[\s,]+(\d{1,3}))?\s*$/;

const contextHint: Text = [
	'Type 2 for 2 lines before and after, 0 5 for only 5 after (grep -A 5)',
	'2는 앞뒤로 2줄씩, 0 5는 뒤 5줄만 (grep -A 5)',
];

export function askContext({ view, say }: StepContext): Effect {
	const { before, after } = view.logs;
	return {
		kind: 'input',
		question: {
			title: say(['Context lines around matching lines', '일치하는 줄의 앞뒤 줄 수']),
			hint: say(contextHint),
			initial: before === 0 && after === 0 ? '' : before === after ? String(before) : `${before} ${after}`,
			problem: text =>
				text.trim() === '' || contextWords.test(text)
					? null
					: say(['Enter one or two numbers', '숫자를 하나 또는 둘 입력하세요']),
			next: text => {
				const found = contextWords.exec(text);
				const first = Number(found?.[1] ?? 0);
				return changed(now => ({
					...now,
					logs: { ...now.logs, before: first, after: Number(found?.[2] ?? first) },
				}));
			},
		},
	};
}
