import type { Monitor } from '../../app/monitor.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { resolveRun } from '../../selectors/names/runs.ts';
import type { CommandContext } from '../context/context.ts';
import { addressUnknown, demandFound } from '../exit/failures.ts';
import { demandDag } from './dag-names.ts';

/** How many of the newest runs are searched for `newest` and for names that a mistyped one may mean. */
const knownRuns = 30;

/** Id of the DAG run of `--run ID` or `--run newest`. Throws CommandFailure. */
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
		}
	}
	const resolution = resolveRun(wanted, dagId, await airflow.dagRuns(dagId, knownRuns, signal));
	if (resolution.kind !== 'found') await demandDag(airflow, dagId, signal);
	const [run] = demandFound(resolution);
	return run?.dagRunId ?? wanted;
}
