import type { DagRun } from '../model/airflow/pipeline.ts';
import { runKey } from '../model/state.ts';
import { distinctMoments } from './distinct-moments.ts';
import { moment } from './format.ts';

/**
 * `manual 14:02`: type and start of the run; a queued run has no start. If another run beside it would have the same
 * name, `manual 14:02:31`.
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

/** A cache by list: each row of each frame needs the names. */
const namesOf = new WeakMap<readonly DagRun[], { readonly day: string; readonly times: ReadonlyMap<string, string> }>();

/** A cleared run gets a new start. The id of a manual run holds the time of its request, which does not change. */
function nameTime({ runType, logicalDate, startedAt }: DagRun): number | null {
	return runType === 'manual' ? (logicalDate ?? startedAt) : (startedAt ?? logicalDate);
}

/** Run ids that Airflow derives from a time, without year, seconds and zone: `scheduled__11-18T02:00`. */
export function shortRunIds(text: string): string {
	return text.replaceAll(
		/\b(scheduled|manual|backfill|dataset_triggered)__\d{4}-(\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)(?:_[a-z]{3})?/g,
		'$1__$2',
	);
}

/** A column's width of a run id: without the type before a time, `11-18T02:00`; any other id is whole. */
export const shortRunId = (id: string): string => shortRunIds(id).replace(/^[a-z_]+__(?=\d\d-\d\dT)/, '');
