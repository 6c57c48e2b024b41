import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { defaultDagOf } from '../../feeds/airflow/default-dag.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { listed } from '../../operations/airflow.ts';
import { resolveDag } from '../../selectors/names/dags.ts';
import { phrase } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { demandFound, nothingSuch } from '../exit/failures.ts';

/**
 * The DAG that a command reads: the one it names, else the configured one, else the one that the stack gives. Throws
 * ClientError.
 */
export async function dagToRead(
	{ given, config, signal }: Pick<CommandContext, 'given' | 'config' | 'signal'>,
	airflow: AirflowClient,
	[word]: readonly string[] = given.words,
): Promise<string> {
	if (word !== undefined || !config.leftToStack?.includes('dag')) return word ?? config.dag;
	return (await defaultDagOf(airflow, config.dag, signal)) ?? config.dag;
}

/**
 * The DAG that a command changes: the one it names, else the configured one, else the only one of the stack. Where the
 * stack has several, its newest run decides what is shown, not what is changed. Throws CommandFailure.
 */
export function dagToChange({ given, config }: Pick<CommandContext, 'given' | 'config'>, { dags }: StackState): string {
	const [word] = given.words;
	if (word !== undefined || !config.leftToStack?.includes('dag')) return word ?? config.dag;
	const active = dags?.filter(({ isActive }) => isActive).map(({ dagId }) => dagId) ?? [];
	const [only, another] = active;
	// Without DAGs the message about the usual one says what to do.
	if (only === undefined || active.includes(config.dag)) return config.dag;
	if (another === undefined) return only;
	throw nothingSuch(
		phrase(
			['no DAG is named, and Airflow has several: {dags}', '지정된 DAG가 없고 Airflow에 여러 DAG가 있습니다: {dags}'],
			{
				dags: listed(active),
			},
		),
		phrase(['Name the DAG, or set dag in laketop.yaml', 'DAG를 지정하거나 laketop.yaml에 dag를 설정하세요']),
	);
}

/**
 * Airflow answers a request for the DAG runs of an unknown DAG with an empty list, so that the DAG itself has to be asked
 * for. Throws CommandFailure if there is no such DAG.
 */
export async function demandDag(airflow: AirflowClient, dagId: string, signal: AbortSignal): Promise<void> {
	try {
		await airflow.dag(dagId, signal);
	} catch (error) {
		if (failureOf(error).kind !== 'not-found') throw error;
		demandFound(resolveDag(dagId, await airflow.dags(signal)));
	}
}
