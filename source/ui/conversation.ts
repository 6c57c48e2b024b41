import type { Plan, Refusal, ShellRequest } from '../operations/plan.ts';
import type { Text } from '../words/language.ts';
import type { Hint } from './hint.ts';
import type { LogsViewState } from './panes/logs/logs-state.ts';
import type { ListId, PaneId } from './place.ts';

/**
 * Where the user is, and what keys lead to. These types refer to each other: an effect may be a question, and the answer
 * of a question is an effect. What is open over the panes is in `dialogs/`.
 */

/** A list over the whole screen: all DAGs, the runs of the shown one, those of the experiment, or what happened. */
export type Browse = {
	readonly kind: ListId;
	/** What the names must hold. */
	readonly filter: string;
	/** Name of the column that it is sorted by, `-` before it for the other way round; null: the list's own order. */
	readonly sort: string | null;
	/** Runs: the state wanted; the timeline: the kind of thing; null for all. */
	readonly state: string | null;
	/** Id of the selected row; null: the first. */
	readonly selected: string | null;
	/** The list that it was opened from. */
	readonly back: Browse | null;
};

/** Where the user is: everything about the screen that the servers know nothing of. */
export type ViewState = {
	readonly focus: PaneId;
	readonly zoomed: boolean;
	/** The screen stands still, to be read or copied; facts are gathered on. */
	readonly frozen: boolean;
	/** Name of the selected container; null: the first of the own project. */
	readonly selectedService: string | null;
	readonly dagId: string;
	/** The run picked by hand; null follows the newest. */
	readonly dagRunId: string | null;
	/** The stage picked in the pipeline; null: none, the run is meant. */
	readonly taskId: string | null;
	/** The instance of that stage, where it is mapped and one was chosen: `divide[7]`. Of any other stage it means nothing. */
	readonly instance: string | null;
	/** What is marked to be acted on together: `service airflow-worker`, `run manual__1`, `task x`, `dag y`. */
	readonly marks: readonly string[];
	readonly browse: Browse | null;
	/** The experiment that is shown; null: the configured one. */
	readonly experiment: string | null;
	readonly logs: LogsViewState;
	/** Id of the selected finding; null: the first. */
	readonly selectedFinding: string | null;
	/** How far the text of the opened finding is scrolled, rows. */
	readonly findingScroll: number;
	readonly mlflowScroll: number;
	/** A word to the user that no action's outcome gives, for example why a key does nothing here. */
	readonly hint: Hint;
};

/**
 * What a key, an answer or a server leads to: a look, a question, a plan. There is one interpreter for all of them
 * (`controller/effects.ts`). A question holds what its answer leads to, so that an action is written down as the
 * conversation that it is. What asks servers is waited for with a word on the screen.
 */
export type Effect =
	/** Changes the view, as it is by then. */
	| { readonly kind: 'view'; readonly change: (view: ViewState) => ViewState }
	| { readonly kind: 'nothing'; readonly hint?: Hint }
	| { readonly kind: 'refusal'; readonly refusal: Refusal }
	/** What comes of it is known when servers have answered. */
	| { readonly kind: 'wait'; readonly until: Promise<Effect> }
	/** Carried out when its turn comes: the dialog that leads to it may still be refused an answer. */
	| { readonly kind: 'answer'; readonly title: string; readonly next: () => Effect }
	// What opens a dialog.
	| { readonly kind: 'choose'; readonly question: ChooseQuestion }
	| { readonly kind: 'input'; readonly question: InputQuestion }
	| { readonly kind: 'form'; readonly question: FormQuestion }
	| { readonly kind: 'page'; readonly page: Page }
	| { readonly kind: 'help' }
	/** Asks whether to do it. */
	| { readonly kind: 'plan'; readonly plan: Plan }
	/** Asks whether to give the terminal to a shell. */
	| { readonly kind: 'shell'; readonly shell: ShellRequest }
	// What was confirmed.
	| { readonly kind: 'perform'; readonly plan: Plan }
	| { readonly kind: 'open shell'; readonly shell: ShellRequest }
	// What only the terminal or the program as a whole can do.
	/** Puts text on the clipboard of the terminal. */
	| { readonly kind: 'copy'; readonly text: string; readonly what: string | Text }
	/** Opens an address in the browser of this machine, where there is one. */
	| { readonly kind: 'open address'; readonly url: string }
	/** The terminal is given to the user's pager, with this text to read. */
	| { readonly kind: 'pager'; readonly text: string }
	/** Asks all servers now. */
	| { readonly kind: 'refresh' }
	/** Puts the program into the background, as the shell's job control does. */
	| { readonly kind: 'suspend' }
	/** Draws the whole screen again, whatever is on the terminal. */
	| { readonly kind: 'repaint' }
	/** Leaves this stack for that of another profile. */
	| { readonly kind: 'profile'; readonly profile: string }
	/** Leaves this stack for that of another Compose project of the same engine. */
	| { readonly kind: 'project'; readonly project: string }
	| { readonly kind: 'quit' };

