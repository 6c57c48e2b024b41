import type { DagRun } from '../model/pipeline.ts';
import { runKey } from '../model/state.ts';
import { distinctMoments } from './distinct-moments.ts';
import { moment } from './format.ts';

/**
 * `manual 14:02`: what started the run and when it began; a queued run has not begun. Where another of the runs beside
 * it would have the same name, `manual 14:02:31`.
 * @param beside the runs of the list, or of the DAG
 */
export function runName(run: DagRun, now: number, beside: readonly DagRun[]): string {
	const day = new Date(now).toDateString();
	let known = namesOf.get(beside);
	if (known?.day !== day) {
		const rows = beside.map(one => ({ id: runKey(one.dagId, one.dagRunId), name: one.runType, at: nameTime(one) }));
		known = { day, times: distinctMoments(rows, now) };
		namesOf.set(beside, known);
	}
	const time = known.times.get(runKey(run.dagId, run.dagRunId));
	const at = nameTime(run);
	return [run.runType, time ?? (at === null ? '' : moment(at, now))].filter(Boolean).join(' ');
}

/** A cache by list: names are asked for by each row of each frame. */
const namesOf = new WeakMap<readonly DagRun[], { readonly day: string; readonly times: ReadonlyMap<string, string> }>();

/** A cleared run gets a new start. A manual run keeps the time of its request, which is in its id. */
function nameTime({ runType, logicalDate, startedAt }: DagRun): number | null {
	return runType === 'manual' ? (logicalDate ?? startedAt) : (startedAt ?? logicalDate);
}
