import { type DagRun, newestRun } from '../../model/airflow/pipeline.ts';
import type { StackState } from '../../model/state.ts';
import { phrase } from '../../words/message.ts';
import { found, none, type Resolution } from './resolution.ts';

/**
 * One DAG run: `newest`, or an id. A part of an id is refused with the matching runs, because the target of an action
 * must not depend on how many runs exist.
 * @param runs the known runs of the DAG
 */
export function resolveRun(word: string, dagId: string, runs: readonly DagRun[]): Resolution<DagRun> {
	const run = word === 'newest' ? newestRun(runs) : runs.find(({ dagRunId }) => dagRunId === word);
	if (run) return found(run);
	const ids = runs.map(({ dagRunId }) => dagRunId);
	if (word === 'newest') {
		const reason = phrase(['{dag} has no DAG runs yet', '{dag}에 아직 DAG 실행이 없습니다'], { dag: dagId });
		return none('run', word, [], undefined, reason);
	}
	const candidates = runs.filter(one => hasPart(one, word)).map(({ dagRunId }) => dagRunId);
	const reason = phrase(['{dag} has no DAG run {run}', '{dag}에 {run} DAG 실행이 없습니다'], { dag: dagId, run: word });
	if (candidates.length > 1) return { kind: 'ambiguous', noun: 'run', word, candidates, reason };
	if (candidates.length === 1)
		return { kind: 'none', noun: 'run', word, suggestions: candidates, hint: listHint, reason };
	return none('run', word, ids, listHint, reason);
}

/** All DAG runs that match a part of an id, or a time span (see `dateSpan`), for a list to choose from. */
export function resolveRuns(
	word: string,
	dagId: string,
	runs: readonly DagRun[],
	span: { readonly from: number; readonly to: number } | null,
): Resolution<DagRun> {
	const within = (ms: number | null) => span !== null && ms !== null && ms >= span.from && ms <= span.to;
	const named = runs.filter(run =>
		span === null ? hasPart(run, word) : within(run.startedAt) || within(run.logicalDate),
	);
	if (named.length > 0) return found(...named);
	const reason = phrase(['No run of {dagId} matches "{text}"', '"{text}"에 해당하는 {dagId} 실행이 없습니다'], {
		dagId,
		text: word,
	});
	return none('run', word, span === null ? runs.map(({ dagRunId }) => dagRunId) : [], undefined, reason);
}

/** The names of DAG runs that `resolveRun` accepts, for completion. */
export function runNames(state: Pick<StackState, 'dagRuns'>, dagId: string): string[] {
	return (state.dagRuns[dagId] ?? []).map(({ dagRunId }) => dagRunId);
}

const hasPart = ({ dagRunId }: DagRun, part: string) => dagRunId.toLowerCase().includes(part.toLowerCase());

const listHint = phrase(['Run laketop runs to list the DAG runs', 'laketop runs로 DAG 실행 목록을 확인하세요']);
