import { everything, type LogQuery } from '../../../model/log-index.ts';
import { type LogLevel, logLevels } from '../../../model/log-level.ts';
import { logPattern } from '../../../model/log-pattern.ts';
import { type Folds, usualFolds } from '../../../model/log-view.ts';
import type { TaskLogWish } from '../../../model/log-watch.ts';

/** Which log is read: one container's (null: the usual one), several together, or a task's. */
export type LogSelection =
	| { readonly kind: 'container'; readonly name: string | null }
	/** `before`: the container that was read alone before. */
	| { readonly kind: 'several'; readonly names: readonly string[]; readonly before?: string }
	| { readonly kind: 'task'; readonly wish: TaskLogWish };

export const timeStyles = ['local', 'utc', 'relative', 'off'] as const;
export type TimeStyle = (typeof timeStyles)[number];

/** Where the reader is in a log, and how it is shown. Lines are told by their ids. */
export type LogsViewState = {
	readonly selection: LogSelection;
	/** The line that keys act on; null follows the end. */
	readonly cursor: number | null;
	/** The row at the top: a line, and which of its rows. Counts only with a cursor. */
	readonly top: { readonly id: number; readonly row: number } | null;
	/** While the screen stands still: the last line that is shown. */
	readonly held: number | null;
	/** As they were typed; empty for none. */
	readonly search: string;
	readonly keep: string;
	readonly exclude: string;
	readonly minLevel: LogLevel | null;
	/** Lines shown around what is kept. */
	readonly before: number;
	readonly after: number;
	readonly folds: Folds;
	/** JSON lines that are shown in full. */
	readonly opened: ReadonlySet<number>;
	readonly bookmarks: ReadonlySet<number>;
	/** Long lines go on in the next row; null: as the pane's size suggests. */
	readonly wraps: boolean | null;
	/** Cells that are out of sight on the left, where lines are cut. */
	readonly offset: number;
	readonly times: TimeStyle;
	/** In the colours that programs gave their lines, instead of those of the levels. */
	readonly colours: boolean;
};

export const initialLogs: LogsViewState = {
	selection: { kind: 'container', name: null },
	cursor: null,
	top: null,
	held: null,
	search: '',
	keep: '',
	exclude: '',
	minLevel: null,
	before: 0,
	after: 0,
	folds: usualFolds,
	opened: new Set(),
	bookmarks: new Set(),
	wraps: null,
	offset: 0,
	times: 'local',
	colours: false,
};

/** Another log: it is read from its end; how logs are shown stays. What was looked for in the one is not looked for in the other. */
export function readingOf(state: LogsViewState, selection: LogSelection): LogsViewState {
	if (JSON.stringify(selection) === JSON.stringify(state.selection)) return state;
	const { wraps, times, colours, minLevel } = state;
	return { ...initialLogs, wraps, times, colours, minLevel, selection };
}

/** At the end, following what comes. */
export function following(state: LogsViewState): LogsViewState {
	return { ...state, cursor: null, top: null, held: null };
}

/** A memo: an expression is compiled once for each state, which does not change. */
const queries = new WeakMap<LogsViewState, LogQuery>();

/** The query that a state stands for. */
export function queryOf(state: LogsViewState): LogQuery {
	let query = queries.get(state);
	if (!query) {
		query = {
			minLevel: state.minLevel,
			keep: logPattern(state.keep),
			exclude: logPattern(state.exclude),
			before: state.before,
			after: state.after,
			search: logPattern(state.search),
		};
		queries.set(state, query);
	}
	return query;
}

/** Whether two queries ask for the same. */
export function isSameQuery(a: LogQuery, b: LogQuery): boolean {
	return (
		a.minLevel === b.minLevel &&
		a.before === b.before &&
		a.after === b.after &&
		(['keep', 'exclude', 'search'] as const).every(part => a[part]?.typed === b[part]?.typed)
	);
}

export function isFiltered({ keep, exclude, minLevel }: LogsViewState): boolean {
	return keep !== '' || exclude !== '' || minLevel !== null;
}

/** Takes away what was asked for last: the search, then the filters. null: nothing is asked for. */
export function withoutQuery(state: LogsViewState): LogsViewState | null {
	if (state.search !== '') return { ...state, search: '' };
	if (isFiltered(state)) {
		const { minLevel, before, after } = everything;
		return { ...state, keep: '', exclude: '', minLevel, before, after };
	}
	return null;
}

/** Everything, from info on, from warning on, errors alone, everything. */
export function nextMinLevel(level: LogLevel | null): LogLevel | null {
	const steps: (LogLevel | null)[] = [null, ...logLevels.filter(one => one !== 'debug')];
	return steps[(steps.indexOf(level) + 1) % steps.length] ?? null;
}

export function nextTimes(times: TimeStyle): TimeStyle {
	return timeStyles[(timeStyles.indexOf(times) + 1) % timeStyles.length] ?? 'local';
}

/** With an element put in, or taken out where it was in. */
export function toggled(set: ReadonlySet<number>, element: number): ReadonlySet<number> {
	const next = new Set(set);
	if (!next.delete(element)) next.add(element);
	return next;
}
