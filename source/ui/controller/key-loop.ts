import type { AnswerGate } from '../../operations/plan/answer-gate.ts';
import { type Language, textIn } from '../../words/language.ts';
import { type Writer, writer } from '../../words/write.ts';
import type { Action, LookAction } from '../actions/action.ts';
import { isBoundAt, spotOf } from '../actions/bindings.ts';
import { actionForKey } from '../actions/table.ts';
import { type Dialog, isTypedIn, pasteIntoDialog, pressInDialog, questionOf } from '../dialogs/dialogs.ts';
import { tooSmall } from '../dialogs/drawing.ts';
import type { InputEvent } from '../input-queue.ts';
import { keyTitle } from '../keys.ts';
import type { MouseEvent } from '../mouse.ts';
import { placesInWords } from '../places.ts';
import type { Effects } from './effects.ts';
import type { Leaving } from './leaving.ts';
import type { TerminalTools } from './options.ts';
import { pointed } from './pointing.ts';
import type { Stage } from './stage.ts';

export type KeyLoopOptions = {
	readonly stage: Pick<Stage, 'view' | 'dialog' | 'hint' | 'clearHint' | 'keyPressed' | 'drawn' | 'input' | 'show'>;
	readonly effects: Pick<Effects, 'run' | 'takeTurn'>;
	readonly leaving: Pick<Leaving, 'stay' | 'isAsked'>;
	readonly quit: () => void;
	readonly terminal: Pick<TerminalTools, 'suspend' | 'repaint'>;
	readonly readOnly: boolean;
	/** ms since the epoch. */
	readonly now: () => number;
	readonly language: Language;
	readonly gate: Pick<AnswerGate, 'isOpen'>;
	/** The available actions. */
	readonly actions: readonly Action[];
	/** Also those that read-only mode disables. */
	readonly allActions: readonly Action[];
};

/** What most desktops take for a double click, ms. */
const doubleClickMs = 500;

/** Routes keys, the mouse and pastes to the program, the open dialog, or the place. */
export class KeyLoop {
	readonly #options: KeyLoopOptions;
	readonly #say: Writer;
	#clicked: { readonly y: number; readonly at: number } | null = null;

	constructor(options: KeyLoopOptions) {
		this.#options = options;
		this.#say = writer(options.language);
	}

	/** `arrival`: number of the event. Only events after a question was readable answer it. */
	take(event: InputEvent, arrival: number): void {
		const { stage, effects } = this.#options;
		if (event.kind === 'key') return this.#press(event.key, arrival);
		if (event.kind === 'mouse') return this.#point(event.mouse, arrival);
		if (stage.dialog) effects.takeTurn(pasteIntoDialog(stage.dialog, event.text));
	}

	/** A dialog is answered by keys only: the wheel scrolls it. */
	#point(mouse: MouseEvent, arrival: number): void {
		const { stage, now } = this.#options;
		if (stage.dialog) {
			if (mouse.kind === 'click' || questionOf(stage.dialog) !== null) return;
			return this.#press(mouse.kind === 'wheel up' ? 'up' : 'down', arrival);
		}
		const before = this.#clicked;
		const isDouble =
			mouse.kind === 'click' && before !== null && before.y === mouse.y && now() - before.at < doubleClickMs;
		stage.keyPressed();
		stage.clearHint();
		stage.show({ view: pointed(stage.input(), mouse) });
		// The time of the drawing does not count.
		this.#clicked = mouse.kind === 'click' && !isDouble ? { y: mouse.y, at: now() } : null;
		if (isDouble) this.#press('enter', arrival);
	}

	#press(key: string, arrival: number): void {
		const { stage, effects, leaving, actions, quit, terminal } = this.#options;
		stage.keyPressed();
		const asked = key.startsWith('ctrl-') ? terminalKey(actions, key) : undefined;
		if (asked === 'repaint') return terminal.repaint();
		if (leaving.stay()) return stage.hint(this.#say(['laketop stays open', 'laketop을 계속 실행합니다']));
		if (key === 'ctrl-c') {
			if (leaving.isAsked(stage.dialog)) return quit();
			return effects.takeTurn({ dialog: null, effect: { kind: 'quit' } });
		}
		if (asked) return terminal[asked]();
		if (stage.dialog) return this.#pressInDialog(stage.dialog, key, arrival);
		const action = actionForKey(actions, key, stage.view);
		stage.clearHint();
		if (action) effects.run(action);
		else stage.hint(this.#hintFor(key));
	}

	#pressInDialog(dialog: Dialog, key: string, arrival: number): void {
		const { stage, effects, gate } = this.#options;
		const question = questionOf(dialog);
		// Esc only cancels.
		if (question !== null && key !== 'esc' && !gate.isOpen(question, arrival)) {
			return stage.hint(
				this.#say(
					[
						'Ignored {key}: pressed before the question could be read',
						'질문이 표시되기 전에 누른 {key} 키를 무시했습니다',
					],
					{ key: keyTitle(key) },
				),
			);
		}
		if (dialog.kind === 'waiting' && key !== 'esc') {
			return stage.hint(
				this.#say(
					[
						'Ignored {key}: waiting for {title} (Esc stops waiting)',
						'{key} 키를 무시했습니다: {title} 대기 중 (Esc로 대기 취소)',
					],
					{ key: keyTitle(key), title: dialog.title },
				),
			);
		}
		// Typed text needs no layout: a paste of thousands of letters stays fast.
		if (question === null && isTypedIn(dialog) && [...key].length === 1) {
			return effects.takeTurn(pressInDialog(dialog, key, { page: 0, limit: 0 }));
		}
		const drawn = stage.drawn(dialog);
		const turn = pressInDialog(dialog, key, drawn);
		// Enter takes the selected row, which is visible; a letter may take a hidden one.
		const isSeen = drawn.isWhole && (drawn.hidden === 0 || key === 'enter' || turn.effect?.kind !== 'answer');
		if (question !== null && key !== 'esc' && !isSeen) return stage.hint(this.#say(tooSmall));
		effects.takeTurn(turn);
	}

	/** Why a key does nothing here: another place, or read-only mode. */
	#hintFor(key: string): string {
		const { stage, allActions, readOnly, language } = this.#options;
		const elsewhere = allActions.filter(action => action.keys.includes(key));
		const spot = spotOf(stage.view);
		const here = elsewhere.find(action => isBoundAt(action, spot)) ?? elsewhere[0];
		if (!here) return '';
		const label = textIn(here.label, language);
		if (here.kind === 'change' && readOnly)
			return this.#say(['{label}: laketop runs read-only', '{label}: laketop이 읽기 전용으로 실행 중입니다'], {
				label,
			});
		if (!here.places) return '';
		return this.#say(['{key} ({label}) works in {places}', '{key} ({label}) 사용 위치: {places}'], {
			key: keyTitle(key),
			label,
			places: placesInWords(here.places, language),
		});
	}
}

function terminalKey(actions: readonly Action[], key: string): LookAction['asksTerminal'] {
	return actions
		.filter(action => action.kind === 'look')
		.find(({ asksTerminal, keys }) => asksTerminal && keys.includes(key))?.asksTerminal;
}
