import { actionFolds } from './fold/action-folds.ts';
import { containerFolds } from './fold/container-folds.ts';
import { diagnosisFolds } from './fold/diagnosis-folds.ts';
import type { Folds, ObservationType, Seen } from './fold/folds.ts';
import { historyFolds } from './fold/history-folds.ts';
import { logFolds } from './fold/log-folds.ts';
import { mlflowFolds } from './fold/mlflow-folds.ts';
import { pipelineFolds } from './fold/pipeline-folds.ts';
import { sourceFolds } from './fold/source-folds.ts';
import type { Observation } from './observation.ts';
import type { StackState } from './state.ts';
import { timelineAfter } from './timeline.ts';

const folds: Folds<ObservationType> = {
	...sourceFolds,
	...containerFolds,
	...pipelineFolds,
	...historyFolds,
	...mlflowFolds,
	...logFolds,
	...diagnosisFolds,
	...actionFolds,
};

/**
 * The state after one more observation. Pure. Unchanged parts keep their identity, down to single containers and runs,
 * so that a pane which selects them need not be drawn again.
 */
export function reduce(state: StackState, seen: Observation): StackState {
	const after = stateAfter(state, seen);
	const timeline = timelineAfter(state, after, seen);
	return timeline === state.timeline ? after : { ...after, timeline };
}

function stateAfter<Type extends ObservationType>(state: StackState, seen: Seen<Type>): StackState {
	const fold: Folds<Type>[Type] | undefined = folds[seen.type];
	// Recorded by a newer version: unknown observations are ignored.
	return fold ? fold(state, seen) : state;
}
