import { isChanging } from '../../../model/finding.ts';
import { commandOfFix } from '../../../selectors/printed-commands/fix-command.ts';
import { serviceAddress } from '../../actions/addresses.ts';
import { targetService } from '../../actions/targets.ts';
import { copyableTexts, movedIndex, type Pane } from '../pane.ts';
import { findingActions } from './finding-actions.ts';
import { allFindings, arrangedFindings, selectedFinding, shownFindings } from './finding-rows.ts';
import { findingRowCount, findingsView } from './findings-view.ts';

declare module '../../place.ts' {
	interface PaneIds {
		readonly findings: true;
	}
}

export const findingsPane: Pane = {
	id: 'findings',
	title: ['Findings', '문제'],
	name: ['findings pane', '문제 패널'],
	shortName: ['findings', '문제'],
	area: 'bottom',
	rows: ({ state, view }) => findingRowCount(state, view.findings),
	view: findingsView,
	drawsFrom: ({ state, view }) => {
		const { findings, acknowledgements, acknowledgementsProblem, diagnosedAt, checkedAt, feeds, stack } = state;
		// Evidence and fixes in the zoomed pane may name any fact.
		const facts = view.zoomed
			? [state]
			: [
					...[findings, acknowledgements, acknowledgementsProblem, diagnosedAt !== null, checkedAt.light !== null],
					...[feeds, stack],
				];
		return [...facts, view.selectedFinding, view.findings, view.findingScroll];
	},
	crumbs: ({ view, say }) => (view.zoomed ? [say(['Findings', '문제'])] : []),
	move: ({ state, view }, by) => {
		const rows = shownFindings(state.findings, view.findings);
		const current = selectedFinding(state.findings, view);
		// In the zoomed pane pages scroll the text; so do single steps where there is one finding only.
		if (view.zoomed && (Math.abs(by) > 1 || rows.length < 2))
			return { ...view, findingScroll: Math.max(0, Math.min(500, view.findingScroll + by)) };
		const next = rows[movedIndex(current ? rows.indexOf(current) : 0, by, rows.length)];
		return next ? { ...view, selectedFinding: next.id, findingScroll: 0 } : view;
	},
	arranged: arrangedFindings,
	back: ({ view }) =>
		view.findings.filter === '' ? null : arrangedFindings.with(view, { filter: allFindings.filter }),
	copy: ({ state, view, say }) => {
		const finding = selectedFinding(state.findings, view);
		const fixes = finding?.fixes ?? [];
		const command = [...fixes.filter(({ action }) => isChanging(action)), ...fixes]
			.map(({ action }) => commandOfFix(action, { state }))
			.find(one => one !== null);
		return copyableTexts(
			[say(['command of the best fix', '가장 좋은 조치의 명령']), command],
			[say(['finding ID', '문제 ID']), finding?.id],
		);
	},
	address: context => serviceAddress(context.state, targetService(context)?.container.name),
	actions: findingActions,
};
