import { phrase } from '../../words/message.ts';
import { FilterMistake, type FilterProblem, FilterReader, identifier, wordPattern } from './run-filter-reader.ts';

/**
 * MLflow's order of runs: `metrics.accuracy DESC` (mlflow/utils/search_utils.py, parse_order_by_for_search_runs). Ties
 * are broken by start, newest first; runs without the value come last.
 */

/** The first mistake in an order; null if MLflow can read it. */
export function orderProblem(order: string): FilterProblem | null {
	try {
		const reader = new FilterReader(order);
		const start = reader.skipBlanks();
		const { kind } = identifier(reader);
		if (kind === 'dataset')
			throw new FilterMistake(
				start,
				phrase(['MLflow does not sort by datasets', 'MLflow는 데이터셋으로 정렬하지 않습니다']),
			);
		const at = reader.skipBlanks();
		const direction = reader.take(wordPattern)?.toUpperCase() ?? 'ASC';
		if (!['ASC', 'DESC'].includes(direction) || !reader.isAtEnd())
			throw new FilterMistake(at, phrase(['expected ASC, DESC or the end', 'ASC, DESC 또는 끝이 와야 합니다']));
		return null;
	} catch (error) {
		if (error instanceof FilterMistake) return error.problem;
		throw error;
	}
}

/**
 * The order by a metric, param, tag or attribute; null where MLflow cannot be told: it reads the name as words of a shell
 * (shlex), backticks as quotes.
 */
export function orderBy(
	kind: 'metrics' | 'params' | 'tags' | 'attributes',
	key: string,
	isDescending: boolean,
): string | null {
	return /[`"\\]/.test(key) ? null : `${kind}.\`${key}\` ${isDescending ? 'DESC' : 'ASC'}`;
}
