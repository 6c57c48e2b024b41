import { qualifiedName } from '../../../model/container.ts';
import { logPattern } from '../../../model/log-pattern.ts';
import type { TaskLogWish } from '../../../model/log-watch.ts';
import { isActiveRun, type TaskInstance } from '../../../model/pipeline.ts';
import { runKey } from '../../../model/state.ts';
import { servicesInOrder, stackServices } from '../../../selectors/service-groups.ts';
import { shownPipeline } from '../../../selectors/shown-pipeline.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { good } from '../../hint.ts';
import { prettyJson } from '../../panes/logs/log-rows.ts';
import {
	following,
	type LogSelection,
	type LogsViewState,
	nextMinLevel,
	nextTimes,
	readingOf,
	type TimeStyle,
	toggled,
} from '../../panes/logs/logs-state.ts';
import { wrapsLines } from '../../panes/logs/logs-view.ts';
import {
	currentLine,
	logWindow,
	movedByLines,
	movedByPages,
	movedTo,
	movedToEnd,
} from '../../panes/logs/logs-window.ts';
import { tryAt, usualContainer } from '../../panes/logs/shown-log.ts';
import type { Action, ActionContext, StepContext } from '../action.ts';
import { momentOfWords } from '../jump.ts';
import { cannot, later } from '../step.ts';
import { fileNameFor, pageLog, saveLog } from '../take-log.ts';
import { shownStages, targetInstance, targetServices, targetStage } from '../targets.ts';

const withLogs = (view: ViewState, logs: LogsViewState): ViewState => (logs === view.logs ? view : { ...view, logs });
const changed = (change: (view: ViewState) => ViewState): Effect => ({ kind: 'view', change });

/** The view with another log in its logs pane, which gets the keys. */
export function readLog(view: ViewState, selection: LogSelection): ViewState {
	return { ...view, logs: readingOf(view.logs, selection), focus: 'logs', browse: null };
}

/** How keys that move do so in the logs. */
export function moveInLogs({ view, log }: ActionContext, motion: number | 'page up' | 'page down'): ViewState {
	const { logs } = view;
	if (motion === 'page up' || motion === 'page down')
		return withLogs(view, movedByPages(log, logs, motion === 'page up' ? -1 : 1));
	if (Number.isFinite(motion)) return withLogs(view, movedByLines(log, logs, motion));
	return withLogs(view, movedToEnd(log, logs, motion > 0 ? 'last' : 'first'));
}

/** The logs of the marked services together, else that of the selected one. */
function logsOfServices(context: ActionContext): ViewState {
	const names = targetServices(context).map(({ container }) => container.name);
	const [name] = names;
	if (name === undefined) return context.view;
	return readLog(context.view, names.length > 1 ? { kind: 'several', names } : { kind: 'container', name });
}

/** The stage whose log is wanted: the picked one, else the one that failed, runs, or ran last. */
function wantedTask(context: ActionContext): TaskInstance | undefined {
	const picked = targetStage(context);
	if (picked) return targetInstance(context) ?? picked.shown;
	const tasks = shownStages(context).flatMap(stage => stage.shown ?? []);
	const inState = (...states: string[]) => tasks.find(task => states.includes(task.state ?? ''));
	return inState('running') ?? inState('failed', 'up_for_retry') ?? tasks.findLast(task => task.tryNumber > 0);
}

/** The log of a stage: of the picked one try after try; where none is picked and the run goes on, of whatever runs. */
function taskLog(context: ActionContext): ViewState {
	const { state, view } = context;
	const { selection } = view.logs;
	// Of the run whose task's log is read, where one is.
	const wish = selection.kind === 'task' ? selection.wish : { dagId: view.dagId, dagRunId: view.dagRunId };
	const { run } = shownPipeline(state, wish.dagId, wish.dagRunId);
	const task = wantedTask(context) ?? shownStages(context)[0]?.shown;
	if (!run || !task) return { ...view, hint: 'There is no task here yet' };
	const { dagId, dagRunId, taskId, mapIndex } = task;
	const follow = isActiveRun(run) && view.taskId === null ? 'run' : 'task';
	return readLog(view, { kind: 'task', wish: { dagId, dagRunId, taskId, mapIndex, tryNumber: null, follow } });
}

