import { withColumns } from '../../../model/run-columns.ts';
import type { StackState } from '../../../model/state.ts';
import { isSame } from '../../../selectors/memo.ts';
import { knownMlflowRuns } from '../../../selectors/mlflow-runs/known-runs.ts';
import type { StepContext } from '../../actions/action.ts';
import type { Choice, Effect, ViewState } from '../../conversation.ts';
import { columnKeys, labelOfKey } from './key-columns.ts';
import { fixedColumnIds, mlflowRunColumns } from './mlflow-run-rows.ts';
import { chosenColumns, experimentShown } from './run-query.ts';

/** The choice that brings the usual columns back: no column has this ID. */
const usual = 'usual columns';

/** Asks which columns the list has. It stays open: each choice shows or hides one. */
export function columnMenu(context: StepContext, selected?: string): Effect {
	const { state, view, say } = context;
	const experiment = experimentShown(state, view);
	const chosen = chosenColumns(state, view) ?? fixedColumnIds;
	const choiceOf = (id: string, label: string): Choice => ({
		id,
		label: `[${chosen.includes(id) ? 'x' : ' '}] ${label}`,
		hint: '',
	});
	const isUsual = isSame(chosen, fixedColumnIds);
	return {
		kind: 'choose',
		question: {
			title: say(['Columns: Enter shows or hides one', '열: Enter로 표시하거나 숨기기']),
			filters: true,
			selected,
			choices: [
				...(isUsual ? [] : [{ id: usual, label: say(['Usual columns', '기본 열']), hint: '' }]),
				...fixedColumnIds.flatMap(id => {
					const column = mlflowRunColumns.find(one => one.id === id);
					return column ? [choiceOf(id, say(column.heading))] : [];
				}),
				...keysOffered(state, chosen).map(id => choiceOf(id, say(labelOfKey(id)))),
			],
			next: id => {
				const ids = id === usual ? null : toggled(chosen, id);
				const kept = ids === null || isSame(ids, fixedColumnIds) ? null : ids;
				return {
					kind: 'columns',
					experiment,
					ids: kept,
					next: () => columnMenu({ ...context, view: withChosen(view, experiment, kept) }, id),
				};
			},
		},
	};
}

function withChosen(view: ViewState, experiment: string, ids: readonly string[] | null): ViewState {
	return { ...view, runColumns: withColumns(view.runColumns, experiment, ids) };
}

/** A shown column goes, another one comes last. A fixed one keeps its place. */
function toggled(chosen: readonly string[], id: string): readonly string[] {
	const ids = chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id];
	const fixed = fixedColumnIds.filter(one => ids.includes(one));
	return [...fixed, ...ids.filter(one => !fixed.includes(one))];
}

/** The keys of known runs, and those chosen before of which no known run has a value. */
function keysOffered(state: StackState, chosen: readonly string[]): readonly string[] {
	const keys = columnKeys(knownMlflowRuns(state));
	const others = chosen.filter(id => !keys.includes(id) && !fixedColumnIds.includes(id));
	return [...others, ...keys];
}
