import { fit, type Line, type Span, textWidth } from '../../presentation/text.ts';
import type { Browse, ViewState } from '../conversation.ts';
import { faceOf, oldWords, sentence, staleNotice } from '../face.ts';
import { firstVisible, type PaneView, type ViewContext } from '../panes/view-context.ts';
import type { BrowseColumn } from './browse-columns.ts';
import { browseKinds } from './browse-kinds.ts';
import { browseIds, dagColumns, dagRows, runColumns, runRows, timelineColumns, timelineRows } from './browse-rows.ts';
import { mlflowRunColumns, mlflowRunRows } from './mlflow-run-rows.ts';

export type BrowseViewInput = ViewContext & {
	readonly view: ViewState;
	readonly browse: Browse;
	readonly ownProject: string | null;
};

/** What differs between the lists. */
function listOf({ state, view, browse, glyphs, keyOf }: BrowseViewInput) {
	switch (browse.kind) {
		case 'dags':
			return {
				title: 'DAGs',
				face: faceOf(state, 'dags', state.dags !== null),
				markKind: 'dag',
				empty: 'Airflow knows no DAG: is the dags folder mounted, and the scheduler running?',
			};
		case 'runs':
			return {
				title: `DAGs ${glyphs.selected} ${glyphs.fold(view.dagId)} ${glyphs.selected} runs`,
				face: faceOf(state, 'pipeline', state.dagRuns[view.dagId] !== undefined),
				markKind: 'run',
				empty: `No run yet${keyOf('trigger') ? `; ${keyOf('trigger')} starts one` : ''}.`,
			};
		case 'timeline':
			return { title: 'Timeline', face: { kind: 'live' as const }, markKind: '', empty: 'Nothing has happened yet.' };
		case 'mlflow-runs':
			return {
				title: `MLflow ${glyphs.selected} ${glyphs.fold(state.experiment?.name ?? view.experiment ?? '')} ${glyphs.selected} runs`,
				face: faceOf(state, 'experiment', state.mlflowRuns !== null),
				markKind: '',
				empty: 'No run in this experiment yet: the pipeline makes one a stage.',
			};
	}
}

/** The list over the whole screen: a heading that tells the order, rows, what is marked. */
export function browseView(input: BrowseViewInput): PaneView {
	const { state, view, browse, now, width, glyphs } = input;
	const { title: name, face, markKind, empty } = listOf(input);
	const { ids, selected } = browseIds(state, view);
	const marked = markKind === '' ? 0 : view.marks.filter(mark => mark.startsWith(`${markKind} `)).length;
	const title: Line[] = [[{ text: name }], [{ text: `${ids.length}` }]];
	if (browse.filter) title.push([{ text: `filter "${glyphs.fold(browse.filter)}"`, tone: 'active' }]);
	if (browse.state !== null) title.push([{ text: `only ${browse.state.toLowerCase()}`, tone: 'active' }]);
	if (marked > 0) title.push([{ text: `${marked} marked`, tone: 'accent', bold: true }]);
	if (face.kind === 'loading')
		return {
			title,
			rows: [[{ text: `Asking ${browse.kind === 'mlflow-runs' ? 'MLflow' : 'Airflow'}`, tone: 'muted' }]],
		};
	const { listsSeenAt } = state;
	const seenAt = browse.kind === 'dags' ? listsSeenAt.dags : browse.kind === 'runs' ? listsSeenAt.runs : undefined;
	const old = face.kind === 'live' ? oldWords(seenAt, now) : null;
	if (old !== null) title.push([{ text: old, tone: 'warning', bold: true }]);
	const notice = face.kind === 'stale' ? staleNotice(face, now, width) : [];
	if (ids.length === 0) {
		const words = browse.filter || browse.state !== null ? wayOut(input) : empty;
		return { title, rows: [...notice, ...sentence(words, width)] };
	}
	const drawn = { selected, markKind, above: notice.length };
	const rows = () => {
		switch (browse.kind) {
			case 'dags':
				return table(dagRows(state, browse), row => row.dag.dagId, dagColumns, input, drawn);
			case 'runs':
				return table(runRows(state, view.dagId, browse), run => run.dagRunId, runColumns, input, drawn);
			case 'timeline':
				return table(timelineRows(state, browse), entry => entry.key, timelineColumns, input, drawn);
			case 'mlflow-runs':
				return table(mlflowRunRows(state, browse), run => run.runId, mlflowRunColumns, input, drawn);
		}
	};
	return { title, rows: [...notice, ...rows()] };
}

