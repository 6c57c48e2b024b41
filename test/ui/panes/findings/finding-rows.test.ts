import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../source/model/finding.ts';
import type { StackState } from '../../../../source/model/state.ts';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import { pointed } from '../../../../source/ui/controller/pointing.ts';
import type { ViewState } from '../../../../source/ui/conversation.ts';
import { selectedFinding, shownFindings } from '../../../../source/ui/panes/findings/finding-rows.ts';
import { findingRowCount, findingsView } from '../../../../source/ui/panes/findings/findings-view.ts';
import { placeAt } from '../../../../source/ui/places.ts';
import { present } from '../../../../source/ui/presenter.ts';
import { initialView } from '../../../../source/ui/view-state.ts';
import type { Language } from '../../../../source/words/language.ts';
import { filled } from '../../../../source/words/message.ts';
import { writer } from '../../../../source/words/write.ts';
import { dagId, now, stateOf } from '../../../diagnosis/stack.ts';
import { applied, begun, choiceOf, inputOf, refusalOf, stepContext, viewAfter } from '../../../given/step-context.ts';
import { inputOf as screenInput } from '../../screens.tsx';

const minute = 60_000;
function finding(id: string, more: Partial<Finding>): Finding {
	return {
		id,
		rule: 'container exited',
		subject: id,
		severity: 'critical',
		since: now - minute,
		title: filled([`${id} exited`, `${id} 종료됨`], {}),
		evidence: [],
		cause: filled(['killed by the kernel', '커널이 강제 종료'], {}),
		reason: filled(['', ''], {}),
		impact: [],
		fixes: [],
		explainedBy: null,
		...more,
	};
}
const worker = finding('worker', { since: now - 9 * minute });
const broker = finding('Broker', { since: null, rule: 'broker unreachable' });
const disk = finding('disk', { severity: 'warning', cause: filled(['old images fill it', '오래된 이미지'], {}) });
const paused = finding('etl', {
	severity: 'notice',
	since: now - 2 * minute,
	title: filled(['DAG is paused', '일시 중지'], {}),
});
const follower = finding('flower', { explainedBy: 'Broker' });
const state: StackState = { ...stateOf(), findings: [worker, broker, follower, disk, paused], diagnosedAt: now };

type Shown = Partial<ViewState['findings']>;
const none = { filter: '', sort: null };
const viewOf = (findings: Shown, more: Partial<ViewState> = {}): ViewState => ({
	...initialView(dagId),
	focus: 'findings',
	...more,
	findings: { ...none, ...findings },
});
const given = (findings: Shown, more: Partial<ViewState> = {}) => ({ state, view: viewOf(findings, more) });
const ids = (findings: Shown) => shownFindings(state.findings, { ...none, ...findings }).map(({ id }) => id);

function screenOf(view: ViewState, language: Language = 'en', height = 12, of: StackState = state) {
	const pane = findingsView({
		state: of,
		now,
		glyphs: glyphSets.unicode,
		width: 90,
		height,
		focused: true,
		zoomed: view.zoomed,
		view,
		keyOf: id => (id === 'filter' ? '/' : 'Esc'),
		language,
		say: writer(language),
	});
	const text = (lines: typeof pane.rows) => lines.map(line => line.map(span => span.text).join(''));
	return { title: text(pane.title), rows: text(pane.rows) };
}

test.each<[sort: string | null, order: readonly string[]]>([
	[null, ['worker', 'Broker', 'disk', 'etl']],
	['severity', ['worker', 'Broker', 'disk', 'etl']],
	['-severity', ['etl', 'disk', 'worker', 'Broker']],
	['age', ['disk', 'etl', 'worker', 'Broker']],
	['-age', ['Broker', 'worker', 'etl', 'disk']],
	['subject', ['Broker', 'disk', 'etl', 'worker']],
	['-subject', ['worker', 'etl', 'disk', 'Broker']],
])('sorted by %s', (sort, order) => {
	expect(ids({ sort })).toEqual(order);
});

test.each<[what: string, filter: string, shown: readonly string[]]>([
	['title', 'DAG paused', ['etl']],
	['title in the other language', '일시', ['etl']],
	['cause', 'old IMAGES', ['disk']],
	['subject', 'brok', ['Broker']],
	['rule id', 'unreachable', ['Broker']],
	['words of several of them', 'worker kernel container', ['worker']],
	['consequences stay folded', 'flower', []],
	['spaces only', '  ', ['worker', 'Broker', 'disk', 'etl']],
])('filtered by %s', (_, filter, shown) => {
	expect(ids({ filter })).toEqual(shown);
});

test('the same rows are not made again, and a filter keeps the order', () => {
	const shown = { filter: 'exited', sort: '-subject' };
	expect(shownFindings(state.findings, shown)).toBe(shownFindings(state.findings, { ...shown }));
	expect(ids(shown)).toEqual(['worker', 'etl', 'disk', 'Broker']);
});

test('keys move over the rows as they are shown', () => {
	const moved = (by: string, shown: Shown, selected: string | null) =>
		applied(by, given(shown, { selectedFinding: selected })).selectedFinding;
	expect(moved('down', { sort: 'age' }, 'disk')).toBe('etl');
	expect(moved('last', { sort: 'subject' }, 'disk')).toBe('worker');
	expect(moved('first', { filter: 'exited', sort: '-severity' }, 'worker')).toBe('etl');
	expect(moved('down', { filter: 'kernel' }, 'worker')).toBe('Broker');
});

