import { cutCell, cutInside, fit, type Line, type Span, selectedLine, textWidth } from '../../presentation/text.ts';
import { render } from '../../words/message.ts';
import type { Browse } from '../conversation.ts';
import { oldWords, sentence, staleNotice } from '../face.ts';
import type { PaneInput } from '../panes/pane.ts';
import { firstVisible, type PaneView } from '../panes/view-context.ts';
import type { BrowseColumn } from './columns.ts';
import type { ListDefinition } from './definition.ts';
import { type Selection, selectedRow } from './opened.ts';

export function listView<Row>(list: ListDefinition<Row>, input: PaneInput): PaneView {
	const { state, view, width, glyphs, say } = input;
	const { browse } = view;
	if (!browse) return { title: [], rows: [] };
	const all = list.rows(state, view, browse);
	const { markKind = null } = list;
	const marked = markKind === null ? 0 : view.marks.filter(mark => mark.startsWith(`${markKind} `)).length;
	const total = list.total?.(state, view, browse) ?? 0;
	const count =
		total > all.length ? say(['{n} of {total}', '{total}개 중 {n}개'], { n: all.length, total }) : `${all.length}`;
	const title: Line[] = [[{ text: list.title(input) }], [{ text: count }]];
	const cut = list.cut?.(state, view) ?? null;
	if (cut !== null) title.push([{ text: render(cut, input.language), tone: 'warning' }]);
	if (browse.filter)
		title.push([
			{
				text: say(['filter "{words}"', '필터 "{words}"'], { words: glyphs.fold(browse.filter) }),
				tone: 'active',
			},
		]);
	for (const text of list.titleParts?.(input) ?? []) title.push([{ text: glyphs.fold(text), tone: 'active' }]);
	if (browse.state !== null)
		title.push([
			{
				text: say(['{state} only', '{state}만'], {
					state: say(list.stateWord?.(browse.state) ?? [browse.state, browse.state]),
				}),
				tone: 'active',
			},
		]);
	if (marked > 0)
		title.push([{ text: say(['{marked} marked', '{marked}개 선택 표시'], { marked }), tone: 'accent', bold: true }]);
	const face = list.face(state, view);
	if (face.kind === 'loading')
		return {
			title,
			rows: [
				[{ text: say(['Waiting for {server}', '{server} 응답 대기 중'], { server: list.server }), tone: 'muted' }],
			],
		};
	const old = face.kind === 'live' ? oldWords(list.seenAt?.(state), input) : null;
	if (old !== null) title.push([{ text: old, tone: 'warning', bold: true }]);
	const notice = face.kind === 'stale' ? staleNotice(face, input) : [];
	if (all.length === 0) {
		const words = browse.filter || browse.state !== null ? exitHint(list, browse, input) : list.empty(input);
		return { title, rows: [...notice, ...sentence(words, width)] };
	}
	const selected = selectedRow(all, list.idOf, browse, list.isReadFromEnd);
	return { title, rows: [...notice, ...table(list, all, { ...input, browse }, { selected, above: notice.length })] };
}

/** The keys that lead out of what hides all rows: a filter, a state, or both. */
function exitHint(
	{ stateAction = '' }: Pick<ListDefinition<never>, 'stateAction'>,
	{ filter, state }: Pick<Browse, 'filter' | 'state'>,
	{ keyOf, say }: PaneInput,
): string {
	const [hasFilter, hasState] = [filter !== '', state !== null];
	const exits = [
		{ key: hasFilter ? keyOf('filter') : null, text: ['{key} changes the filter', '{key} 필터 변경'] },
		{ key: hasState ? keyOf(stateAction) : null, text: ['{key} changes the state', '{key} 상태 변경'] },
		{
			key: keyOf('back'),
			text:
				hasFilter && hasState
					? (['{key} clears both', '{key} 모두 해제'] as const)
					: (['{key} clears it', '{key} 해제'] as const),
		},
	] as const;
	const keys = exits.flatMap(({ key, text }) => (key === null ? [] : [say(text, { key })])).join(', ');
	return keys === ''
		? say(['No match.', '일치하는 항목이 없습니다.'])
		: say(['No match: {keys}.', '일치하는 항목이 없습니다: {keys}.'], { keys });
}

