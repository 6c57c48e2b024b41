import { mlflowAddress } from '../../actions/addresses.ts';
import { copyableTexts, type Pane } from '../pane.ts';
import { mlflowActions } from './mlflow-actions.ts';
import { mlflowTimes, mlflowView } from './mlflow-view.ts';

declare module '../../place.ts' {
	interface PaneIds {
		readonly mlflow: true;
	}
}

/** The shown experiment: metrics, models, params, and in the zoomed pane its MLflow runs. */
export const mlflowPane: Pane = {
	id: 'mlflow',
	title: ['MLflow', 'MLflow'],
	name: ['MLflow pane', 'MLflow 패널'],
	shortName: ['MLflow', 'MLflow'],
	area: 'lower',
	rows: () => 0,
	view: input =>
		mlflowView({
			...input,
			experimentName: input.view.experiment ?? input.experimentName,
			scroll: input.view.mlflowScroll,
		}),
	drawsFrom: ({ state, view }) => [
		...[state.mlflowRuns, state.modelVersions, state.versionRuns, state.experiment, state.isExperimentDeleted],
		...[state.experimentNames, state.cutLists],
		...[state.loggedModels, state.prompts, state.traces, state.feeds.experiment, state.stack],
		...[view.experiment, view.mlflowScroll],
	],
	timesShown: ({ state, view, now }) => (view.zoomed ? null : mlflowTimes(state, now)),
	crumbs: ({ view }) => (view.zoomed ? ['MLflow'] : []),
	move: ({ view }, by) => ({ ...view, mlflowScroll: Math.max(0, Math.min(1000, view.mlflowScroll + by)) }),
	copy: ({ state, say }) => {
		const [newest] = state.mlflowRuns ?? [];
		const [version] = state.modelVersions ?? [];
		return copyableTexts(
			[say(['ID of the newest MLflow run', '최근 MLflow 실행 ID']), newest?.runId],
			[say(['experiment ID', '실험 ID']), state.experiment?.experimentId],
			[say(['model version', '모델 버전']), version && `models:/${version.name}/${version.version}`],
		);
	},
	address: ({ state }) => mlflowAddress(state, state.mlflowRuns?.[0]),
	actions: mlflowActions,
};
