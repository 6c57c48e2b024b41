import { taskElapsedMs } from '../../../model/airflow/durations.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import type { Line, Span } from '../../../presentation/text.ts';
import type { Stage } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { isMapped, stageProgress } from '../../../selectors/dag-runs/stage-summary.ts';
import { usualTaskMs } from '../../../selectors/durations/usual-task.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

type ProgressInput = Pick<PipelineViewInput, 'state' | 'dagId' | 'now' | 'glyphs'>;

/**
 * What a running task took up to now, and what it usually takes, ms; null for any other task, for a mapped one, and where
 * that is unknown.
 */
export function progressOf(
	stage: Stage,
	{ state, now }: Omit<ProgressInput, 'glyphs' | 'dagId'>,
): { readonly elapsedMs: number; readonly usualMs: number } | null {
	const { shown } = stage;
	if (shown?.state !== 'running' || isMapped(stage)) return null;
	const elapsedMs = taskElapsedMs(shown, now);
	const usualMs = usualTaskMs(state, shown);
	return elapsedMs === null || usualMs === null || usualMs <= 0 ? null : { elapsedMs, usualMs };
}

/**
 * A bar of the share of the usual duration that a running task has used: full from there on, and then with a warning at
 * its end. Of a mapped task the share of its instances that have ended. null where there is nothing to compare.
 */
export function progressBar(stage: Stage, cells: number, input: ProgressInput): Line | null {
	const [full, empty] = input.glyphs.progress;
	if (isMapped(stage)) {
		const { ended, of } = stageProgress(stage);
		if (ended === of) return null;
		const done = Math.floor((ended / of) * cells);
		return [
			{ text: full.repeat(done), tone: stage.look.tone },
			{ text: empty.repeat(cells - done), tone: 'muted' },
		];
	}
	const progress = progressOf(stage, input);
	if (progress === null) return null;
	const { elapsedMs, usualMs } = progress;
	const done = Math.min(cells, Math.floor((elapsedMs / usualMs) * cells));
	return [
		usedCells(done, elapsedMs > usualMs, stage, input.glyphs),
		{ text: empty.repeat(cells - done), tone: 'muted' },
	];
}

/** What a task has used of its bar; one that takes longer than usual has a symbol at its end, not only a colour. */
export function usedCells(cells: number, isLate: boolean, stage: Pick<Stage, 'look'>, glyphs: Glyphs): Span {
	const [full] = glyphs.progress;
	return isLate
		? { text: `${full.repeat(Math.max(0, cells - 1))}${glyphs.state.warning}`, tone: 'warning' }
		: { text: full.repeat(cells), tone: stage.look.tone };
}