function table<Row>(
	{ idOf, columns: fixed, columnsOf, markKind = '', sort }: ListDefinition<Row>,
	all: readonly Row[],
	{
		state,
		view,
		browse,
		now,
		glyphs,
		width,
		height,
		ownProject,
		language,
		say,
	}: PaneInput & { readonly browse: Browse },
	{ selected, above }: { readonly selected: Selection<Row>; readonly above: number },
): Line[] {
	const columns = columnsOf?.(state, view, browse) ?? fixed;
	const order = browse.sort ?? sort;
	const room = Math.max(1, height - above - 1);
	const first = firstVisible(all.length, selected.index, room);
	const shown = all.slice(first, first + room);
	const cells = shown.map(row =>
		columns.map((column): Span => {
			const span = column.span(row, { now, glyphs, ownProject, rows: all, language, say });
			return { ...span, text: glyphs.fold(span.text) };
		}),
	);
	const heads = columns.map(column => {
		const [sortedBy, down] = [order.replace(/^-/, ''), order.startsWith('-')];
		const descends = (column.descends === true) !== down;
		return (
			say(column.heading) + (sortedBy === column.id ? (descends ? glyphs.sort.descending : glyphs.sort.ascending) : '')
		);
	});
	const wanted = columns.map((_, column) =>
		Math.min(
			columns[column]?.id === 'words' ? width : 48,
			Math.max(textWidth(heads[column] ?? ''), ...cells.map(row => textWidth(row[column]?.text ?? ''))),
		),
	);
	const widths = fittingWidths(columns, cells, wanted, width - 4);
	const pick = <Value>(values: readonly Value[]) => values.filter((_, at) => widths.has(at));
	const keptWidths = pick(columns.map((_, at) => widths.get(at) ?? 0));
	const keptColumns = pick(columns);
	const cell = (text: string, at: number) => {
		const cells = keptWidths[at] ?? 0;
		// The first column is what the rows are named by, whatever it has in it.
		const cut = at === 0 ? cutInside(text, cells, glyphs.ellipsis) : cutCell(text, cells, glyphs.ellipsis);
		return fit(cut, cells, '', keptColumns[at]?.align);
	};
	const line = (spans: readonly Span[]): Span[] =>
		spans.flatMap((span, at): Span[] => [{ ...span, text: cell(span.text, at) }, { text: '  ' }]);
	const heading: Line = [{ text: '    ' }, ...line(pick(heads).map(text => ({ text, tone: 'muted' as const })))];
	return [
		heading,
		...shown.map((row, at): Line => {
			const id = idOf(row);
			const isSelected = first + at === selected.index;
			const isMarked = view.marks.includes(`${markKind} ${id}`);
			const spans: Line = [
				{ text: isSelected ? `${glyphs.selected} ` : '  ', tone: 'accent' },
				{ text: isMarked ? '* ' : '  ', tone: 'accent', bold: true },
				...line(pick(cells[at] ?? [])),
			];
			return isSelected ? selectedLine(spans) : spans;
		}),
	];
}

/**
 * The widths of the columns that fit, by their places: by priority, as far as they fit at least in part. Empty columns are
 * left out.
 */
function fittingWidths<Row>(
	columns: readonly BrowseColumn<Row>[],
	cells: readonly (readonly Span[])[],
	wanted: readonly number[],
	width: number,
): ReadonlyMap<number, number> {
	const widths = new Map<number, number>();
	let left = width;
	for (const at of Array.from(columns.keys()).toSorted(
		(a, b) => (columns[a]?.priority ?? 0) - (columns[b]?.priority ?? 0),
	)) {
		const isEmpty = cells.every(row => (row[at]?.text ?? '') === '');
		if (isEmpty && (columns[at]?.priority ?? 0) > 0) continue;
		const most = wanted[at] ?? 0;
		// A narrow column of lower priority does not take the place of a wider one.
		if (left < Math.min(most, 12)) break;
		widths.set(at, Math.min(most, left));
		left -= Math.min(most, left) + 2;
	}
	return widths;
}
