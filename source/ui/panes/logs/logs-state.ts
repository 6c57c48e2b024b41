import { defaultFolds, type Folds } from '../../../model/logs/line-folds.ts';
import { everything, type LogQuery } from '../../../model/logs/log-index.ts';
import { type LogLevel, logLevels } from '../../../model/logs/log-level.ts';
import { logPattern } from '../../../model/logs/log-pattern.ts';
import type { TaskLogRequest } from '../../../model/logs/log-watch.ts';

/**
 * The selected log: of a container or, by `project/service`, of all replicas of a service (null: the default one), of
 * several containers, or of a task.
 */
export type LogSelection =
	| { readonly kind: 'container'; readonly name: string | null }
	/** `before`: the single container that was shown before. */
	| { readonly kind: 'several'; readonly names: readonly string[]; readonly before?: string }
	| { readonly kind: 'task'; readonly request: TaskLogRequest };

export const timeStyles = ['local', 'utc', 'relative', 'off'] as const;
export type TimeStyle = (typeof timeStyles)[number];

/** Position in a log, and how it is shown. Lines are identified by their ids. */
export type LogsViewState = {
	readonly selection: LogSelection;
	/** The line that keys act on; null follows the end. */
	readonly cursor: number | null;
	/** The row at the top: a line, and which of its rows. Used only with a cursor. */
	readonly top: { readonly id: number; readonly row: number } | null;
	/** While the screen is frozen: the last shown line. */
	readonly held: number | null;
	/** Patterns as typed; empty for none. */
	readonly search: string;
	readonly keep: string;
	readonly exclude: string;
	readonly minLevel: LogLevel | null;
	/** Context lines around lines that match `keep`. */
	readonly before: number;
	readonly after: number;
	readonly folds: Folds;
	/** Lines whose JSON is expanded. */
	readonly opened: ReadonlySet<number>;
	readonly bookmarks: ReadonlySet<number>;
	/** Whether long lines are wrapped; null: in the zoomed pane only. */
	readonly wraps: boolean | null;
	/** Cells scrolled out of sight on the left, where lines are cut. */
	readonly offset: number;
	readonly times: TimeStyle;
	/** Whether lines have the colours of the program instead of those of their levels. */
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
	folds: defaultFolds,
	opened: new Set(),
	bookmarks: new Set(),
	wraps: null,
	offset: 0,
	times: 'local',
	colours: false,
};

/** Another log, from its end. The style stays; search, filters and bookmarks belong to the log before. */
export function readingOf(state: LogsViewState, selection: LogSelection): LogsViewState {
	if (JSON.stringify(selection) === JSON.stringify(state.selection)) return state;
	const { wraps, times, colours, minLevel } = state;
	return { ...initialLogs, wraps, times, colours, minLevel, selection };
}

/** At the end, following new lines. */
export function following(state: LogsViewState): LogsViewState {
	return { ...state, cursor: null, top: null, held: null };
}

/** Expressions are compiled once for each state. */
const queries = new WeakMap<LogsViewState, LogQuery>();

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

/** Without the search, else without the filters; null if there is neither. */
export function withoutQuery(state: LogsViewState): LogsViewState | null {
	if (state.search !== '') return { ...state, search: '' };
	if (isFiltered(state)) {
		const { minLevel, before, after } = everything;
		return { ...state, keep: '', exclude: '', minLevel, before, after };
	}
	return null;
}

/** All, info, warning, error, all. */
export function nextMinLevel(level: LogLevel | null): LogLevel | null {
	const steps: (LogLevel | null)[] = [null, ...logLevels.filter(one => one !== 'debug')];
	return steps[(steps.indexOf(level) + 1) % steps.length] ?? null;
}

export function nextTimes(times: TimeStyle): TimeStyle {
	return timeStyles[(timeStyles.indexOf(times) + 1) % timeStyles.length] ?? 'local';
}

/** With the element added, or removed if it is present. */
export function toggled(set: ReadonlySet<number>, element: number): ReadonlySet<number> {
	const next = new Set(set);
	if (!next.delete(element)) next.add(element);
	return next;
}
