import { runElapsedMs } from '../../model/durations.ts';
import { type Dag, type DagRun, lastMove, runsNewestFirst } from '../../model/pipeline.ts';
import { maskText } from '../../model/secrets.ts';
import type { StackState } from '../../model/state.ts';
import { dagRunStateLook, type StateSymbol, type Tone } from '../../model/task-state.ts';
import type { TimelineEntry } from '../../model/timeline-entry.ts';
import { moment, momentToSecond, stopwatch } from '../../presentation/format.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import { runName } from '../../presentation/run-name.ts';
import type { Span } from '../../presentation/text.ts';
import { timelineText } from '../../presentation/timeline-text.ts';
import type { Browse, ViewState } from '../conversation.ts';
import { type BrowseColumn, holds, sorted } from './browse-columns.ts';
import { mlflowRunRows } from './mlflow-run-rows.ts';

/** More of a conf fits no column. */
const confShown = 500;

export type DagRow = { readonly dag: Dag; readonly newest: DagRun | undefined };

/** Every run state that can be asked for, in the order in which a key goes through them. */
export const runStates: readonly (string | null)[] = [null, 'running', 'queued', 'failed', 'success'];

const stateSpan = (state: string, glyphs: Glyphs): Span => {
	const look = dagRunStateLook(state);
	return { text: `${glyphs.state[look.symbol]} ${look.word}`, tone: look.tone };
};

export const dagColumns: readonly BrowseColumn<DagRow>[] = [
	{
		id: 'dag',
		heading: 'DAG',
		align: 'left',
		priority: 0,
		order: ({ dag }) => dag.dagId,
		span: ({ dag }) => ({ text: dag.dagId }),
	},
	{
		id: 'state',
		heading: 'STATE',
		align: 'left',
		priority: 0,
		order: ({ dag }) => (dag.hasImportErrors ? 0 : dag.isPaused ? 2 : 1),
		span: ({ dag }, { glyphs }) =>
			dag.hasImportErrors
				? { text: `${glyphs.state.failed} import error`, tone: 'bad' }
				: dag.isPaused
					? { text: `${glyphs.state.paused} paused`, tone: 'warning' }
					: { text: `${glyphs.state.success} on`, tone: 'good' },
	},
	{
		id: 'last',
		heading: 'LAST RUN',
		align: 'left',
		priority: 1,
		order: ({ newest }) => -(newest ? lastMove(newest) : 0),
		descends: true,
		span: ({ newest }, { now }) => {
			const began = newest ? lastMove(newest) : 0;
			return { text: began === 0 ? '-' : moment(began, now) };
		},
	},
	{
		id: 'result',
		heading: 'RESULT',
		align: 'left',
		priority: 1,
		order: ({ newest }) => (newest ? newest.state : '~'),
		span: ({ newest }, { glyphs }) => (newest ? stateSpan(newest.state, glyphs) : { text: '-', tone: 'muted' }),
	},
	{
		id: 'next',
		heading: 'NEXT RUN',
		align: 'left',
		priority: 2,
		order: ({ dag }) => (dag.isPaused ? Number.MAX_SAFE_INTEGER : (dag.nextRunAt ?? Number.MAX_SAFE_INTEGER)),
		span: ({ dag }, { now }) => ({ text: dag.isPaused || dag.nextRunAt === null ? '-' : moment(dag.nextRunAt, now) }),
	},
	{
		id: 'schedule',
		heading: 'SCHEDULE',
		align: 'left',
		priority: 2,
		order: ({ dag }) => dag.schedule ?? '~',
		span: ({ dag }) => ({ text: dag.schedule ?? 'only by hand', tone: dag.schedule ? undefined : 'muted' }),
	},
	{
		id: 'owner',
		heading: 'OWNER',
		align: 'left',
		priority: 4,
		order: ({ dag }) => dag.owners.join(' '),
		span: ({ dag }) => ({ text: dag.owners.join(', ') }),
	},
	{
		id: 'tags',
		heading: 'TAGS',
		align: 'left',
		priority: 3,
		order: ({ dag }) => dag.tags.join(' ') || '~',
		span: ({ dag }) => ({ text: dag.tags.join(', ') }),
	},
	{
		id: 'file',
		heading: 'FILE',
		align: 'left',
		priority: 5,
		order: ({ dag }) => dag.fileLocation ?? '~',
		span: ({ dag }) => ({ text: dag.fileLocation?.split('/').at(-1) ?? '' }),
	},
];

