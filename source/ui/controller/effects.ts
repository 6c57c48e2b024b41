import { failureOf } from '../../model/failures/failure.ts';
import { withColumns } from '../../model/run-columns.ts';
import type { StackState } from '../../model/state.ts';
import type { Confirmation } from '../../operations/plan/plan.ts';
import { foreignChange } from '../../selectors/servers/stack.ts';
import { type Message, render } from '../../words/message.ts';
import type { Writer } from '../../words/write.ts';
import type { Action, StepContext } from '../actions/action.ts';
import { commandPage } from '../actions/pages.ts';
import { copiedWords } from '../clipboard.ts';
import type { Effect, ViewState } from '../conversation.ts';
import { chooseDialog } from '../dialogs/choose.ts';
import { type ConfirmDialog, confirmDialog, shellDialog } from '../dialogs/confirm.ts';
import type { Turn } from '../dialogs/dialog.ts';
import type { Dialog } from '../dialogs/dialogs.ts';
import { formDialog } from '../dialogs/form.ts';
import { helpDialog } from '../dialogs/help.ts';
import { inputDialog } from '../dialogs/input.ts';
import { pageDialog } from '../dialogs/page.ts';
import { good } from '../hint.ts';
import type { ChartKeeper } from './chart-keeper.ts';
import type { ColumnKeeper } from './column-keeper.ts';
import type { Leaving } from './leaving.ts';
import type { TerminalTools } from './options.ts';
import type { PageKeeper } from './page-keeper.ts';
import type { Performing } from './performing.ts';
import type { Stage } from './stage.ts';

/** The context of an action without the functions that the interpreter adds. */
export type PlainContext = Omit<StepContext, 'begin' | 'beginWith' | 'explain'>;

export type EffectsOptions = {
	readonly stage: Pick<Stage, 'view' | 'dialog' | 'show' | 'set' | 'hint' | 'context'>;
	readonly terminal: Pick<TerminalTools, 'copy' | 'open' | 'page' | 'suspend' | 'repaint'>;
	readonly performing: Pick<Performing, 'perform' | 'openShell'>;
	readonly leaving: Pick<Leaving, 'leave'>;
	readonly pages: Pick<PageKeeper, 'open'>;
	readonly charts: Pick<ChartKeeper, 'open' | 'closed'>;
	readonly columns: Pick<ColumnKeeper, 'choose'>;
	readonly program: {
		readonly refresh: () => void;
		readonly quit: () => void;
		readonly profile: (name: string) => void;
		readonly project: (name: string) => void;
	};
	readonly state: () => StackState;
	readonly say: Writer;
	/** The current context. */
	readonly context: () => PlainContext;
};

/** The interpreter of effects. */
export class Effects {
	readonly #options: EffectsOptions;
	/** Numbers the waits: an answer that nobody waits for is dropped. */
	#token = 0;
	/** Whether commands are shown instead of run (`!`). */
	#explaining = false;
	/** Aborts the server requests of the last action. */
	#asking = new AbortController();

	constructor(options: EffectsOptions) {
		this.#options = options;
	}