/** From the log of a task to its stage in the pipeline. */
export function toStage({ view, log }: ActionContext): ViewState {
	const { selection } = view.logs;
	if (selection.kind !== 'task') return { ...view, hint: 'This is the log of a container: it belongs to no stage' };
	const current = currentLine(log, view.logs);
	const { dagId, dagRunId, taskId } = (current !== null && tryAt(log.view, current)) || selection.wish;
	return { ...view, focus: 'pipeline', dagId, dagRunId, taskId: taskId === '' ? null : taskId, browse: null };
}

/** Follows the pipeline from stage to stage, or stays with the stage whose log is shown. */
function followPipeline({ view, log, state }: ActionContext): ViewState {
	const { selection } = view.logs;
	if (selection.kind !== 'task') {
		const { run, stages } = shownPipeline(state, view.dagId, view.dagRunId);
		const task = stages.find(stage => stage.shown)?.shown;
		if (!run || !task) return { ...view, hint: 'No run is shown whose stages could be followed' };
		const { dagId, dagRunId, taskId, mapIndex } = task;
		const running = stages.find(stage => stage.shown?.state === 'running')?.shown;
		const from = running ?? { taskId, mapIndex };
		const wish: TaskLogWish = {
			dagId,
			dagRunId,
			taskId: from.taskId,
			mapIndex: from.mapIndex,
			tryNumber: null,
			follow: 'run',
		};
		return readLog(view, { kind: 'task', wish });
	}
	const current = currentLine(log, view.logs);
	const at = (current !== null && tryAt(log.view, current)) || selection.wish;
	const follow = selection.wish.follow === 'run' ? 'task' : 'run';
	const wish: TaskLogWish = { ...selection.wish, taskId: at.taskId, mapIndex: at.mapIndex, tryNumber: null, follow };
	return readLog(view, { kind: 'task', wish });
}

/** The log of the next or previous container; of a task, of its next or previous try. */
function otherLog(context: ActionContext, by: number): ViewState {
	const { state, view, ownProject } = context;
	const { selection } = view.logs;
	if (selection.kind === 'task') return otherTry(context, selection.wish, by);
	const names = servicesInOrder(state, ownProject).map(service => service.container.name);
	const current = selection.kind === 'container' ? (selection.name ?? usualContainer(state, ownProject)) : null;
	const index = current === null ? 0 : names.indexOf(current);
	const name = names[(index + by + names.length) % Math.max(1, names.length)];
	return name === undefined ? view : readLog(view, { kind: 'container', name });
}

function otherTry({ state, view, log }: ActionContext, wish: TaskLogWish, by: number): ViewState {
	const current = currentLine(log, view.logs);
	const shown = current === null ? null : tryAt(log.view, current);
	const taskId = shown?.taskId ?? wish.taskId;
	const mapIndex = shown?.mapIndex ?? wish.mapIndex;
	const tasks = state.taskInstances[runKey(wish.dagId, wish.dagRunId)] ?? [];
	const task = tasks.find(one => one.taskId === taskId && one.mapIndex === mapIndex);
	const tryNumber = (shown?.tryNumber ?? task?.tryNumber ?? 1) + by;
	if (!task || tryNumber < 1) return { ...view, hint: `This is the first try of ${taskId}` };
	if (tryNumber > task.tryNumber) return { ...view, hint: `This is the newest try of ${taskId}` };
	const isNewest = tryNumber === task.tryNumber;
	const next: TaskLogWish = {
		...wish,
		taskId,
		mapIndex,
		tryNumber: isNewest ? null : tryNumber,
		follow: isNewest ? 'task' : 'try',
	};
	return readLog(view, { kind: 'task', wish: next });
}

