import { messageOf } from '../../../diagnosis/messages/message.ts';
import { acknowledgementOf } from '../../../model/acknowledgement.ts';
import type { Tone } from '../../../model/airflow/task-state.ts';
import { type Severity, severities } from '../../../model/finding.ts';
import type { StackState } from '../../../model/state.ts';
import {
	acknowledgementsProblemMessage,
	acknowledgementWords,
	findingText,
	severityLooks,
} from '../../../presentation/finding-text.ts';
import { age } from '../../../presentation/format.ts';
import {
	cutInside,
	fit,
	fitLine,
	type Line,
	lineWidth,
	selectedLine,
	textWidth,
	wrapLine,
} from '../../../presentation/text.ts';
import { followersOf, rootFindings } from '../../../selectors/findings/findings.ts';
import { verdictOf } from '../../../selectors/findings/verdict.ts';
import { type Language, type Text, textIn } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { ViewState } from '../../conversation.ts';
import { sentence } from '../../face.ts';
import { type Arrangement, filterWords, sortWords } from '../arranged.ts';
import { firstVisible, type PaneView, type ViewContext } from '../view-context.ts';
import { arrangedFindings, selectedFinding, shownFindings } from './finding-rows.ts';

export type FindingsViewInput = ViewContext & {
	readonly view: Pick<ViewState, 'selectedFinding' | 'findings' | 'findingScroll'>;
};

/** Rows for the layout; 0 without findings and without a problem with acknowledgements. */
export function findingRowCount({ findings, acknowledgementsProblem }: StackState, arrangement: Arrangement): number {
	// Where the filter hides all findings, a row says so.
	const rows = rootFindings(findings).length === 0 ? 0 : Math.max(1, shownFindings(findings, arrangement).length);
	return rows + (acknowledgementsProblem === null ? 0 : 1);
}

/** `2 bad · 1 warning · 1 acknowledged · 1 not checked`, of all findings; then filter and order. */
function findingsTitle(input: FindingsViewInput): Line[] {
	return [...findingsSummary(input), ...arrangementParts(input)];
}

function arrangementParts({ view: { findings }, glyphs, say }: FindingsViewInput): Line[] {
	const words = [
		...filterWords(findings.filter, { glyphs, say }),
		...sortWords(findings.sort, arrangedFindings, { glyphs, say }),
	];
	return words.map(text => [{ text, tone: 'active' }]);
}

function findingsSummary({ state, now, say }: FindingsViewInput): Line[] {
	const { findings, notices, acknowledged, notChecked } = verdictOf(state, now);
	const summary = severities.flatMap((severity): Line[] => {
		const count = [...findings, ...notices].filter(finding => finding.severity === severity).length;
		return count === 0
			? []
			: [[{ text: say(countTexts[severity], { n: count }), tone: severityLooks[severity].tone, bold: true }]];
	});
	const push = (text: CountText, n: number, tone: Tone) => {
		if (n > 0) summary.push([{ text: say(text, { n }), tone }]);
	};
	push(['{n} acknowledged', '확인 처리 {n}'], acknowledged.length, 'muted');
	push(['{n} not checked', '점검하지 못함 {n}'], state.diagnosedAt === null ? 0 : notChecked.length, 'warning');
	const problem = state.acknowledgementsProblem;
	if (problem !== null) {
		const text = say(problem.code === 'garbled' ? someNotReadText : notReadText);
		summary.push([{ text, tone: 'warning' }]);
	}
	return summary;
}

const countTexts = {
	critical: ['{n} critical', '심각 {n}'],
	warning: ['{n} {n|warning|warnings}', '경고 {n}'],
	notice: ['{n} {n|notice|notices}', '알림 {n}'],
} as const satisfies Readonly<Record<Severity, Text>>;

