import { taskElapsedMs } from '../../../model/durations.ts';
import { stopwatch } from '../../../presentation/format.ts';
import type { Stage } from '../../../selectors/shown-pipeline.ts';
import type { ViewContext } from '../view-context.ts';

/** `0:39 try 2 3x`: duration, try from the second on, number of mapped instances. */
export function stageWords(stage: Stage, { now, say }: Pick<ViewContext, 'now' | 'say'>): string {
	const { shown, instances } = stage;
	if (!shown) return '';
	const elapsed = taskElapsedMs(shown, now);
	const parts: string[] = [];
	if (elapsed !== null) parts.push(stopwatch(elapsed));
	if (shown.tryNumber > 1) parts.push(say(['try {n}', '시도 {n}'], { n: shown.tryNumber }));
	if (instances.length > 1) parts.push(`${instances.length}x`);
	return parts.join(' ');
}
