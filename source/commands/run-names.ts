import type { Monitor } from '../app/monitor.ts';
import { failureOf } from '../model/failure.ts';
import { newestRun } from '../model/pipeline.ts';
import { phrase } from '../words/message.ts';
import type { CommandContext } from './context.ts';
import { demandDag } from './dag-names.ts';
import { addressUnknown, nothingSuch } from './failures.ts';
import { didYouMean } from './guess.ts';

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
			await demandDag(airflow, dagId, signal);
			const ids = (await airflow.dagRuns(dagId, 30, signal)).map(run => run.dagRunId);
			throw nothingSuch(
				phrase(['{dag} has no DAG run {run}{guess}', '{dag}에 {run} DAG 실행이 없습니다{guess}'], {
					dag: dagId,
					run: wanted,
					guess: didYouMean(wanted, ids),
				}),
				phrase(['Run laketop runs to list the DAG runs', 'laketop runs로 DAG 실행 목록을 확인하세요']),
			);
		}
	}
	const newest = newestRun(await airflow.dagRuns(dagId, 30, signal));
	if (newest) return newest.dagRunId;
	await demandDag(airflow, dagId, signal);
	throw nothingSuch(phrase(['{dag} has no DAG runs yet', '{dag}에 아직 DAG 실행이 없습니다'], { dag: dagId }));
}