type CountText = readonly ['{n} acknowledged', string] | readonly ['{n} not checked', string];
const notReadText: Text = ['acknowledgements not read', '확인 처리 기록을 읽지 못함'];
const someNotReadText: Text = ['some acknowledgements not read', '확인 처리 기록 일부를 읽지 못함'];

/** A row for each finding; in the zoomed pane with the text of the selected one below. */
export function findingsView(input: FindingsViewInput): PaneView {
	const { state, width, glyphs, language, zoomed, say } = input;
	const words = (key: 'section.none' | 'section.partly' | 'section.waiting' | 'section.deep') =>
		render(messageOf(key, { key: input.keyOf('deep-check') ?? 'laketop doctor --deep:' }), language);
	const shown = shownFindings(state.findings, input.view.findings);
	const chosen = selectedFinding(state.findings, input.view);
	const problem = state.acknowledgementsProblem;
	const reason = problem === null ? '' : glyphs.fold(render(acknowledgementsProblemMessage(problem), language));
	// A single row is for the finding: the title mentions unread acknowledgements as well.
	const notice: Line[] =
		problem === null || (chosen && input.height < 2)
			? []
			: [[{ text: `${glyphs.state.warning} ${reason}`, tone: 'warning' }]];
	const height = input.height - notice.length;
	if (!chosen && rootFindings(state.findings).length > 0)
		return { title: findingsTitle(input), rows: [...notice, ...sentence(nothingMatches(input), width)] };
	if (!chosen) {
		const { notChecked } = verdictOf(state, input.now);
		const isKnown = state.diagnosedAt !== null;
		const isWhole = isKnown && notChecked.length === 0;
		const found = glyphs.fold(words(!isKnown ? 'section.waiting' : isWhole ? 'section.none' : 'section.partly'));
		const symbol = glyphs.state[!isKnown ? 'running' : isWhole ? 'success' : 'unknown'];
		const tone = !isKnown ? 'muted' : isWhole ? 'good' : 'warning';
		const missing = isKnown ? notChecked : [];
		return {
			title: isWhole
				? [[{ text: say(['none', '없음']), tone: 'good' }], ...arrangementParts(input)]
				: findingsTitle(input),
			rows: [
				...notice,
				[{ text: `${symbol} ${found}`, tone }],
				...missing.map(
					({ failure }): Line => [{ text: glyphs.fold(`  ${render(failure.message, language)}`), tone: 'muted' }],
				),
				...(isWhole ? [[{ text: `  ${glyphs.fold(words('section.deep'))}`, tone: 'muted' as const }]] : []),
			],
		};
	}
	const title = findingsTitle(input);
	const selectedRow = shown.indexOf(chosen);
	const list = shown.map(finding => findingRow(finding, finding === chosen, input));
	if (!zoomed) {
		const first = firstVisible(list.length, selectedRow, height);
		const hidden = list.length - Math.min(list.length, height);
		if (hidden > 0) title.push([{ text: say(['{n} more', '{n}건 더'], { n: hidden }), tone: 'muted' }]);
		return { title, rows: [...notice, ...list.slice(first, first + height)] };
	}
	const listHeight = Math.min(list.length, Math.max(1, Math.floor(height / 3)));
	const first = firstVisible(list.length, selectedRow, listHeight);
	const opened = openedText(input);
	const room = Math.max(1, height - listHeight - 1);
	// Not worth a scroll.
	const hint: Line = [{ text: say(clearsItself), tone: 'muted' }];
	const text = opened.length < room ? [...opened, hint] : opened;
	const from = Math.max(0, Math.min(input.view.findingScroll, text.length - room));
	if (text.length > room) title.push([{ text: `${Math.min(text.length, from + room)}/${text.length}`, tone: 'muted' }]);
	return {
		title,
		rows: [
			...notice,
			...list.slice(first, first + listHeight),
			[{ text: glyphs.line.horizontal.repeat(width), tone: 'muted' }],
			...text.slice(from, from + room),
		],
	};
}