/** All containers of the stack together, or again the one that the current line is of. */
function allTogether({ state, view, ownProject, log }: ActionContext): ViewState {
	const { selection } = view.logs;
	if (selection.kind === 'several') {
		// While the end is followed nobody has chosen a line: back to where it was come from.
		const current = view.logs.cursor === null && selection.before !== undefined ? null : currentLine(log, view.logs);
		const name = current === null ? selection.before : selection.names[log.view.sequence.sourceAt(current)];
		return readLog(view, { kind: 'container', name: name ?? null });
	}
	const before = selection.kind === 'container' ? (selection.name ?? usualContainer(state, ownProject)) : null;
	const names = stackServices(state, ownProject).map(({ container }) => container.name);
	return names.length === 0 ? view : readLog(view, { kind: 'several', names, ...(before === null ? {} : { before }) });
}

function chooseLog({ state, view, ownProject }: StepContext): Effect {
	const { selection } = view.logs;
	const shown = selection.kind === 'container' ? (selection.name ?? usualContainer(state, ownProject)) : null;
	return {
		kind: 'choose',
		question: {
			title: 'Show the log of',
			filters: true,
			selected: shown ?? undefined,
			choices: servicesInOrder(state, ownProject).map(service => ({
				id: service.container.name,
				label: qualifiedName(service, ownProject),
				hint: service.container.isOneOff ? `one-off, ${service.container.state}` : service.container.state,
			})),
			next: name => changed(now => readLog(now, { kind: 'container', name })),
		},
	};
}

/** Takes one more log beside those that are shown, or one away. */
function chooseBeside({ state, view, ownProject }: StepContext): Effect {
	const { selection } = view.logs;
	const one = selection.kind === 'container' ? (selection.name ?? usualContainer(state, ownProject)) : null;
	const shown = selection.kind === 'several' ? selection.names : one === null ? [] : [one];
	const all = servicesInOrder(state, ownProject);
	return {
		kind: 'choose',
		question: {
			title: 'Read beside it, or take away',
			filters: true,
			choices: all.map(service => ({
				id: service.container.name,
				label: qualifiedName(service, ownProject),
				hint: shown.includes(service.container.name) ? 'shown: take it away' : service.container.state,
			})),
			next: name =>
				changed(now => {
					const names = shown.includes(name) ? shown.filter(other => other !== name) : [...shown, name];
					const inOrder = all.map(({ container }) => container.name).filter(other => names.includes(other));
					const [first] = inOrder;
					if (first === undefined) return now;
					const chosen: LogSelection =
						inOrder.length === 1 ? { kind: 'container', name: first } : { kind: 'several', names: inOrder };
					// How it is read stays: the same is looked for in one log more.
					return { ...readLog(now, chosen), logs: { ...now.logs, ...following(now.logs), selection: chosen } };
				}),
		},
	};
}

type Typed = 'search' | 'keep' | 'exclude';

const titles: Readonly<Record<Typed, string>> = {
	search: 'Look for',
	keep: 'Only lines with',
	exclude: 'Without lines with',
};