test('the selection is always a shown row; without one it is the worst, whatever the order', () => {
	const selected = (shown: Shown, id: string | null) =>
		selectedFinding(state.findings, viewOf(shown, { selectedFinding: id }))?.id;
	expect(selected({ sort: 'age' }, null)).toBe('worker');
	expect(selected({ sort: 'age' }, 'etl')).toBe('etl');
	expect(selected({ filter: 'old images' }, 'worker')).toBe('disk');
	expect(selected({ filter: 'nothing like it' }, 'worker')).toBeUndefined();
	const copied = placeAt(viewOf({})).copy(stepContext(given({ filter: 'old images' }, { selectedFinding: 'worker' })));
	expect(copied.map(({ text }) => text)).toEqual(['disk']);
});

test('a column is sorted by, once more the other way round, and the selected row stays selected', () => {
	const question = choiceOf(begun('sort', given({})));
	expect(question.choices.map(({ id }) => id)).toEqual(['severity', 'age', 'subject']);
	expect(question.selected).toBe('severity');
	expect(viewAfter(question.next('age'), viewOf({}))).toMatchObject({
		findings: { sort: 'age' },
		selectedFinding: 'worker',
	});
	expect(viewAfter(question.next('age'), viewOf({ sort: 'age' })).findings.sort).toBe('-age');
	// Reading an open finding goes on where it was.
	expect(viewAfter(question.next('age'), viewOf({}, { findingScroll: 4 })).findingScroll).toBe(4);
});

test('a filter takes effect while it is typed; Esc clears the filter, not the order', () => {
	const question = inputOf(begun('filter', given({ filter: 'old' })));
	expect(question).toMatchObject({ initial: 'old', isReplaced: true, title: 'Filter findings' });
	expect(question.problem('')).toBeNull();
	const typed = question.live?.(viewOf({ sort: 'age' }, { findingScroll: 4 }), 'dis');
	expect(typed).toMatchObject({ findings: { filter: 'dis', sort: 'age' }, findingScroll: 0 });
	expect(viewAfter(question.next('dis')).findings.filter).toBe('dis');
	const { back } = placeAt(viewOf({}));
	expect(back?.(stepContext(given({ filter: 'dis', sort: 'age' })))?.findings).toEqual({ filter: '', sort: 'age' });
	expect(back?.(stepContext(given({ sort: 'age' })))).toBeNull();
});

describe('on the screen', () => {
	test('rows follow filter and order; the title shows both, and counts all findings', () => {
		const { title, rows } = screenOf(viewOf({ filter: 'kernel', sort: 'subject' }));
		expect(title).toEqual(['2 critical', '1 warning', '1 notice', '1 not checked', 'filter "kernel"', 'by subject ↑']);
		expect(rows.map(row => /Broker|DAG is paused|worker/.exec(row)?.[0])).toEqual([
			'Broker',
			'DAG is paused',
			'worker',
		]);
		expect(screenOf(viewOf({ sort: 'severity' })).title).toEqual([
			'2 critical',
			'1 warning',
			'1 notice',
			'1 not checked',
		]);
		expect(screenOf(viewOf({ sort: '-age' }), 'ko').title.at(-1)).toBe('경과순 ↓');
	});

	test.each(['en', 'ko'] as const)('a filter without a match says so and how to leave it, %s', language => {
		for (const zoomed of [false, true]) {
			const { title, rows } = screenOf(viewOf({ filter: 'nope' }, { zoomed }), language);
			expect(title.at(-1)).toContain('"nope"');
			expect(rows.join(' ')).toMatch(
				language === 'en' ? /No finding matches: \/ .*Esc/ : /일치하는 문제가 없습니다: \/ .*Esc/,
			);
		}
	});

	test('without findings the filter stays visible: it hides what comes', () => {
		const { title, rows } = screenOf(viewOf({ filter: 'nope' }), 'en', 12, { ...state, findings: [] });
		expect(title.at(-1)).toBe('filter "nope"');
		expect(rows.join(' ')).not.toContain('No finding matches');
	});

	test('the layout counts the shown rows, and one that says that there are none', () => {
		const count = (filter: string, findings = state.findings) =>
			findingRowCount({ ...state, findings }, { ...none, filter });
		expect([count(''), count('brok'), count('nope'), count('nope', [])]).toEqual([4, 1, 1, 0]);
	});
});

test('a click selects the row that is drawn there, in any order', () => {
	for (const shown of [{}, { sort: 'age' }, { sort: '-subject' }, { filter: 'kernel', sort: 'subject' }]) {
		const input = { ...screenInput({ seen: [] }), state, now, view: viewOf(shown), columns: 120, rows: 40 };
		const pane = present(input).panes.findings;
		const { x = 0, y = 0 } = pane?.rectangle ?? {};
		const clicked = ids(shown).map(
			(_, row) => pointed(input, { kind: 'click', x: x + 5, y: y + 1 + row }).selectedFinding,
		);
		// A click on the selected row moves nothing.
		expect(clicked.map(id => id ?? 'worker')).toEqual(ids(shown));
	}
});

test('what acts on a finding says why there is none', async () => {
	for (const id of ['fix', 'acknowledge'])
		expect(await refusalOf(begun(id, given({ filter: 'nope' })))).toMatchObject({
			refused: 'No finding matches the filter',
		});
	expect(await refusalOf(begun('fix', { state: { ...state, findings: [] } }))).toMatchObject({
		refused: 'No findings: nothing to fix',
	});
});
