import { logPattern } from '../../../model/log-pattern.ts';
import type { ActionContext, StepContext } from '../../actions/action.ts';
import { changed } from '../../actions/step.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { withLogs } from './log-places.ts';
import { currentLine, logWindow, movedTo } from './logs-window.ts';

type Typed = 'search' | 'keep' | 'exclude';

const titles: Readonly<Record<Typed, string>> = {
	search: 'Look for',
	keep: 'Only lines with',
	exclude: 'Without lines with',
};

/** Asks for a pattern; what it does is seen while it is typed. */
export function askPattern(part: Typed, context: StepContext): Effect {
	const { view } = context;
	const take = (now: ViewState, text: string): ViewState => ({ ...now, logs: { ...now.logs, [part]: text } });
	return {
		kind: 'input',
		question: {
			title: titles[part],
			hint: 'A regular expression (RE2 syntax); capitals matter when there are any. Empty clears it',
			initial: view.logs[part],
			isReplaced: true,
			problem: () => null,
			live: take,
			next: text => {
				const note = logPattern(text)?.isPlain
					? 'Searching for plain text: not a regular expression in RE2 syntax'
					: '';
				return changed(now => {
					const taken = { ...take(now, text), hint: note };
					return part === 'search' && text !== '' ? hitInSight({ ...context, view: taken }) : taken;
				});
			},
		},
	};
}

/** Where nothing of what is looked for is on the screen, to what is nearest: from the end of the log, the last of it. */
function hitInSight({ view, log }: ActionContext): ViewState {
	if (!log.view.isDone) return { ...view, hint: view.hint || 'The log is still being read: n goes to the next' };
	const shown = logWindow(log, view.logs).map(({ position }) => position);
	const bottom = shown.at(-1);
	// What stands still is left where it stands.
	if (bottom === undefined || (view.frozen && view.logs.cursor === null)) return view;
	if (shown.some(position => log.view.at(position)?.isHit)) return view;
	const before = log.view.find(bottom + 1, -1, 'hit');
	const found = (view.logs.cursor === null ? null : log.view.find(bottom, 1, 'hit')) ?? before;
	if (found !== null) return withLogs(view, movedTo(log, view.logs, found));
	return { ...view, hint: view.hint || `${view.logs.search} is not there` };
}

/** To the next hit, error or mark in a direction; past the last one, from the other end. */
export function toNext(context: ActionContext, direction: 1 | -1, what: 'hit' | 'error'): ViewState {
	const { view, log } = context;
	const { first, next } = log.view.sequence;
	const from = view.logs.cursor === null ? (direction === 1 ? next - 1 : next) : (currentLine(log, view.logs) ?? next);
	const found = log.view.find(from, direction, what);
	if (found !== null) return withLogs(view, movedTo(log, view.logs, found));
	const again = log.view.find(direction === 1 ? first - 1 : next, direction, what);
	const words = what === 'hit' ? `${view.logs.search} is not there` : 'There is no error';
	if (again === null) return { ...view, hint: log.view.isDone ? words : 'The log is still being read' };
	return {
		...withLogs(view, movedTo(log, view.logs, again)),
		hint: direction === 1 ? 'From the beginning again' : 'From the end again',
	};
}

export function toHit(context: ActionContext, direction: 1 | -1): ViewState {
	if (context.view.logs.search === '') return { ...context.view, hint: 'Nothing is looked for: / asks what' };
	return toNext(context, direction, 'hit');
}

/** `2`: so many lines on both sides; `1 5`: before and after. */
const contextWords = /^\s*(\d{1,3})(?:[\s,]+(\d{1,3}))?\s*$/;

export function askContext({ view }: StepContext): Effect {
	const { before, after } = view.logs;
	return {
		kind: 'input',
		question: {
			title: 'Lines around what is kept',
			hint: '2: two before and two after; 0 5: none before, five after (grep -A 5)',
			initial: before === 0 && after === 0 ? '' : before === after ? String(before) : `${before} ${after}`,
			problem: text => (text.trim() === '' || contextWords.test(text) ? null : 'Write a number, or two'),
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
