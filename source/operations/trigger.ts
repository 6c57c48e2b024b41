import { confProblems, type DagParam, parseConf, undeclaredNames } from '../model/dag-params.ts';
import { failureOf } from '../model/failure.ts';
import { isActiveRun } from '../model/pipeline.ts';
import { maskText } from '../model/secrets.ts';
import { airflowCommand } from '../selectors/airflow-command.ts';
import { airflowAway, airflowOf, listed, targetOfRun } from './airflow.ts';
import { once } from './outcomes.ts';
import { setPaused } from './pause.ts';
import type { Facts, Outcome, Planned } from './plan.ts';

export type TriggerWish = {
	readonly dagId: string;
	/** Ours alone, see `newRunId`: what makes a repeat harmless. */
	readonly dagRunId: string;
	/** JSON object text; undefined or empty: no conf. */
	readonly conf?: string | undefined;
	/** What the DAG declares, where it was asked for: the conf is checked against it. */
	readonly params?: readonly DagParam[] | undefined;
};

/** Starts a run of a DAG, unpausing it first where it is paused. */
export function planTrigger({ state }: Facts, { dagId, dagRunId, conf = '', params }: TriggerWish): Planned {
	const away = airflowAway(state, 'Nothing can be triggered now');
	if (away) return away;
	if (state.dags === null)
		return { refused: 'Airflow has not answered yet: its DAGs are not known', kind: 'unreachable' };
	const dag = state.dags.find(one => one.dagId === dagId);
	if (!dag) return { refused: `Airflow has no DAG ${dagId}`, kind: 'nothing' };
	// What Airflow takes (core, allowed_run_id_pattern, 2.6.3 and later); what it does not it answers with 500.
	if (!/^[A-Za-z0-9_.~:+-]+$/.test(dagRunId)) {
		return {
			refused: `"${dagRunId}" is no run id that Airflow takes: letters, digits and _ . ~ : + - alone`,
			kind: 'nothing',
		};
	}
	const read = parseConf(conf);
	if ('problem' in read) return { refused: read.problem, kind: 'refused' };
	const problems = params ? confProblems(params, read.conf) : [];
	if (problems.length > 0) return { refused: problems.map(({ problem }) => problem).join('; '), kind: 'refused' };
	const text = Object.keys(read.conf).length === 0 ? '' : JSON.stringify(read.conf);
	const undeclared = params ? undeclaredNames(params, read.conf) : [];
	const active = (state.dagRuns[dagId] ?? []).filter(isActiveRun);
	const asks = [
		`A run of ${dagId} is started, with ${text === '' ? 'no conf' : `conf ${maskText(text)}`}. Its id: ${dagRunId}`,
	];
	if (undeclared.length > 0) asks.push(`The DAG declares no param ${listed(undeclared)}: most likely nobody reads it.`);
	if (dag.isPaused) {
		asks.push(
			`The DAG is paused: it is unpaused first${dag.schedule ? `, which also lets its schedule (${dag.schedule}) start runs` : ''}.`,
		);
	}
	if (active.length > 0) {
		asks.push(
			`${active.length === 1 ? 'A run is' : `${active.length} runs are`} active already (${active[0]?.state}): this one comes beside it.`,
		);
	}
	if (dag.hasImportErrors)
		asks.push('Its file has an import error now: Airflow will refuse, or run what it knew before.');
	const started = ['--run-id', dagRunId, ...(text === '' ? [] : ['--conf', maskText(text)]), dagId];
	return {
		actionId: 'trigger',
		title: `trigger ${dagId}`,
		asks,
		command: [
			...(dag.isPaused ? [airflowCommand(state, 'dags', 'unpause', dagId)] : []),
			airflowCommand(state, 'dags', 'trigger', ...started),
		].join('\n'),
		targets: [targetOfRun(dagId, dagRunId)],
		perform: async (tools): Promise<Outcome> => {
			const { signal } = tools;
			const airflow = airflowOf(tools.clients);
			if (dag.isPaused) {
				const unpaused = await setPaused(tools, dagId, false);
				if (unpaused.outcome !== 'done') return { ...unpaused, message: `${unpaused.message}; no run was started` };
			}
			const also = dag.isPaused ? ', the DAG unpaused' : '';
			const look = async (): Promise<Outcome | null> => {
				try {
					const run = await airflow.dagRun(dagId, dagRunId, signal);
					return { outcome: 'done', message: `${run.dagRunId} is ${run.state}${also}` };
				} catch (error) {
					if (failureOf(error).kind === 'not-found') return null;
					throw error;
				}
			};
			return once(
				tools,
				async () => {
					try {
						const request = { dagId, dagRunId, ...(text === '' ? {} : { conf: text }) };
						const run = await airflow.trigger(request, signal);
						return { outcome: 'done', message: `${run.dagRunId} is ${run.state}${also}` };
					} catch (error) {
						// Ours alone has this id: an earlier request of ours has started it.
						if (failureOf(error).kind !== 'conflict') throw error;
						const there = await look();
						if (!there) throw error;
						return { ...there, message: `${there.message}: it was started already` };
					}
				},
				look,
				'no run was started',
			);
		},
	};
}

/**
 * An id in Airflow's own manner for runs started by hand (`manual__` and the time), ours alone by the milliseconds and
 * three random letters.
 */
export function newRunId(now: number, random: () => number = Math.random): string {
	const letters = Array.from({ length: 3 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
	return `manual__${new Date(now).toISOString().replace('Z', '+00:00')}_${letters}`;
}
