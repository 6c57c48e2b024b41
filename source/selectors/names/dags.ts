import type { StackState } from '../../model/state.ts';
import { type Message, phrase } from '../../words/message.ts';
import { found, none, type Resolution, type Unresolved } from './resolution.ts';

/** A DAG by its id, among those in Airflow. */
export function resolveDag<Item extends { readonly dagId: string }>(
	word: string,
	dags: readonly Item[],
	hint: Message = listHint,
): Resolution<Item> {
	const dag = dags.find(({ dagId }) => dagId === word);
	return dag ? found(dag) : unknownDag(word, dags, hint);
}

/** The refusal of a DAG that is not in Airflow, with the nearest one that is. */
export function unknownDag(
	word: string,
	dags: readonly { readonly dagId: string }[],
	hint: Message = listHint,
): Unresolved {
	const reason = phrase(['Airflow has no DAG {dag}', 'Airflow에 {dag} DAG가 없습니다'], { dag: word });
	return none(
		'dag',
		word,
		dags.map(({ dagId }) => dagId),
		hint,
		reason,
	);
}

/** The names that `resolveDag` accepts, for completion. */
export function dagNames(state: Pick<StackState, 'dags'>): string[] {
	return (state.dags ?? []).map(({ dagId }) => dagId);
}

const listHint = phrase(['Run laketop dags to list the DAGs', 'laketop dags로 DAG 목록을 확인하세요']);
