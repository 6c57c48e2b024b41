import type { ActionState } from '../../model/state.ts';
import type { Writer } from '../../words/write.ts';
import type { ChooseQuestion, Effect } from '../conversation.ts';
import type { Dialog } from '../dialogs/dialogs.ts';

/** What is still being done, whose end somebody who leaves would not see. */
function underWay(actions: readonly ActionState[]): readonly ActionState[] {
	return actions.filter(({ outcome }) => outcome === 'running');
}

/** Leaves the program or this stack: at once, or where something is under way as the user chooses. */
export class Leaving {
	readonly #actions: () => readonly ActionState[];
	readonly #say: Writer;
	/** Set while laketop leaves as soon as nothing is under way any more. */
	#later: (() => void) | null = null;
	#question: ChooseQuestion | null = null;

	/** `actions`: what is being done and was done. */
	constructor(actions: () => readonly ActionState[], say: Writer) {
		this.#actions = actions;
		this.#say = say;
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
		this.#question = leavingQuestion(running, { now: go, later }, this.#say);
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
	say: Writer,
): ChooseQuestion {
	const [first] = running;
	const count = running.length;
	const what = count === 1 ? (first?.title ?? '') : say(['{count} actions', '동작 {count}개'], { count });
	return {
		title: say(['{what}: still running', '{what}: 아직 진행 중'], { what }),
		filters: false,
		selected: 'stay',
		choices: [
			{ id: 'stay', key: 'n', label: say(['Stay', '계속 실행']), hint: '' },
			{
				id: 'later',
				key: 'w',
				label: say(['Quit when it has finished', '완료되면 종료']),
				hint: say(['any key cancels', '아무 키나 누르면 취소']),
			},
			{
				id: 'now',
				key: 'y',
				label: say(['Quit now', '지금 종료']),
				hint: say([
					'sent requests continue; Docker Compose and remaining steps are interrupted',
					'이미 보낸 요청은 계속되고, Docker Compose와 남은 단계는 중단됨',
				]),
			},
		],
		next: id => {
			if (id === 'now') now();
			if (id !== 'later') return { kind: 'nothing' };
			later();
			return {
				kind: 'nothing',
				hint: say(
					['Quits when {what} has finished; any key cancels', '완료되면 종료합니다: {what} (아무 키나 누르면 취소)'],
					{ what },
				),
			};
		},
	};
}
