/** The look of a state: its word is always shown, its symbol is taken from the glyph set, its tone from the theme. */
export type StateLook = {
	readonly word: string;
	readonly symbol: StateSymbol;
	readonly tone: Tone;
};

/** Meaning of a colour; the theme says which colour that is. */
export type Tone = 'good' | 'active' | 'bad' | 'waiting' | 'warning' | 'odd' | 'muted' | 'plain';

/** Names of symbols; `presentation/glyphs.ts` has their drawings for every kind of terminal. */
export type StateSymbol =
	| 'success'
	| 'failed'
	| 'running'
	| 'none'
	| 'scheduled'
	| 'queued'
	| 'retry'
	| 'reschedule'
	| 'upstreamFailed'
	| 'skipped'
	| 'deferred'
	| 'removed'
	| 'restarting'
	| 'unknown'
	| 'paused'
	| 'stopped'
	| 'warning';

/**
 * All task states of Airflow 2.8 (airflow/utils/state.py, TaskInstanceState) and null. The colours are the guide's:
 * green succeeded, yellow running, red failed, grey waiting; states that people mix up differ in symbol and in word.
 */
const taskStateLooks: Readonly<Record<string, StateLook>> = {
	success: { word: 'success', symbol: 'success', tone: 'good' },
	running: { word: 'running', symbol: 'running', tone: 'active' },
	failed: { word: 'failed', symbol: 'failed', tone: 'bad' },
	scheduled: { word: 'scheduled', symbol: 'scheduled', tone: 'waiting' },
	queued: { word: 'queued', symbol: 'queued', tone: 'waiting' },
	up_for_retry: { word: 'up for retry', symbol: 'retry', tone: 'warning' },
	up_for_reschedule: { word: 'rescheduled', symbol: 'reschedule', tone: 'waiting' },
	upstream_failed: { word: 'upstream failed', symbol: 'upstreamFailed', tone: 'warning' },
	skipped: { word: 'skipped', symbol: 'skipped', tone: 'odd' },
	deferred: { word: 'deferred', symbol: 'deferred', tone: 'odd' },
	removed: { word: 'removed', symbol: 'removed', tone: 'muted' },
	restarting: { word: 'restarting', symbol: 'restarting', tone: 'warning' },
	shutdown: { word: 'shutdown', symbol: 'stopped', tone: 'warning' },
};

const noStatus: StateLook = { word: 'waiting', symbol: 'none', tone: 'waiting' };
/** Of a run that was stopped: what never came up waits for nothing. */
const neverRun: StateLook = { word: 'not run', symbol: 'none', tone: 'muted' };

/** How a task instance's state looks; one that this version does not know is drawn by its name. */
export function taskStateLook(state: string | null, hasRunEnded = false): StateLook {
	if (state === null || state === 'none' || state === '') return hasRunEnded ? neverRun : noStatus;
	return taskStateLooks[state] ?? { word: state, symbol: 'unknown', tone: 'odd' };
}

/** The task states that have a look of their own, for the gallery, the help and the tests. */
export const knownTaskStates: readonly (string | null)[] = [null, ...Object.keys(taskStateLooks)];

/** How a DAG run's state looks: queued, running, success and failed share the tasks' looks. */
export function dagRunStateLook(state: string): StateLook {
	return taskStateLook(state);
}
