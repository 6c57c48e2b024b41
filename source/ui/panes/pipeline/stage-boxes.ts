import { cutInside, fit, type Line, type Span, textWidth } from '../../../presentation/text.ts';
import type { Stage } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { textIn } from '../../../words/language.ts';
import type { PipelineViewInput } from './pipeline-input.ts';
import { progressBar } from './stage-progress.ts';
import { countSpans, stageWords } from './stage-words.ts';

const jointWidth = 2;
const narrowestBox = 14;
const widestBox = 26;

/** The least width for this number of boxes. */
export function stageBoxesWidth(stages: number): number {
	return stages * narrowestBox + (stages - 1) * jointWidth;
}

export type BoxesInput = Pick<
	PipelineViewInput,
	'state' | 'dagId' | 'width' | 'now' | 'glyphs' | 'language' | 'say' | 'taskId' | 'marks'
>;

/** Fewer cells show no progress. */
const narrowestBar = 3;

/** A chain drawn as boxes joined by arrows: name (on two rows if it is long), state, duration. Six rows. */
export function stageBoxes(stages: readonly Stage[], input: BoxesInput): Line[] {
	const { width, glyphs } = input;
	const room = width - (stages.length - 1) * jointWidth;
	// The first boxes get the remainder, a cell each.
	const widthOf = (index: number) =>
		Math.min(widestBox, Math.floor((room + stages.length - 1 - index) / stages.length));
	const rows: Span[][] = [[], [], [], [], [], []];
	for (const [index, stage] of stages.entries()) {
		const isLast = index === stages.length - 1;
		const box = boxRows(stage, widthOf(index), input);
		for (const [row, spans] of box.entries()) {
			rows[row]?.push(...spans);
			if (isLast) continue;
			const joint = row === 2 ? `${glyphs.line.horizontal}${glyphs.arrow}` : '  ';
			rows[row]?.push({ text: joint, tone: 'muted' });
		}
	}
	return rows;
}

function boxRows(stage: Stage, width: number, input: BoxesInput): Line[] {
	const { glyphs, taskId, marks, language } = input;
	const { look } = stage;
	const isPicked = taskId === stage.taskId;
	const mark = marks.includes(`task ${stage.taskId}`) ? '*' : ' ';
	const inner = width - 2;
	const { horizontal, vertical } = glyphs.line;
	const { box } = glyphs;
	const edge: Pick<Span, 'tone'> = { tone: look.tone };
	const between = (...spans: Span[]): Line => [
		{ text: vertical, ...edge },
		...spans.map(span => (isPicked ? { ...span, selected: true } : span)),
		{ text: vertical, ...edge },
	];
	const [first, second] = splitName(glyphs.fold(stage.taskId), inner - 2, inner, glyphs.ellipsis);
	// A long state takes the row of the duration as well: such states have no duration worth a row.
	const [word, rest] = splitName(textIn(look.word, language), inner, inner, glyphs.ellipsis);
	const cell = (text: string, cells: number) => fit(text, cells, glyphs.ellipsis);
	// The states of a mapped task stand in place of the word, which would be that of one instance.
	const counts = countSpans(stage, inner, input);
	return [
		[{ text: box.topLeft + horizontal.repeat(inner) + box.topRight, ...edge }],
		between(
			{ text: `${glyphs.state[look.symbol]}${mark}`, tone: look.tone, bold: true },
			{ text: cell(first, inner - 2), bold: true },
		),
		between({ text: cell(second, inner), bold: true }),
		between(...(counts ? filled(counts, inner) : [{ text: cell(word.trimEnd(), inner), tone: look.tone }])),
		between(
			...(rest && !counts
				? [{ text: cell(rest.trimStart(), inner), tone: look.tone }]
				: timeSpans(stage, inner, input)),
		),
		[{ text: box.bottomLeft + horizontal.repeat(inner) + box.bottomRight, ...edge }],
	];
}

function filled(spans: Line, cells: number): Span[] {
	const width = spans.reduce((sum, { text }) => sum + textWidth(text), 0);
	return [...spans, { text: ' '.repeat(Math.max(0, cells - width)) }];
}

/** The duration; of a running task also its share of the usual duration, as a bar, which stays full beyond that. */
function timeSpans(stage: Stage, inner: number, input: BoxesInput): Span[] {
	const words = stageWords(stage, input);
	const cells = inner - textWidth(words) - 1;
	const bar = cells < narrowestBar ? null : progressBar(stage, cells, input);
	return bar === null ? [{ text: fit(words, inner, input.glyphs.ellipsis) }] : [{ text: `${words} ` }, ...bar];
}

/** A name in two rows of these widths, broken after an underscore, dot, dash or space where possible. */
export function splitName(name: string, firstWidth: number, secondWidth: number, ellipsis: string): [string, string] {
	if (textWidth(name) <= firstWidth) return [name, ''];
	let end = 0;
	for (const match of name.matchAll(/[_.\-\s]+/g)) {
		const after = match.index + match[0].length;
		if (textWidth(name.slice(0, after)) <= firstWidth) end = after;
	}
	if (end === 0) {
		for (let length = 1; textWidth(name.slice(0, length)) <= firstWidth; length++) end = length;
	}
	return [name.slice(0, end), `  ${cutInside(name.slice(end), secondWidth - 2, ellipsis)}`];
}