function nothingMatches({ keyOf, say }: FindingsViewInput): string {
	return say(
		[
			'No finding matches: {filter} changes the filter, {back} clears it.',
			'일치하는 문제가 없습니다: {filter} 필터 변경, {back} 해제.',
		],
		{ filter: keyOf('filter') ?? '/', back: keyOf('back') ?? 'Esc' },
	);
}

type OpenedInput = Pick<FindingsViewInput, 'state' | 'view' | 'now' | 'language' | 'glyphs' | 'width'>;

const clearsItself: Text = [
	'It clears by itself once the fault is gone.',
	'장애가 해결되면 목록에서 자동으로 사라집니다.',
];

/** The text of the selected finding, wrapped. */
function openedText({ state, view, now, language, glyphs, width }: OpenedInput): Line[] {
	const finding = selectedFinding(state.findings, view);
	if (!finding) return [];
	const followers = followersOf(state.findings, finding);
	return findingText({ finding, followers, state, now, language }).flatMap(line =>
		wrapLine(
			line.map(span => ({ ...span, text: glyphs.fold(span.text) })),
			width,
		),
	);
}

/** From this width on a row has room for a word beside the number of consequences. */
const wideRow = 150;

function followersText(n: number, { width, say }: Pick<FindingsViewInput, 'width' | 'say'>): string {
	if (n === 0) return '';
	return `  ${width < wideRow ? `+${n}` : say(['+{n} {n|consequence|consequences}', '이로 인한 문제 {n}건'], { n })}`;
}

/** Cells below which nothing of a cause can be read: its colon, a space and the mark of the cut. */
const leastRest = 8;

/** Cells of the longest severity. */
const levelWidths: Readonly<Record<Language, number>> = {
	en: longest('en'),
	ko: longest('ko'),
};

function longest(language: Language): number {
	return Math.max(...severities.map(severity => textWidth(textIn(severityLooks[severity].word, language))));
}

const acknowledgedLook = { word: ['acked', '확인 처리됨'], symbol: 'skipped', tone: 'muted' } as const;

function findingRow(
	finding: ReturnType<typeof rootFindings>[number],
	isSelected: boolean,
	{ state, now, glyphs, language, say, width, focused }: FindingsViewInput,
): Line {
	const known = acknowledgementOf(state.acknowledgements, finding.id, now);
	const look = severityLooks[finding.severity];
	const { symbol, word, tone } = known ? acknowledgedLook : look;
	const since = finding.since === null ? '' : age(now - finding.since, language);
	const end = `${followersText(followersOf(state.findings, finding).length, { width, say })}  ${since.padStart(6)}`;
	const room = Math.max(0, width - lineWidth([{ text: end }]));
	const title = glyphs.fold(render(finding.title, language));
	const mark = isSelected ? `${glyphs.selected} ` : '  ';
	const level = `${glyphs.state[symbol]} ${fit(textIn(word, language), levelWidths[language], '')} `;
	// A long title replaces the severity, which symbol and colour show too. For an acknowledged finding only the word does.
	const isTight = !known && textWidth(mark + level + title) > room;
	const lead = isTight ? `${glyphs.state[symbol]} ` : level;
	const titleRoom = Math.max(0, room - textWidth(mark + lead));
	const rest = known
		? { text: glyphs.fold(`  ${acknowledgementWords(known, language)}`), tone }
		: { text: glyphs.fold(`: ${render(finding.cause, language)}`) };
	const head: Line = [
		{ text: mark, tone: 'accent' },
		{ text: lead, tone, bold: !known },
		{ text: cutInside(title, titleRoom, glyphs.ellipsis), tone, bold: !known },
		...(titleRoom - textWidth(title) < leastRest ? [] : [rest]),
	];
	const line: Line = [...fitLine(head, room, glyphs.ellipsis), { text: end, tone: 'muted' }];
	return isSelected && focused ? selectedLine(line) : line;
}
