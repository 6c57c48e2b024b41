import type { ThemeChoice } from '../../model/settings/looks.ts';
import type { StackState } from '../../model/state.ts';
import { type Theme, themeFor } from '../../presentation/theme.ts';
import { writer } from '../../words/write.ts';
import type { Action, ActionContext } from '../actions/action.ts';
import type { ViewState } from '../conversation.ts';
import type { DialogView, DrawContext } from '../dialogs/dialog.ts';
import { type Dialog, drawDialog } from '../dialogs/dialogs.ts';
import type { Hint } from '../hint.ts';
import type { LogReader } from '../panes/logs/log-reader.ts';
import { panesOf } from '../panes/panes.ts';
import { placeOf } from '../place.ts';
import { actionContext, type PresentInput } from '../presenter.ts';
import { initialView } from '../view-state.ts';
import { updateInterest } from './interest.ts';
import type { ControllerOptions } from './options.ts';

export type StageOptions = {
	readonly options: ControllerOptions;
	readonly actions: readonly Action[];
	readonly reader: LogReader;
	/** Whether a key answers the open question now. */
	readonly isAnswerable: () => boolean;
	readonly draw: () => void;
};

/** The view, the dialog over it, and the facts, which may be frozen. */
export class Stage {
	readonly #options: StageOptions;
	#view: ViewState;
	readonly #themes = new Map<ThemeChoice, Theme>();
	#dialog: Dialog | null = null;
	/** Set while the screen is frozen. */
	#frozenAt: { readonly state: StackState; readonly now: number; readonly logLast: number | null } | null = null;
	#size: { readonly columns: number; readonly rows: number };
	/** When the last key was pressed, ms since the epoch. */
	#keyPressedAt = 0;

	constructor(options: StageOptions) {
		this.#options = options;
		const { monitor, columns, rows } = options.options;
		this.#view = {
			...initialView(monitor.config.dag, panesOf(monitor.store.current())[0]?.id),
			mouse: monitor.config.options.mouse,
		};
		this.#size = { columns, rows };
	}

	get view(): ViewState {
		return this.#view;
	}

	get dialog(): Dialog | null {
		return this.#dialog;
	}

	get columns(): number {
		return this.#size.columns;
	}

	/** Whether the screen is frozen. */
	get isStill(): boolean {
		return this.#frozenAt !== null;
	}

	show({ view = this.#view, dialog = this.#dialog }: { view?: ViewState; dialog?: Dialog | null }): void {
		this.set({ view, dialog });
		updateInterest(this.#options.options.monitor, this.#view, this.#size.columns);
		this.#options.draw();
	}

	/** The same without drawing, where a drawn change follows at once. */
	set({ view = this.#view, dialog = this.#dialog }: { view?: ViewState; dialog?: Dialog | null }): void {
		this.#dialog = dialog;
		if (view.frozen !== this.#view.frozen) this.#frozenAt = view.frozen ? this.#moment() : null;
		this.#view = view;
	}

	hint(hint: Hint): void {
		this.show({ view: { ...this.#view, hint } });
	}

	clearHint(): void {
		if (this.#view.hint) this.#view = { ...this.#view, hint: '' };
	}

	/** The outcome of an action counts as seen once a key is pressed. */
	keyPressed(): void {
		this.#keyPressedAt = this.#options.options.monitor.clock.now();
	}

	/** Returns whether the size changed. */
	resize(columns: number, rows: number): boolean {
		const isOther = columns !== this.#size.columns || rows !== this.#size.rows;
		this.#size = { columns, rows };
		return isOther;
	}

	input(): PresentInput {
		const { options, actions, reader } = this.#options;
		const { monitor, host, glyphs } = options;
		const frozenAt = this.#frozenAt;
		const view = this.#view;
		return {
			state: frozenAt?.state ?? monitor.store.current(),
			reader,
			// A followed log is frozen where it was; a chosen line is kept.
			view: frozenAt && view.logs.cursor === null ? { ...view, logs: { ...view.logs, held: frozenAt.logLast } } : view,
			dialog: this.#dialog,
			config: monitor.config,
			host,
			actions,
			now: frozenAt?.now ?? monitor.clock.now(),
			keyPressedAt: this.#keyPressedAt,
			isAnswerable: this.#options.isAnswerable(),
			...this.#size,
			glyphs,
			theme: this.#theme(),
		};
	}

	/** The same object for the same choice, as panes are drawn again when it changes. */
	#theme(): Theme {
		const { theme, environment, monitor } = this.#options.options;
		const wanted = this.#view.theme;
		if (wanted === null) return theme;
		const known = this.#themes.get(wanted) ?? themeFor(environment, { theme: wanted, colours: monitor.config.colours });
		this.#themes.set(wanted, known);
		return known;
	}

	context(view = this.#view): ActionContext {
		return { ...actionContext(this.input()), view };
	}

	drawn(dialog: Dialog): DialogView {
		const { options, actions, isAnswerable } = this.#options;
		const { monitor, glyphs } = options;
		const { language } = monitor.config;
		const context: DrawContext = {
			actions,
			place: placeOf(this.#view),
			running: monitor.store.current().actions,
			now: monitor.clock.now(),
			isAnswerable: isAnswerable(),
			...this.#size,
			glyphs,
			language,
			say: writer(language),
		};
		return drawDialog(dialog, context);
	}

	/** The facts of this moment, for a frozen screen. */
	#moment() {
		const { store, clock } = this.#options.options.monitor;
		const { log } = actionContext(this.input());
		const last = log.view.last(this.#view.logs.folds);
		const logLast = last === null ? null : (log.view.at(last)?.id ?? null);
		return { state: store.current(), now: clock.now(), logLast };
	}
}
