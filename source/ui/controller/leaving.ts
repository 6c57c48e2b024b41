import type { ActionState } from '../../model/state.ts';
import type { ChooseQuestion, Effect } from '../conversation.ts';
import type { Dialog } from '../dialogs/dialogs.ts';

/** What is still being done, whose end somebody who leaves would not see. */
function underWay(actions: readonly ActionState[]): readonly ActionState[] {
	return actions.filter(({ outcome }) => outcome === 'running');
}

/** Leaves the program or this stack: at once, or where something is under way as the user chooses. */
export class Leaving {
	readonly #actions: () => readonly ActionState[];
	/** Set while laketop leaves as soon as nothing is under way any more. */
	#later: (() => void) | null = null;
	#question: ChooseQuestion | null = null;

	/** `actions`: what is being done and was done. */
	constructor(actions: () => readonly ActionState[]) {
		this.#actions = actions;
	}

	/** Goes at once where nothing is under way; else asks. */
	leave(go: () => void): Effect {
		const running = underWay(this.#actions());
		if (running.length === 0) {
			go();
			return { kind: 'nothing' };
		}
		const later = () => {
			this.#later = go;
			this.leaveIfDone();
		};
		this.#question = leavingQuestion(running, { now: go, later });
		return { kind: 'choose', question: this.#question };
	}

	/** Whether that dialog asks whether to leave. */
	isAsked(dialog: Dialog | null): boolean {
		return dialog?.kind === 'choose' && dialog.question === this.#question;
	}

	/** Stays after all; returns whether it was about to leave. */
	stay(): boolean {
		const wasLeaving = this.#later !== null;
		this.#later = null;
		return wasLeaving;
	}

	/** Goes where it was waited for what was under way, and that has ended. */
	leaveIfDone(): void {
		const go = this.#later;
		if (!go || underWay(this.#actions()).length > 0) return;
		this.#later = null;
		go();
	}
}

/** Asked of whoever leaves while something is being done. */
function leavingQuestion(
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
