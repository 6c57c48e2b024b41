import { type ConfNumbers, confNumbers } from '../../model/airflow/conf-numbers.ts';
import { usualRunMs } from '../../model/airflow/durations.ts';
import type { DagRun } from '../../model/airflow/pipeline.ts';
import { checkKey } from '../../model/check.ts';
import type { StackState } from '../../model/state.ts';
import { memoised } from '../memo.ts';
import { expectation } from './expected-duration.ts';

/** Successful runs that are compared: as many as have their tasks compared for the forecast, and some more. */
const runsCompared = 20;

/**
 * The usual duration of a run with such a conf, ms: where the durations of the DAG's last successful runs have followed
 * their confs, what these lead to; else their median. null if there are too few.
 */
export function usualMsOf(
	state: Pick<StackState, 'checks' | 'dagRuns'>,
	{ dagId, conf }: Pick<DagRun, 'dagId' | 'conf'>,
): number | null {
	const result = state.checks[checkKey('task history', dagId)]?.result;
	const defaults = result?.check === 'task history' ? result.history.defaults : undefined;
	return usualOf(state.dagRuns[dagId] ?? noRuns, defaults ?? noDefaults, conf);
}

const noRuns: readonly never[] = [];
const noDefaults: ConfNumbers = {};

const usualOf = memoised(
	(runs: readonly DagRun[], defaults: ConfNumbers, conf: string | null): number | null => {
		const medianMs = usualRunMs(runs);
		if (medianMs === null) return null;
		const samples = runs
			.flatMap(({ state, startedAt, endedAt, conf: used }) =>
				state === 'success' && startedAt !== null && endedAt !== null
					? [{ ms: endedAt - startedAt, conf: confNumbers(used, defaults) }]
					: [],
			)
			.slice(0, runsCompared);
		const expected = expectation(samples, confNumbers(conf, defaults));
		if (!expected?.followsConf) return medianMs;
		// A line leads below zero for a conf far from the others.
		return Math.max(expected.ms, Math.min(...samples.map(({ ms }) => ms)));
	},
	// Several DAGs may have runs under way.
	8,
);