/** What to do where a filter lets nothing through. */
function wayOut({ keyOf, browse }: BrowseViewInput): string {
	const ways = [
		['filter', 'changes the filter'],
		[browseKinds[browse.kind].stateAction ?? '', 'what is shown'],
		['back', 'goes back'],
	].flatMap(([actionId = '', does]) => (keyOf(actionId) ? [`${keyOf(actionId)} ${does}`] : []));
	return ways.length === 0 ? 'Nothing matches.' : `Nothing matches; ${ways.join(', ')}.`;
}

function table<Row>(
	all: readonly Row[],
	idOf: (row: Row) => string,
	columns: readonly BrowseColumn<Row>[],
	{ view, browse, now, glyphs, width, height, ownProject }: BrowseViewInput,
	{ selected, markKind, above }: { selected: string | null; markKind: string; above: number },
): Line[] {
	const room = Math.max(1, height - above - 1);
	const index = all.findIndex(row => idOf(row) === selected);
	const first = firstVisible(all.length, index, room);
	const shown = all.slice(first, first + room);
	const cells = shown.map(row =>
		columns.map((column): Span => {
			const span = column.span(row, { now, glyphs, ownProject, rows: all });
			return { ...span, text: glyphs.fold(span.text) };
		}),
	);
	const heads = columns.map(column => {
		const [sortedBy, down] = [browse.sort.replace(/^-/, ''), browse.sort.startsWith('-')];
		const descends = (column.descends === true) !== down;
		return column.heading + (sortedBy === column.id ? (descends ? glyphs.sort.descending : glyphs.sort.ascending) : '');
	});
	const widths = columns.map((_, column) =>
		Math.min(
			columns[column]?.id === 'words' ? width : 48,
			Math.max(textWidth(heads[column] ?? ''), ...cells.map(row => textWidth(row[column]?.text ?? ''))),
		),
	);
	// The most wanted first, each that still fits, at least in part; what is empty in every row is left out.
	const kept = new Set<number>();
	let left = width - 4;
	for (const at of Array.from(columns.keys()).toSorted(
		(a, b) => (columns[a]?.priority ?? 0) - (columns[b]?.priority ?? 0),
	)) {
		const isEmpty = cells.every(row => (row[at]?.text ?? '') === '');
		if (isEmpty && (columns[at]?.priority ?? 0) > 0) continue;
		const least = Math.min(widths[at] ?? 0, 12);
		// What is wanted less does not take the place of what is wanted more.
		if (left < least) break;
		widths[at] = Math.min(widths[at] ?? 0, left);
		left -= (widths[at] ?? 0) + 2;
		kept.add(at);
	}
	const pick = <Value>(values: readonly Value[]) => values.filter((_, at) => kept.has(at));
	const keptWidths = pick(widths);
	const keptColumns = pick(columns);
	const line = (spans: readonly Span[]): Span[] =>
		spans.flatMap((span, at): Span[] => [
			{ ...span, text: fit(span.text, keptWidths[at] ?? 0, glyphs.ellipsis, keptColumns[at]?.align) },
			{ text: '  ' },
		]);
	const heading: Line = [{ text: '    ' }, ...line(pick(heads).map(text => ({ text, tone: 'muted' as const })))];
	return [
		heading,
		...shown.map((row, at): Line => {
			const id = idOf(row);
			const isSelected = id === selected;
			const isMarked = view.marks.includes(`${markKind} ${id}`);
			const spans: Line = [
				{ text: isSelected ? `${glyphs.selected} ` : '  ', tone: 'accent' },
				{ text: isMarked ? '* ' : '  ', tone: 'accent', bold: true },
				...line(pick(cells[at] ?? [])),
			];
			return isSelected ? spans.map(span => ({ ...span, inverse: true })) : spans;
		}),
	];
}