/** Asks for a pattern; what it does is seen while it is typed. */
function askPattern(part: Typed, context: StepContext): Effect {
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

/** `2`: so many lines on both sides; `1 5`: before and after. */
const contextWords = /^\s*(\d{1,3})(?:[\s,]+(\d{1,3}))?\s*$/;

function askContext({ view }: StepContext): Effect {
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

/** To the next hit, error or mark in a direction; past the last one, from the other end. */
function toNext(context: ActionContext, direction: 1 | -1, what: 'hit' | 'error'): ViewState {
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

function toHit(context: ActionContext, direction: 1 | -1): ViewState {
	if (context.view.logs.search === '') return { ...context.view, hint: 'Nothing is looked for: / asks what' };
	return toNext(context, direction, 'hit');
}

function askTime(context: StepContext): Effect {
	const { view, log, now } = context;
	const { sequence } = log.view;
	if (sequence.next === sequence.first) return cannot('There is no line here yet');
	return {
		kind: 'input',
		question: {
			title: 'Go to the time',
			hint: '14:03, 14:03:21, 5m (ago), a day (11-24, yesterday), with a time (11-24 14:03)',
			initial: '',
			problem: text => (momentOfWords(text, now, view.logs.times === 'utc') === null ? 'That is no time' : null),
			next: text => {
				const ms = momentOfWords(text, now, view.logs.times === 'utc');
				return changed(later => (ms === null ? later : atMoment({ ...context, view: later }, ms)));
			},
		},
	};
}

function atMoment({ view, log }: ActionContext, ms: number): ViewState {
	const position = log.view.atTime(ms);
	if (position === null) return { ...view, hint: 'No line is of that time or later' };
	const earliest = log.view.atTime(Number.NEGATIVE_INFINITY);
	const first = earliest === null ? null : log.view.sequence.lineAt(earliest)?.loggedAt;
	const hint = first !== null && first !== undefined && ms < first - 1000 ? 'The log that is held begins later' : '';
	return { ...withLogs(view, movedTo(log, view.logs, position)), hint };
}

function toRunStart(context: ActionContext): ViewState {
	const { state, view } = context;
	const { run } = shownPipeline(state, view.dagId, view.dagRunId);
	const at = run?.startedAt ?? run?.logicalDate;
	if (!at) return { ...view, hint: 'The shown run has not begun' };
	return atMoment(context, at);
}

const timesInWords: Readonly<Record<TimeStyle, string>> = {
	local: 'Times are local',
	utc: 'Times are UTC',
	relative: 'Times are how long ago it was',
	off: 'Times are not shown',
};

/** Opens or closes what the current line stands for: its group, its record, its JSON. */
function fold({ view, log }: ActionContext): ViewState {
	const { logs } = view;
	const current = currentLine(log, logs);
	const line = current === null ? null : log.view.at(current);
	if (current === null || !line) return view;
	const of = log.view.foldOf(current);
	if (of && !(of.kind === 'record' && of.lines === 0)) {
		const next = { ...logs, folds: { ...logs.folds, changed: toggled(logs.folds.changed, of.id) } };
		const start = log.view.sequence.positionOf(of.id);
		return withLogs(view, start === null || logs.cursor === null ? next : movedTo(log, next, start));
	}
	if (prettyJson(line.line.text)) return withLogs(view, { ...logs, opened: toggled(logs.opened, line.id) });
	return { ...view, hint: 'Nothing is to be folded here: no group, no traceback, no JSON' };
}

function sideways({ view, log }: ActionContext, by: number): ViewState {
	const { logs } = view;
	if (wrapsLines(logs, view.zoomed)) return { ...view, hint: 'Long lines go on in the next row here: w cuts them' };
	const offset = Math.max(0, logs.offset + by);
	return withLogs({ ...view }, { ...logs, offset: log.height > 0 ? offset : 0 });
}

function bookmark({ view, log }: ActionContext): ViewState {
	const current = currentLine(log, view.logs);
	const id = current === null ? undefined : log.view.at(current)?.id;
	if (id === undefined) return view;
	return withLogs(view, { ...view.logs, bookmarks: toggled(view.logs.bookmarks, id) });
}

function toBookmark({ view, log }: ActionContext): ViewState {
	const positions = [...view.logs.bookmarks]
		.flatMap(id => log.view.sequence.positionOf(id) ?? [])
		.toSorted((a, b) => a - b);
	const current = view.logs.cursor === null ? Number.POSITIVE_INFINITY : (currentLine(log, view.logs) ?? 0);
	const next = positions.find(position => position > current) ?? positions[0];
	if (next === undefined) return { ...view, hint: 'There is no bookmark: m sets one' };
	return withLogs(view, movedTo(log, view.logs, next));
}

function askFile(context: StepContext): Effect {
	return {
		kind: 'input',
		question: {
			title: 'Save what is shown to',
			hint: 'A new file; lines that filters leave out are left out, folded ones are not',
			initial: fileNameFor(context),
			problem: text => (text.trim() === '' ? 'Write the name of a file' : null),
			next: path => later(saveLog(context, path.trim())),
		},
	};
}

const inLogs = { group: 'look', places: ['logs'] } as const;

export const logActions: readonly Action[] = [
	{
		id: 'logs',
		kind: 'view',
		keys: ['l'],
		label: 'logs',
		help: 'Show the log of the selected service, or of the marked ones together',
		group: 'look',
		places: ['services'],
		inKeyBar: true,
		apply: logsOfServices,
	},
	{
		id: 'task-log',
		kind: 'view',
		keys: ['l'],
		label: 'log',
		help: 'Follow the log of the picked stage, try after try; without one, of whatever runs, failed or ran last',
		group: 'look',
		places: ['pipeline'],
		inKeyBar: true,
		apply: taskLog,
	},
	{
		...inLogs,
		id: 'to-stage',
		kind: 'view',
		keys: ['b'],
		label: 'stage',
		help: 'From the log of a task to its stage in the pipeline',
		inKeyBar: true,
		apply: toStage,
	},
	{
		...inLogs,
		id: 'follow-pipeline',
		kind: 'view',
		keys: ['p'],
		label: 'pipeline',
		help: 'Follow the logs of the run from stage to stage, or stay with this stage',
		apply: followPipeline,
	},
	{
		...inLogs,
		id: 'search',
		kind: 'look',
		keys: ['/'],
		label: 'search',
		help: 'Look for a regular expression; n and N go to the next and the one before',
		inKeyBar: true,
		begin: context => askPattern('search', context),
	},
	{
		...inLogs,
		id: 'next-hit',
		kind: 'view',
		keys: ['n'],
		label: 'next',
		help: 'To the next place of what is looked for',
		apply: context => toHit(context, 1),
	},
	{
		...inLogs,
		id: 'previous-hit',
		kind: 'view',
		keys: ['N'],
		label: 'before',
		help: 'To the place before of what is looked for',
		apply: context => toHit(context, -1),
	},
	{
		...inLogs,
		id: 'keep',
		kind: 'look',
		keys: ['&', '+'],
		label: 'only',
		help: 'Show only lines with a regular expression, tracebacks whole',
		inKeyBar: true,
		begin: context => askPattern('keep', context),
	},
	{
		...inLogs,
		id: 'exclude',
		kind: 'look',
		keys: ['-'],
		label: 'without',
		help: 'Leave out lines with a regular expression',
		begin: context => askPattern('exclude', context),
	},
	{
		...inLogs,
		id: 'context-lines',
		kind: 'look',
		keys: ['#'],
		label: 'around',
		help: 'Show so many lines around those that are kept (grep -A, -B, -C)',
		begin: askContext,
	},
	{
		...inLogs,
		id: 'min-level',
		kind: 'view',
		keys: ['L'],
		label: 'level',
		help: 'Everything, from info on, from warning on, errors alone',
		inKeyBar: true,
		apply: ({ view }) => ({ ...view, logs: { ...view.logs, minLevel: nextMinLevel(view.logs.minLevel) } }),
	},
	{
		...inLogs,
		id: 'next-error',
		kind: 'view',
		keys: ['e'],
		label: 'error',
		help: 'To the next error',
		inKeyBar: true,
		apply: context => toNext(context, 1, 'error'),
	},
	{
		...inLogs,
		id: 'previous-error',
		kind: 'view',
		keys: ['E'],
		label: 'error before',
		help: 'To the error before; from the end: to the last one',
		apply: context => toNext(context, -1, 'error'),
	},
	{
		...inLogs,
		id: 'fold',
		kind: 'view',
		keys: ['o'],
		label: 'fold',
		help: "Fold or unfold the line's group or traceback; show its JSON in full",
		apply: fold,
	},
	{
		...inLogs,
		id: 'fold-all',
		kind: 'view',
		keys: ['O'],
		label: 'fold all',
		help: 'Fold all tracebacks and other lines of several rows, or unfold them',
		apply: ({ view }) => {
			const records = !view.logs.folds.records;
			const words = `Tracebacks and lines of several rows are ${records ? 'folded' : 'unfolded'}; o opens a group`;
			return { ...view, hint: good(words), logs: { ...view.logs, folds: { changed: new Set(), records } } };
		},
	},
	{
		...inLogs,
		id: 'wrap',
		kind: 'view',
		keys: ['w'],
		label: 'wrap',
		help: 'Let long lines go on in the next row, or cut them; Left and Right then move sideways',
		apply: ({ view }) => ({
			...view,
			logs: { ...view.logs, wraps: !wrapsLines(view.logs, view.zoomed), offset: 0 },
		}),
	},
	{
		...inLogs,
		id: 'sideways-right',
		kind: 'view',
		keys: ['right'],
		label: 'right',
		help: 'Further right in lines that are cut',
		group: 'move',
		apply: context => sideways(context, 16),
	},
	{
		...inLogs,
		id: 'sideways-left',
		kind: 'view',
		keys: ['left'],
		label: 'left',
		help: 'Back to the left',
		group: 'move',
		apply: context => sideways(context, -16),
	},
	{
		...inLogs,
		id: 'times',
		kind: 'view',
		keys: ['T'],
		label: 'times',
		help: 'Times: local, UTC, how long ago, off',
		apply: ({ view }) => {
			const times = nextTimes(view.logs.times);
			return { ...view, hint: good(timesInWords[times]), logs: { ...view.logs, times } };
		},
	},
	{
		...inLogs,
		id: 'log-colours',
		kind: 'view',
		keys: ['u'],
		label: 'colours',
		help: 'The colours that programs gave their lines, or those of the levels',
		apply: ({ view }) => ({ ...view, logs: { ...view.logs, colours: !view.logs.colours } }),
	},
	{
		...inLogs,
		id: 'bookmark',
		kind: 'view',
		keys: ['m'],
		label: 'bookmark',
		help: 'Set a bookmark at the line, or take it away',
		apply: bookmark,
	},
	{
		...inLogs,
		id: 'next-bookmark',
		kind: 'view',
		keys: ["'"],
		label: 'next bookmark',
		help: 'To the next bookmark',
		apply: toBookmark,
	},
	{
		...inLogs,
		id: 'log-time',
		kind: 'look',
		keys: ['@'],
		label: 'time',
		help: 'Go to a time',
		begin: askTime,
	},
	{
		...inLogs,
		id: 'run-start',
		kind: 'view',
		keys: ['<'],
		label: 'run start',
		help: 'Go to the time at which the shown run began',
		apply: toRunStart,
	},
	{
		...inLogs,
		id: 'all-logs',
		kind: 'view',
		keys: ['a'],
		label: 'all',
		help: 'The logs of all containers of the stack together, or again of one: the one of before, or that of the chosen line',
		inKeyBar: true,
		apply: allTogether,
	},
	{
		...inLogs,
		id: 'log-beside',
		kind: 'look',
		keys: ['v'],
		label: 'beside',
		help: 'Read one more log beside those that are shown, or take one away',
		begin: chooseBeside,
	},
	{
		...inLogs,
		id: 'choose-log',
		kind: 'look',
		keys: ['c'],
		label: 'container',
		help: 'Choose the container whose log is shown',
		inKeyBar: true,
		begin: chooseLog,
	},
	{
		...inLogs,
		id: 'next-log',
		kind: 'view',
		keys: [']'],
		label: 'next log',
		help: 'Show the log of the next container; of a task, of its next try',
		inKeyBar: true,
		apply: context => otherLog(context, 1),
	},
	{
		...inLogs,
		id: 'previous-log',
		kind: 'view',
		keys: ['['],
		label: 'previous log',
		help: 'Show the log of the container before; of a task, of the try before',
		apply: context => otherLog(context, -1),
	},
	{
		...inLogs,
		id: 'save-log',
		kind: 'look',
		keys: ['s'],
		label: 'save',
		help: 'Save what is shown to a file',
		begin: askFile,
	},
	{
		...inLogs,
		id: 'page-log',
		kind: 'look',
		keys: ['|'],
		label: 'pager',
		help: 'Read what is shown in $PAGER (else less)',
		begin: pageLog,
	},
];
