import { evidence, type Rule, remedy } from '../finding.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';

/** Runs wait for a DAG that is paused. */
export const dagPaused: Rule = {
	name: 'dag paused',
	find: ({ state, now, isAirflowLive }) => {
		if (!isAirflowLive) return [];
		return (state.dags ?? []).flatMap(({ dagId: dag, isPaused }) => {
			const runs = state.dagRuns[dag] ?? (state.newestRuns[dag] ? [state.newestRuns[dag]] : []);
			const waiting = runs.filter(run => run.state === 'queued');
			const [run] = waiting;
			if (!isPaused || !run) return [];
			// A trigger that unpauses first is seen half way.
			const since = run.logicalDate;
			if (run.runType === 'manual' && since !== null && now - since < thresholds.pageAwayMs) return [];
			return [
				{
					subject: dag,
					severity: 'bad',
					since,
					title: say('paused.dag.title', { dag, count: waiting.length }),
					evidence:
						since === null ? [] : [evidence(say('paused.dag.evidence', { run: run.dagRunId, age: now - since }))],
					cause: say('paused.dag.cause'),
					reason: say('paused.dag.reason'),
					hurts: [say('hurts.run', { run: run.dagRunId })],
					remedies: [remedy(say('paused.dag.remedy', { dag }), { kind: 'unpause', dagId: dag })],
					takes: [`dag ${dag}`],
				},
			];
		});
	},
};
