import type { DagRun } from '../model/airflow/pipeline.ts';
import { runKey } from '../model/state.ts';
import { distinctMoments } from './distinct-moments.ts';

/**
 * `manual 14:02`: type and start of the run; a queued run has no start. If another run beside it would have the same
 * name, `manual 14:02:31`.
 * @param beside the runs of the list, or of the DAG
 */
export function runName(run: DagRun, now: number, beside: readonly DagRun[]): string {
	const day = new Date(now).toDateString();
	let known = namesOf.get(beside);
	if (known?.day !== day) {
		known = { day, timeOf: distinctMoments(beside, read, now) };
		namesOf.set(beside, known);
	}
	return [run.runType, known.timeOf(run)].filter(Boolean).join(' ');
}

/** A cache by list: each row of each frame needs the names. */
const namesOf = new WeakMap<readonly DagRun[], { readonly day: string; readonly timeOf: (run: DagRun) => string }>();

/** A cleared run gets a new start. The id of a manual run holds the time of its request, which does not change. */
function nameTime({ runType, logicalDate, startedAt }: DagRun): number | null {
	return runType === 'manual' ? (logicalDate ?? startedAt) : (startedAt ?? logicalDate);
}

const read = {
	id: ({ dagId, dagRunId }: DagRun) => runKey(dagId, dagRunId),
	name: ({ runType }: DagRun) => runType,
	at: nameTime,
};

/** Run ids that Airflow derives from a time, without year, seconds and zone: `scheduled__11-18T02:00`. */
export function shortRunIds(text: string): string {
	return text.replaceAll(
		/\b(scheduled|manual|backfill|dataset_triggered)__\d{4}-(\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)(?:_[a-z]{3})?/g,
		'$1__$2',
	);
}

/** A column's width of a run id: without the type before a time, `11-18T02:00`; any other id is whole. */
export const shortRunId = (id: string): string => shortRunIds(id).replace(/^[a-z_]+__(?=\d\d-\d\dT)/, '');
