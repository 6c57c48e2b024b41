import { messageOf } from '../../../diagnosis/messages/message.ts';
import { acknowledgementOf } from '../../../model/acknowledgement.ts';
import { severities } from '../../../model/finding.ts';
import type { StackState } from '../../../model/state.ts';
import type { Tone } from '../../../model/task-state.ts';
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
import { followersOf, rootFindings, selectedFinding } from '../../../selectors/findings.ts';
import { verdictOf } from '../../../selectors/verdict.ts';
import { type Text, textIn } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import { firstVisible, type PaneView, type ViewContext } from '../view-context.ts';

export type FindingsViewInput = ViewContext & {
	/** Id of the selected finding. */
	readonly selected: string | null;
	/** Scroll offset of the zoomed finding's text, in rows. */
	readonly scroll: number;
};

/** Rows for the layout; 0 without findings and without a problem with acknowledgements. */
export function findingRowCount(state: StackState): number {
	return rootFindings(state.findings).length + (state.acknowledgementsProblem === null ? 0 : 1);
}

/** `2 bad · 1 warning · 1 acknowledged · 1 not checked`. */
function findingsSummary({ state, now, language, say }: FindingsViewInput): Line[] {
	const { findings, notices, acknowledged, notChecked } = verdictOf(state, now);
	const summary = severities.flatMap((severity): Line[] => {
		const count = [...findings, ...notices].filter(finding => finding.severity === severity).length;
		const { word, tone } = severityLooks[severity];
		return count === 0
			? []
			: [[{ text: say(['{n} {word}', '{word} {n}'], { n: count, word: textIn(word, language) }), tone, bold: true }]];
	});
	const push = (text: CountText, n: number, tone: Tone) => {
		if (n > 0) summary.push([{ text: say(text, { n }), tone }]);
	};
	push(['{n} acknowledged', '확인 처리 {n}'], acknowledged.length, 'muted');
	push(['{n} not checked', '미점검 {n}'], state.diagnosedAt === null ? 0 : notChecked.length, 'warning');
	const problem = state.acknowledgementsProblem;
	if (problem !== null) {
		const text = say(problem.code === 'garbled' ? someNotReadText : notReadText);
		summary.push([{ text, tone: 'warning' }]);
	}
	return summary;
}

type CountText = readonly ['{n} acknowledged', string] | readonly ['{n} not checked', string];
const notReadText: Text = ['acknowledgements not read', '확인 처리 기록을 읽지 못함'];
const someNotReadText: Text = ['some acknowledgements not read', '확인 처리 기록 일부를 읽지 못함'];

/** A row for each finding; in the zoomed pane with the text of the selected one below. */
export function findingsView(input: FindingsViewInput): PaneView {
	const { state, width, glyphs, language, zoomed, say } = input;
	const words = (key: 'section.none' | 'section.partly' | 'section.waiting' | 'section.deep') =>
		render(messageOf(key, { key: input.keyOf('deep-check') ?? 'laketop doctor --deep:' }), language);
	const roots = rootFindings(state.findings);
	const chosen = selectedFinding(state.findings, input.selected);
	const problem = state.acknowledgementsProblem;
	const reason = problem === null ? '' : glyphs.fold(render(acknowledgementsProblemMessage(problem), language));
	// A single row is for the finding: the title mentions unread acknowledgements as well.
	const notice: Line[] =
		problem === null || (chosen && input.height < 2)
			? []
			: [[{ text: `${glyphs.state.warning} ${reason}`, tone: 'warning' }]];
	const height = input.height - notice.length;
	if (!chosen) {
		const { notChecked } = verdictOf(state, input.now);
		const isKnown = state.diagnosedAt !== null;
		const isWhole = isKnown && notChecked.length === 0;
		const found = glyphs.fold(words(!isKnown ? 'section.waiting' : isWhole ? 'section.none' : 'section.partly'));
		const symbol = glyphs.state[!isKnown ? 'running' : isWhole ? 'success' : 'unknown'];
		const tone = !isKnown ? 'muted' : isWhole ? 'good' : 'warning';
		const missing = isKnown ? notChecked : [];
		return {
			title: isWhole ? [[{ text: say(['none', '없음']), tone: 'good' }]] : findingsSummary(input),
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
	const title = findingsSummary(input);
	const selectedRow = roots.indexOf(chosen);
	const list = roots.map(finding => findingRow(finding, finding === chosen, input));
	if (!zoomed) {
		const first = firstVisible(list.length, selectedRow, height);
		const hidden = list.length - Math.min(list.length, height);
		if (hidden > 0) title.push([{ text: say(['{n} more', '{n}건 더'], { n: hidden }), tone: 'muted' }]);
		return { title, rows: [...notice, ...list.slice(first, first + height)] };
	}
	const listHeight = Math.min(list.length, Math.max(1, Math.floor(height / 3)));
	const first = firstVisible(list.length, selectedRow, listHeight);
	const text = openedText(input);
	const room = Math.max(1, height - listHeight - 1);
	const from = Math.max(0, Math.min(input.scroll, text.length - room));
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

type OpenedInput = Pick<FindingsViewInput, 'state' | 'selected' | 'now' | 'language' | 'glyphs' | 'width'>;

/** The text of the selected finding, wrapped. */
export function openedText({ state, selected, now, language, glyphs, width }: OpenedInput): Line[] {
	const finding = selectedFinding(state.findings, selected);
	if (!finding) return [];
	const followers = followersOf(state.findings, finding);
	return findingText({ finding, followers, state, now, language }).flatMap(line =>
		wrapLine(
			line.map(span => ({ ...span, text: glyphs.fold(span.text) })),
			width,
		),
	);
}

const acknowledgedLook = { word: ['acked', '확인됨'], symbol: 'skipped', tone: 'muted' } as const;

function findingRow(
	finding: ReturnType<typeof rootFindings>[number],
	isSelected: boolean,
	{ state, now, glyphs, language, width, focused }: FindingsViewInput,
): Line {
	const known = acknowledgementOf(state.acknowledgements, finding.id, now);
	const look = severityLooks[finding.severity];
	const { symbol, word, tone } = known ? acknowledgedLook : look;
	const since = finding.since === null ? '' : age(now - finding.since, language);
	const followers = followersOf(state.findings, finding).length;
	const more = followers > 0 ? `  +${followers}` : '';
	const end = `${more}  ${since.padStart(6)}`;
	const room = Math.max(0, width - lineWidth([{ text: end }]));
	const title = glyphs.fold(render(finding.title, language));
	const mark = isSelected ? `${glyphs.selected} ` : '  ';
	const level = `${glyphs.state[symbol]} ${fit(textIn(word, language), 7, '')} `;
	// A long title replaces the severity, which symbol and colour show too. For an acknowledged finding only the word does.
	const isTight = !known && textWidth(mark + level + title) > room;
	const lead = isTight ? `${glyphs.state[symbol]} ` : level;
	const titleRoom = Math.max(0, room - textWidth(mark + lead));
	const head: Line = [
		{ text: mark, tone: 'accent' },
		{ text: lead, tone, bold: !known },
		{ text: cutInside(title, titleRoom, glyphs.ellipsis), tone, bold: !known },
		known
			? { text: glyphs.fold(`  ${acknowledgementWords(known, language)}`), tone }
			: { text: glyphs.fold(`: ${render(finding.cause, language)}`) },
	];
	const line: Line = [...fitLine(head, room, glyphs.ellipsis), { text: end, tone: 'muted' }];
	return isSelected && focused ? selectedLine(line) : line;
}