export const runColumns: readonly BrowseColumn<DagRun>[] = [
	{
		id: 'run',
		heading: 'RUN',
		align: 'left',
		priority: 0,
		order: run => -lastMove(run),
		descends: true,
		span: (run, { now, rows }) => ({ text: runName(run, now, rows) }),
	},
	{
		id: 'state',
		heading: 'STATE',
		align: 'left',
		priority: 0,
		order: run => run.state,
		span: (run, { glyphs }) => stateSpan(run.state, glyphs),
	},
	{
		id: 'took',
		heading: 'TOOK',
		align: 'right',
		priority: 1,
		order: run => -((run.endedAt ?? 0) - (run.startedAt ?? run.endedAt ?? 0)),
		descends: true,
		span: (run, { now }) => {
			const elapsed = runElapsedMs(run, now);
			return { text: elapsed === null ? '' : stopwatch(elapsed) };
		},
	},
	{
		id: 'logical',
		heading: 'LOGICAL DATE',
		align: 'left',
		priority: 3,
		order: run => -(run.logicalDate ?? 0),
		descends: true,
		span: (run, { now }) => ({ text: run.logicalDate === null ? '' : moment(run.logicalDate, now) }),
	},
	{
		id: 'conf',
		heading: 'CONF',
		align: 'left',
		priority: 2,
		order: run => run.conf ?? '~',
		span: run => ({ text: maskText(run.conf?.slice(0, 2 * confShown) ?? '').slice(0, confShown) }),
	},
	{
		id: 'note',
		heading: 'NOTE',
		align: 'left',
		priority: 3,
		order: run => run.note ?? '~',
		span: run => ({ text: maskText(run.note ?? '').replaceAll('\n', ' ') }),
	},
	{
		id: 'id',
		heading: 'RUN ID',
		align: 'left',
		priority: 4,
		order: run => run.dagRunId,
		span: run => ({ text: run.dagRunId }),
	},
];

/** The DAGs that the list shows, in its order. */
export function dagRows(state: StackState, browse: Browse): DagRow[] {
	const rows = (state.dags ?? [])
		.filter(dag => dag.isActive)
		.map(dag => ({ dag, newest: newestOf(state, dag.dagId) }))
		.filter(({ dag }) =>
			holds(browse.filter, dag.dagId, dag.tags.join(' '), dag.owners.join(' '), dag.isPaused ? 'paused' : ''),
		);
	return sorted(rows, dagColumns, browse.sort);
}

function newestOf(state: StackState, dagId: string): DagRun | undefined {
	const [newest] = runsNewestFirst(state.dagRuns[dagId] ?? []);
	return newest ?? state.newestRuns[dagId];
}

/** The runs that the list shows, in its order: those that the server found for the wanted state, else the newest. */
export function runRows(state: StackState, dagId: string, browse: Browse): DagRun[] {
	const found = state.matchedRuns;
	const fits = found !== null && found.dagId === dagId && found.runState === browse.state;
	const known = fits ? found.runs : (state.dagRuns[dagId] ?? []);
	const rows = runsNewestFirst(known)
		.filter(run => browse.state === null || run.state === browse.state)
		.filter(run => holds(browse.filter, run.dagRunId, run.state, run.conf, run.note));
	return sorted(rows, runColumns, browse.sort);
}

/** Ids of the rows that are shown, in order, and the selected one. */
export function browseIds(state: StackState, view: ViewState): { ids: readonly string[]; selected: string | null } {
	const { browse } = view;
	if (!browse) return { ids: [], selected: null };
	const ids = idsOf(state, view, browse);
	// The timeline is read from its end, where the news come.
	const first = browse.kind === 'timeline' ? ids.at(-1) : ids[0];
	const selected = browse.selected !== null && ids.includes(browse.selected) ? browse.selected : (first ?? null);
	return { ids, selected };
}

function idsOf(state: StackState, view: ViewState, browse: Browse): string[] {
	switch (browse.kind) {
		case 'dags':
			return dagRows(state, browse).map(row => row.dag.dagId);
		case 'runs':
			return runRows(state, view.dagId, browse).map(run => run.dagRunId);
		case 'timeline':
			return timelineRows(state, browse).map(entry => entry.key);
		case 'mlflow-runs':
			return mlflowRunRows(state, browse).map(run => run.runId);
	}
}

/** What happened, of the wanted kind and with the wanted words, the oldest first. */
export function timelineRows(state: StackState, browse: Browse): readonly TimelineEntry[] {
	return state.timeline.filter(entry => {
		if (browse.state !== null && entry.kind !== browse.state) return false;
		const { subject, words } = timelineText(entry);
		return holds(browse.filter, entry.kind, entry.project, subject, words);
	});
}

export const timelineColumns: readonly BrowseColumn<TimelineEntry>[] = [
	{
		id: 'time',
		heading: 'TIME',
		align: 'left',
		priority: 0,
		order: entry => entry.at,
		span: (entry, { now }) => ({
			text: momentToSecond(entry.at, now),
		}),
	},
	{
		id: 'kind',
		heading: 'WHAT',
		align: 'left',
		priority: 2,
		order: entry => entry.kind,
		span: entry => ({ text: entry.kind, tone: 'muted' }),
	},
	{
		id: 'subject',
		heading: 'WHO',
		align: 'left',
		priority: 0,
		order: entry => timelineText(entry).subject,
		span: (entry, { ownProject }) => {
			const { subject } = timelineText(entry);
			return { text: [null, ownProject].includes(entry.project) ? subject : `${entry.project}/${subject}` };
		},
	},
	{
		id: 'words',
		heading: 'HAPPENED',
		align: 'left',
		priority: 1,
		order: entry => timelineText(entry).words,
		span: (entry, { glyphs }) => {
			const { words, tone } = timelineText(entry);
			return { text: `${glyphs.state[toneSymbols[tone]]} ${words}`, tone };
		},
	},
];

/** State is never colour alone. */
const toneSymbols: Readonly<Record<Tone, StateSymbol>> = {
	good: 'success',
	active: 'running',
	bad: 'failed',
	warning: 'warning',
	waiting: 'none',
	odd: 'deferred',
	muted: 'none',
	plain: 'none',
};
