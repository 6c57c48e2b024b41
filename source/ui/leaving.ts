import type { ActionState } from '../model/state.ts';
import type { ChooseQuestion } from './conversation.ts';

/** What is still being done, whose end somebody who leaves would not see. */
export function underWay(actions: readonly ActionState[]): readonly ActionState[] {
	return actions.filter(({ outcome }) => outcome === 'running');
}

/** Asked of whoever leaves while something is being done. */
export function leavingQuestion(
	running: readonly ActionState[],
	{ now, later }: { readonly now: () => void; readonly later: () => void },
): ChooseQuestion {
	const [first] = running;
	const what = running.length === 1 ? (first?.title ?? '') : `${running.length} actions`;
	return {
		title: `${what}: still under way`,
		filters: false,
		selected: 'stay',
		choices: [
			{ id: 'stay', key: 'n', label: 'Stay', hint: '' },
			{ id: 'later', key: 'w', label: 'Leave when it has ended', hint: 'any key stays after all' },
			{
				id: 'now',
				key: 'y',
				label: 'Leave now',
				hint: 'what has been sent takes its course; Docker Compose is interrupted, a sequence is left off',
			},
		],
		next: id => {
			if (id === 'now') now();
			if (id !== 'later') return { kind: 'nothing' };
			later();
			return { kind: 'nothing', hint: `Leaves when this has ended: ${what}; any key stays` };
		},
	};
}