export type Choice = {
	readonly id: string;
	readonly label: string;
	readonly hint: string;
	/** What is shown at the right, for example the key that does the same. */
	readonly key?: string;
	/** What chooses nothing but says why it cannot be chosen. */
	readonly refused?: string;
	/** The same in the other language: typing either finds it. */
	readonly also?: { readonly label: string; readonly hint: string };
};

export type ChooseQuestion = {
	readonly title: string;
	readonly choices: readonly Choice[];
	/** The one that is chosen at first. */
	readonly selected?: string | undefined;
	/** Typing filters: for long lists. Without it, letters that are keys of choices choose. */
	readonly filters: boolean;
	readonly next: (id: string) => Effect;
};

export type InputQuestion = {
	readonly title: string;
	/** What is wanted, a sentence. */
	readonly hint: string;
	readonly initial: string;
	/** The initial text is selected: typing takes its place, as `/` of less and vim begins anew; Up brings it back. */
	readonly isReplaced?: boolean;
	/** Why the text cannot be taken, or null. */
	readonly problem: (text: string) => string | null;
	readonly next: (text: string) => Effect;
	/** Called at every change, for what shows its effect at once (a filter); Esc gives the initial text. */
	readonly live?: ((view: ViewState, text: string) => ViewState) | undefined;
};

export type FormField = {
	readonly name: string;
	/** Type and bounds in words. */
	readonly wanted: string;
	readonly description: string;
	readonly initial: string;
	/** The values there are, where they are few: Left and Right go through them. */
	readonly values: readonly string[];
};

export type FormQuestion = {
	readonly title: string;
	readonly fields: readonly FormField[];
	/** Texts of the free field that were used before, offered again. */
	readonly recent: readonly string[];
	/** The conf that the fields make, as JSON text; or what is wrong, by the name of the field. */
	readonly conf: (
		values: Readonly<Record<string, string>>,
	) => { readonly conf: string } | { readonly problems: Problems };
	/** The values of the fields for a conf written as JSON, or what is wrong with it. */
	readonly values: (
		conf: string,
	) => { readonly values: Readonly<Record<string, string>> } | { readonly problem: string };
	readonly next: (conf: string) => Effect;
};
export type Problems = Readonly<Record<string, string>>;

/** A text to be read: the source of a DAG, an inspection, what a command would run. */
export type Page = {
	readonly title: string;
	readonly lines: readonly PageLine[];
	/** What `y` copies; the lines where left out. */
	readonly copies?: string | undefined;
	/** What that is, for the word after it was copied. */
	readonly copiesWhat?: Text | undefined;
	/** What other keys copy. */
	readonly also?: readonly { readonly key: string; readonly what: Text; readonly text: string }[];
	/** A line below: where it is from, what keys do. */
	readonly note?: string | undefined;
	/** It is read from its end, which stays in sight while it grows. */
	readonly fromEnd?: boolean | undefined;
	/** Asks for it anew, every so many ms. */
	readonly again?: { readonly everyMs: number; readonly ask: () => Promise<Page> } | undefined;
};
export type PageLine = {
	readonly text: string;
	readonly tone?: 'muted' | 'accent' | 'bad' | 'good' | 'active' | undefined;
	readonly bold?: boolean;
};
