import { type Line, type Span, selectedLine, textWidth } from '../../../presentation/text.ts';
import type { ShownPipeline, Stage } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { textIn } from '../../../words/language.ts';
import type { PipelineViewInput } from './pipeline-input.ts';
import { progressBar } from './stage-progress.ts';
import { countSpans, stageWords } from './stage-words.ts';

/** Cells of the progress of a running task: an eighth of its usual duration each. */
const barWidth = 8;

/** The stages in a flow, as many per row as fit; without states where the rows do not suffice. */
export function flowRows({ stages, isChain }: ShownPipeline, input: PipelineViewInput, room: number): Line[] {
	const { glyphs, width } = input;
	const joint: Span = { text: isChain ? ` ${glyphs.arrow} ` : '   ', tone: 'muted' };
	const flow = (cells: readonly Line[]) => {
		const rows: Span[][] = [];
		let used = Number.POSITIVE_INFINITY;
		for (const cell of cells) {
			const cellWidth = cell.reduce((sum, span) => sum + textWidth(span.text), 0);
			if (used + 3 + cellWidth > width) {
				rows.push([...cell]);
				used = cellWidth;
			} else {
				rows.at(-1)?.push(joint, ...cell);
				used += 3 + cellWidth;
			}
		}
		return rows;
	};
	const full = flow(stages.map(stage => picked(stage, input, stageSpans(stage, input, true))));
	return full.length <= room ? full : flow(stages.map(stage => picked(stage, input, stageSpans(stage, input, false))));
}

function picked({ taskId }: Stage, input: Pick<PipelineViewInput, 'taskId' | 'marks'>, spans: Line): Line {
	const marked: Line = input.marks.includes(`task ${taskId}`)
		? [{ text: '* ', tone: 'accent', bold: true }, ...spans]
		: spans;
	return input.taskId === taskId ? selectedLine(marked) : marked;
}

function stageSpans(stage: Stage, input: PipelineViewInput, isFull: boolean): Line {
	const { look } = stage;
	const { glyphs, language } = input;
	const spans: Span[] = [
		{ text: `${glyphs.state[look.symbol]} `, tone: look.tone, bold: true },
		{ text: glyphs.fold(stage.taskId) },
	];
	const words = stageWords(stage, input);
	if (isFull || look.tone === 'bad' || look.tone === 'warning' || look.tone === 'active') {
		spans.push({ text: ` ${textIn(look.word, language)}${words ? ` ${words}` : ''}`, tone: look.tone });
		const counts = countSpans(stage, Number.POSITIVE_INFINITY, input);
		if (counts) spans.push({ text: ' ' }, ...counts);
		const bar = progressBar(stage, barWidth, input);
		if (bar) spans.push({ text: ' ' }, ...bar);
	}
	return spans;
}
