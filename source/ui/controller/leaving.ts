import type { ActionState } from '../../model/action-state.ts';
import { asHeading } from '../../words/message.ts';
import type { Writer } from '../../words/write.ts';
import type { ChooseQuestion, Effect } from '../conversation.ts';
import type { Dialog } from '../dialogs/dialogs.ts';

/** Actions whose outcome a user who quits now would not see. */
function runningActions(actions: readonly ActionState[]): readonly ActionState[] {
	return actions.filter(({ outcome }) => outcome === 'running');
}

/** Quits or switches the stack; asks first while actions run. */
export class Leaving {
	readonly #actions: () => readonly ActionState[];
	readonly #say: Writer;
	/** Set while laketop waits for actions to finish before it leaves. */
	#later: (() => void) | null = null;
	#question: ChooseQuestion | null = null;

	/** `actions`: running and finished ones. */
	constructor(actions: () => readonly ActionState[], say: Writer) {
		this.#actions = actions;
		this.#say = say;
	}

	/** Leaves at once if no action runs, else asks. */
	leave(go: () => void): Effect {
		const running = runningActions(this.#actions());
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

	isAsked(dialog: Dialog | null): boolean {
		return dialog?.kind === 'choose' && dialog.question === this.#question;
	}

	/** Returns whether it was about to leave. */
	stay(): boolean {
		const wasLeaving = this.#later !== null;
		this.#later = null;
		return wasLeaving;
	}

	/** Leaves once the awaited actions have finished. */
	leaveIfDone(): void {
		const go = this.#later;
		if (!go || runningActions(this.#actions()).length > 0) return;
		this.#later = null;
		go();
	}
}

function leavingQuestion(
	running: readonly ActionState[],
	{ now, later }: { readonly now: () => void; readonly later: () => void },
	say: Writer,
): ChooseQuestion {
	const [first] = running;
	const count = running.length;
	const what = count === 1 && first ? first.title : say(['{count} actions', '동작 {count}개'], { count });
	return {
		title: say(['{what}: still running', '{what}: 아직 진행 중'], {
			what: typeof what === 'string' ? what : asHeading(what),
		}),
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
