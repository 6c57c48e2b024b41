import type { ActionState } from '../action-state.ts';
import type { Folds } from './folds.ts';

/** Actions kept for the screen. */
const actionsKept = 50;
const progressKept = 200;

/** Actions that the user has started. */
export const actionFolds: Folds<'action started' | 'action progress' | 'action finished'> = {
	'action started': (state, seen) => {
		const action: ActionState = {
			id: seen.id,
			actionId: seen.actionId,
			title: seen.title,
			targets: seen.targets ?? [],
			startedAt: seen.at,
			finishedAt: null,
			outcome: 'running',
			message: null,
			progress: [],
		};
		return { ...state, actions: [...state.actions, action].slice(-actionsKept) };
	},

	'action progress': (state, seen) => ({
		...state,
		actions: state.actions.map(action =>
			action.id === seen.id ? { ...action, progress: [...action.progress, seen.line].slice(-progressKept) } : action,
		),
	}),

	'action finished': (state, seen) => ({
		...state,
		actions: state.actions.map(action =>
			action.id === seen.id ? { ...action, finishedAt: seen.at, outcome: seen.outcome, message: seen.message } : action,
		),
	}),
};
