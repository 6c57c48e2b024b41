import { type Finding, severities } from '../../../model/finding.ts';
import { rootFindings } from '../../../selectors/findings/findings.ts';
import { memoised } from '../../../selectors/memo.ts';
import type { Text } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { ViewState } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../../lists/columns.ts';
import type { Arranged, Arrangement } from '../arranged.ts';

type FindingSort = Pick<BrowseColumn<Finding>, 'id' | 'heading' | 'order' | 'descends'>;

/** Equal findings keep the order of the diagnosis, the worst first. */
const findingSorts: readonly FindingSort[] = [
	{
		id: 'severity',
		heading: ['severity', '심각도'],
		order: ({ severity }) => severities.indexOf(severity),
		descends: true,
	},
	{ id: 'age', heading: ['age', '경과'], order: ({ since }) => (since === null ? Number.POSITIVE_INFINITY : -since) },
	{ id: 'subject', heading: ['subject', '대상'], order: ({ subject }) => subject.toLowerCase() },
];

export const allFindings: Arrangement = { filter: '', sort: null };

/** Either language is found, as in the palette: the rule ID and names are English on a Korean screen too. */
const matching = memoised((findings: readonly Finding[], filter: string): readonly Finding[] =>
	filter === ''
		? rootFindings(findings)
		: rootFindings(findings).filter(({ title, cause, subject, rule }) =>
				holds(
					filter,
					...[title, cause].flatMap(message => [render(message, 'en'), render(message, 'ko')]),
					subject,
					rule,
				),
			),
);

const inOrder = memoised((findings: readonly Finding[], sort: string | null): readonly Finding[] =>
	sort === null ? findings : sorted(findings, findingSorts, sort),
);

/** The rows of the findings pane: the findings that no other explains and the filter matches, in the chosen order. */
export function shownFindings(findings: readonly Finding[], { filter, sort }: Arrangement): readonly Finding[] {
	return inOrder(matching(findings, filter), sort);
}

type Selection = Pick<ViewState, 'selectedFinding' | 'findings'>;

/**
 * The selected finding: always one that is shown. Without a selection it is the worst, whatever the order, so that a new
 * finding does not select another.
 */
export function selectedFinding(findings: readonly Finding[], view: Selection): Finding | undefined {
	const rows = matching(findings, view.findings.filter);
	return rows.find(({ id }) => id === view.selectedFinding) ?? rows[0];
}

/** Why no finding is selected: there are none, or the filter hides them all. */
export function noFinding(findings: readonly Finding[], none: Text): Text {
	return rootFindings(findings).length === 0
		? none
		: ['No finding matches the filter', '필터와 일치하는 문제가 없습니다'];
}

export const arrangedFindings: Arranged = {
	sortable: findingSorts,
	sort: 'severity',
	filterTitle: ['Filter findings', '문제 필터'],
	filterHint: ['Words of the title, cause, subject or rule ID', '제목, 원인, 대상, 규칙 ID의 단어'],
	of: view => view.findings,
	with: (view, arrangement) => ({
		...view,
		findings: { ...view.findings, ...arrangement },
		// Another filter may select another finding, whose text is read from its start.
		findingScroll: arrangement.filter === undefined ? view.findingScroll : 0,
	}),
	holding: (view, { state, view: shown }) => ({
		...view,
		selectedFinding: view.selectedFinding ?? selectedFinding(state.findings, shown)?.id ?? null,
	}),
};