	run(action: Action): void {
		this.#explaining = false;
		this.#asking = new AbortController();
		this.take(this.#beginning(action), this.#options.say(action.label));
	}

	takeTurn({ dialog, effect }: Turn<Dialog>): void {
		const { stage, charts } = this.#options;
		// Nobody waits any more: a request would keep one of the few connections, and a file would still be saved.
		if (stage.dialog?.kind === 'waiting' && dialog?.kind !== 'waiting') this.#asking.abort();
		if (stage.dialog?.kind === 'chart' && dialog?.kind !== 'chart') charts.closed();
		if (!effect) return stage.show({ dialog });
		stage.set({ dialog });
		this.take(effect, '');
	}

	/** `title` names the effect while it waits for a server. */
	take(effect: Effect, title: string): void {
		const { stage, terminal, program, leaving, pages, performing, say } = this.#options;
		switch (effect.kind) {
			case 'view':
				return stage.show({ view: effect.change(stage.view) });
			case 'nothing':
				return effect.hint ? stage.hint(effect.hint) : stage.show({});
			case 'refusal':
				return stage.hint(this.#words(effect.refusal.refused));
			case 'wait':
				return this.#wait(effect.until, title);
			case 'answer':
				return this.#answer(effect);
			case 'choose':
				return stage.show({ dialog: chooseDialog(effect.question) });
			case 'input':
				return stage.show({ dialog: inputDialog(effect.question, stage.view) });
			case 'form':
				return stage.show({ dialog: formDialog(effect.question) });
			case 'page':
				return pages.open(effect.page);
			case 'chart':
				return this.#options.charts.open(effect.chart);
			case 'columns': {
				const { experiment, ids, next } = effect;
				stage.set({ view: { ...stage.view, runColumns: withColumns(stage.view.runColumns, experiment, ids) } });
				this.#options.columns.choose(experiment, ids);
				return this.take(next(), title);
			}
			case 'help':
				return stage.show({ dialog: helpDialog });
			case 'plan':
				return this.#ask(effect.plan, effect.plan.project, () => confirmDialog(effect.plan));
			case 'shell':
				return this.#ask(effect.shell, effect.shell.project, () => shellDialog(effect.shell));
			case 'perform':
				stage.show({ view: { ...stage.view, hint: '' } });
				return performing.perform(effect.plan);
			case 'open shell':
				stage.show({});
				return void performing.openShell(effect.shell);
			case 'copy':
				return stage.hint(
					good(
						copiedWords(
							typeof effect.what === 'string' ? effect.what : say(effect.what),
							effect.text,
							terminal.copy(effect.text),
							say,
						),
					),
				);
			case 'open address':
				return this.#openAddress(effect.url);
			case 'pager':
				return this.#page(effect.text);
			case 'refresh':
				program.refresh();
				return stage.show({});
			case 'suspend':
				stage.show({});
				return terminal.suspend();
			case 'repaint':
				stage.show({});
				return terminal.repaint();
			case 'profile':
				return this.take(
					leaving.leave(() => program.profile(effect.profile)),
					title,
				);
			case 'project':
				return this.take(
					leaving.leave(() => program.project(effect.project)),
					title,
				);
			case 'quit':
				return this.take(leaving.leave(program.quit), title);
		}
	}

	#beginning(action: Action): Effect {
		if (action.kind !== 'view') return action.begin(this.#context());
		const { stage } = this.#options;
		return { kind: 'view', change: view => action.apply(stage.context(view)) };
	}

	#context(): StepContext {
		const { stage, context } = this.#options;
		const plain = context();
		return {
			...plain,
			signal: AbortSignal.any([plain.signal, this.#asking.signal]),
			begin: action => this.#beginning(action),
			beginWith: (action, change: (view: ViewState) => ViewState) => {
				stage.set({ view: change(stage.view) });
				return this.#beginning(action);
			},
			explain: action => {
				this.#explaining = true;
				return this.#beginning(action);
			},
		};
	}

	/** Asks for confirmation, or shows the command. Another folder's stack is never changed. */
	#ask(what: Confirmation, project: string | null | undefined, dialog: () => ConfirmDialog): void {
		const { stage, state, say } = this.#options;
		const foreign = foreignChange(state(), project);
		if (foreign !== null) return stage.hint(this.#words(foreign.message));
		stage.show({ dialog: this.#explaining ? pageDialog(commandPage(what, say)) : dialog() });
	}

	/** Shows a waiting message meanwhile. */
	#wait(until: Promise<Effect>, title: string): void {
		const { stage } = this.#options;
		const token = ++this.#token;
		stage.show({ dialog: { kind: 'waiting', title, token } });
		/** Whether the wait was cancelled; closes its dialog otherwise. */
		const isOver = () => {
			if (stage.dialog?.kind !== 'waiting' || stage.dialog.token !== token) return true;
			stage.set({ dialog: null });
			return false;
		};
		until.then(
			effect => isOver() || this.take(effect, title),
			error => isOver() || stage.hint(this.#words(failureOf(error).message)),
		);
	}

	#answer({ next, title }: Extract<Effect, { kind: 'answer' }>): void {
		let effect: Effect;
		try {
			effect = next();
		} catch (error) {
			return this.#options.stage.hint(this.#words(failureOf(error).message));
		}
		this.take(effect, title);
	}

	#words(message: Message): string {
		return render(message, this.#options.context().language);
	}

	#openAddress(url: string): void {
		const { terminal, stage, say } = this.#options;
		stage.hint(good(say(['Opening {url}', '{url} 여는 중'], { url })));
		void terminal.open(url).then(problem => {
			if (problem !== null)
				stage.hint(say(['Cannot open {url}: {problem}', '{url}을(를) 열 수 없습니다: {problem}'], { url, problem }));
		});
	}

	#page(text: string): void {
		const { terminal, stage } = this.#options;
		stage.show({});
		void terminal.page(text).then(problem => {
			if (problem !== null) stage.hint(this.#words(problem));
		});
	}
}
