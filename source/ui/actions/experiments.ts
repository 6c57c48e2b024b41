import type { Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { cannot, changed } from './step.ts';

export function chooseExperiment({ state, view, experimentName, say }: StepContext): Effect {
	const names = state.experimentNames ?? [];
	if (names.length === 0)
		return cannot(
			say(['No experiment list from MLflow yet', '아직 MLflow에서 실험 목록을 받지 못했습니다']),
			'unreachable',
		);
	return {
		kind: 'choose',
		question: {
			title: say(['Show experiment', '표시할 실험']),
			filters: true,
			selected: view.experiment ?? experimentName,
			choices: names.map(name => ({
				id: name,
				label: name,
				hint: name === experimentName ? say(['configured', '설정된 실험']) : '',
			})),
			next: showExperiment,
		},
	};
}

export function showExperiment(name: string): Effect {
	return changed(view => ({ ...view, experiment: name, mlflowScroll: 0, focus: 'mlflow', browse: null }));
}
