import { stopwatch } from '../../../presentation/format.ts';
import { type Line, textWidth } from '../../../presentation/text.ts';
import type { Stage } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { isMapped, stageElapsedMs, stateCounts } from '../../../selectors/dag-runs/stage-summary.ts';
import type { ViewContext } from '../view-context.ts';

/** `0:39 try 2`: duration, and try from the second on; instances of a mapped task have tries of their own. */
export function stageWords(stage: Stage, { now, say }: Pick<ViewContext, 'now' | 'say'>): string {
	const { shown } = stage;
	if (!shown) return '';
	const elapsed = stageElapsedMs(stage, now);
	const parts: string[] = [];
	if (elapsed !== null) parts.push(stopwatch(elapsed));
	if (shown.tryNumber > 1 && !isMapped(stage)) parts.push(say(['try {n}', '시도 {n}'], { n: shown.tryNumber }));
	return parts.join(' ');
}

/**
 * `1✖ 17✔ 42○`: the instances of a mapped task by state, failures first; those that do not fit are left out at the end.
 * null for a task that is not mapped.
 */
export function countSpans(stage: Stage, cells: number, { glyphs }: Pick<ViewContext, 'glyphs'>): Line | null {
	if (!isMapped(stage)) return null;
	const spans: Line[number][] = [];
	let left = cells;
	for (const { look, count } of stateCounts(stage, stage.hasRunEnded)) {
		const text = `${spans.length > 0 ? ' ' : ''}${count}${glyphs.state[look.symbol]}`;
		left -= textWidth(text);
		if (left < 0) break;
		spans.push({ text, tone: look.tone });
	}
	return spans;
}
