import type { Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { cannot, changed } from './step.ts';

export function chooseExperiment({ state, view, experimentName }: StepContext): Effect {
	const names = state.experimentNames ?? [];
	if (names.length === 0) return cannot('MLflow has not told its experiments yet', 'unreachable');
	return {
		kind: 'choose',
		question: {
			title: 'Show the experiment',
			filters: true,
			selected: view.experiment ?? experimentName,
			choices: names.map(name => ({ id: name, label: name, hint: name === experimentName ? 'configured' : '' })),
			next: showExperiment,
		},
	};
}

export function showExperiment(name: string): Effect {
	return changed(view => ({ ...view, experiment: name, mlflowScroll: 0, focus: 'mlflow', browse: null }));
}
