import type { Confirmation, Plan, Refusal, ShellRequest } from '../operations/plan.ts';
import type { Hint } from './hint.ts';
import type { PaneId } from './layout.ts';
import type { LogsViewState } from './panes/logs/logs-state.ts';
import type { TextField } from './text-field.ts';

/**
 * What the screen's state is made of, and what keys lead to. These types refer to each other: where the user is holds the
 * question that lies over it, and the answer of a question changes where the user is.
 */

/** A list over the whole screen: all DAGs, the runs of the shown one, those of the experiment, or what happened. */
export type Browse = {
	readonly kind: 'dags' | 'runs' | 'timeline' | 'mlflow-runs';
	/** What the names must hold. */
	readonly filter: string;
	/** Name of the column that it is sorted by, `-` before it for the other way round. */
	readonly sort: string;
	/** Runs: the state wanted; the timeline: the kind of thing; null for all. See `browse-kinds.ts`. */
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
	readonly overlay: Overlay | null;
	/** A word to the user that no action's outcome gives, for example why a key does nothing here. */
	readonly hint: Hint;
};

/**
 * What comes next after a key: a look, a question, a plan. A question holds what comes after its answer, so that an
 * action is written down as the conversation that it is. Promises are waited for with a word on the screen.
 */
export type Step =
	| { readonly kind: 'view'; readonly view: ViewState }
	/** Changes the view as it is by then, for what was waited for. */
	| { readonly kind: 'change view'; readonly change: (view: ViewState) => ViewState }
	| { readonly kind: 'plan'; readonly plan: Plan }
	| { readonly kind: 'refusal'; readonly refusal: Refusal }
	| { readonly kind: 'choose'; readonly question: ChooseQuestion }
	| { readonly kind: 'input'; readonly question: InputQuestion }
	| { readonly kind: 'form'; readonly question: FormQuestion }
	| { readonly kind: 'page'; readonly page: Page }
	/** Puts text on the clipboard of the terminal. */
	| { readonly kind: 'copy'; readonly text: string; readonly what: string }
	/** Opens an address in the browser of this machine, where there is one. */
	| { readonly kind: 'open address'; readonly url: string }
	/** Asks, then gives the terminal to a shell until that ends. */
	| { readonly kind: 'shell'; readonly shell: ShellRequest }
	/** The terminal is given to the user's pager, with this text to read. */
	| { readonly kind: 'pager'; readonly text: string }
	/** Leaves this stack for that of another profile. */
	| { readonly kind: 'profile'; readonly profile: string }
	/** Leaves this stack for that of another Compose project of the same engine. */
	| { readonly kind: 'project'; readonly project: string }
	| { readonly kind: 'nothing'; readonly hint?: Hint };

export type Next = Step | Promise<Step>;

export type Choice = {
	readonly id: string;
	readonly label: string;
	readonly hint: string;
	/** What is shown at the right, for example the key that does the same. */
	readonly key?: string;
	/** What chooses nothing but says why it cannot be chosen. */
	readonly refused?: string;
};

export type ChooseQuestion = {
	readonly title: string;
	readonly choices: readonly Choice[];
	/** The one that is chosen at first. */
	readonly selected?: string | undefined;
	/** Typing filters: for long lists. Without it, letters that are keys of choices choose. */
	readonly filters: boolean;
	readonly next: (id: string) => Next;
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
	readonly next: (text: string) => Next;
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
	readonly next: (conf: string) => Next;
};
export type Problems = Readonly<Record<string, string>>;

/** A text to be read: the source of a DAG, an inspection, what a command would run. */
export type Page = {
	readonly title: string;
	readonly lines: readonly PageLine[];
	/** What `y` copies; the lines where left out. */
	readonly copies?: string | undefined;
	/** What that is, for the word after it was copied. */
	readonly copiesWhat?: string | undefined;
	/** What other keys copy. */
	readonly also?: readonly { readonly key: string; readonly what: string; readonly text: string }[];
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

/** What lies over the panes; keys go to it alone. */
export type Overlay =
	/** `field`: the words that are looked for, once `/` was pressed. */
	| { readonly kind: 'help'; readonly scroll: number; readonly field?: TextField | null }
	| {
			readonly kind: 'confirm';
			readonly plan: Confirmation;
			/** What Yes does. */
			readonly confirmed: Confirmed;
			readonly isYes: boolean;
			/** What was typed so far, where typing confirms; null: yes or no. */
			readonly field: TextField | null;
			/** What was typed and is not what was to be typed. */
			readonly wrong: string | null;
			/** Rows that what it will touch is scrolled by. */
			readonly scroll: number;
	  }
	| {
			readonly kind: 'choose';
			readonly question: ChooseQuestion;
			readonly field: TextField;
			readonly index: number;
	  }
	| {
			readonly kind: 'input';
			readonly question: InputQuestion;
			readonly field: TextField;
			readonly problem: string | null;
			/** The view as it was, for Esc. */
			readonly before: ViewState | null;
	  }
	| FormOverlay
	| { readonly kind: 'page'; readonly page: Page; readonly scroll: number }
	/** What an action under way says of itself. */
	| { readonly kind: 'progress'; readonly title: string }
	/** An answer is waited for. */
	| { readonly kind: 'waiting'; readonly title: string; readonly token: number };

export type FormOverlay = {
	readonly kind: 'form';
	readonly question: FormQuestion;
	/** Values field by field, or the conf as JSON text. */
	readonly mode: 'fields' | 'json';
	readonly values: Readonly<Record<string, string>>;
	readonly index: number;
	/** The text being typed: of the field of that index, or the JSON. */
	readonly field: TextField;
	readonly problems: Problems;
	/** Which of the recent confs was taken last. */
	readonly recent: number;
};

/** What follows when a question was answered with Yes. */
export type Confirmed =
	| { readonly kind: 'perform'; readonly plan: Plan }
	| { readonly kind: 'open shell'; readonly shell: ShellRequest };
