import type { Monitor } from '../app/monitor.ts';
import { failureOf } from '../model/failure.ts';
import { didYouMean } from '../model/nearest.ts';
import { newestRun } from '../model/pipeline.ts';
import type { CommandContext } from './context.ts';
import { demandDag } from './dag-names.ts';
import { addressUnknown, nothingSuch } from './failures.ts';

/** The DAG and the run that a command is about: `--run ID`, or `--run newest`. */
export async function runCalled(context: CommandContext, monitor: Monitor, dagId: string): Promise<string> {
	const { given, signal } = context;
	const wanted = given.text('run') ?? 'newest';
	const { airflow } = monitor.clients;
	if (!airflow) throw addressUnknown();
	if (wanted !== 'newest') {
		try {
			await airflow.dagRun(dagId, wanted, signal);
			return wanted;
		} catch (error) {
			if (failureOf(error).kind !== 'not-found') throw error;
			await demandDag(airflow, dagId, signal);
			const ids = (await airflow.dagRuns(dagId, 30, signal)).map(run => run.dagRunId);
			throw nothingSuch(`${dagId} has no run ${wanted}${didYouMean(wanted, ids)}`, 'laketop runs lists them');
		}
	}
	const newest = newestRun(await airflow.dagRuns(dagId, 30, signal));
	if (newest) return newest.dagRunId;
	await demandDag(airflow, dagId, signal);
	throw nothingSuch(`${dagId} has no run yet`);
}
