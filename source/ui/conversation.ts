import type { ChosenColumns } from '../model/run-columns.ts';
import type { ThemeChoice } from '../model/settings/looks.ts';
import type { Plan, Refusal, ShellRequest } from '../operations/plan/plan.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import type { Cells } from '../presentation/image/scale.ts';
import type { ImageFile } from '../presentation/image/shown-image.ts';
import type { Line } from '../presentation/text.ts';
import type { Text } from '../words/language.ts';
import type { ChartState } from './chart-state.ts';
import type { Hint } from './hint.ts';
import type { LogsViewState } from './panes/logs/logs-state.ts';
import type { ListId, PaneId } from './place.ts';

/**
 * Where the user is, and what keys lead to. These types refer to each other: an effect may be a question, and the
 * answer to a question is an effect. Open dialogs are in `dialogs/`.
 */

/** A full-screen list. */
export type Browse = {
	readonly kind: ListId;
	/** Words that the rows contain. */
	readonly filter: string;
	/** ID of the sort column, with `-` in reverse order; null: the default order. */
	readonly sort: string | null;
	/** The state of runs, or the kind of events; null: all. */
	readonly state: string | null;
	/** ID of the selected row; null: the first. */
	readonly selected: string | null;
	/** The list that it was opened from. */
	readonly back: Browse | null;
};

/** Which rows of the services pane are shown, and in which order. */
export type ServicesViewState = Pick<Browse, 'filter' | 'sort' | 'state'> & {
	/** Ids of the services and projects whose containers are shown. */
	readonly unfolded: readonly string[];
};

/** Views of a pipeline, in the order of the key that goes through them. */
export const pipelineViews = ['tasks', 'gantt', 'graph', 'grid', 'trend'] as const;
export type PipelineViewId = (typeof pipelineViews)[number];

/** Task groups in the graph and in the grid. */
export type GraphViewState = {
	/** Nodes of the groups that are one box or row each: `group ingest`. */
	readonly folded: readonly string[];
	/** The selected group, in the graph a folded one; null: the selected task, if there is one. */
	readonly group: string | null;
};

/** The state of the screen, independent of the facts. */
export type ViewState = {
	readonly focus: PaneId;
	readonly zoomed: boolean;
	/** Whether the terminal reports the mouse. */
	readonly mouse: boolean;
	/** Chosen on the screen; null: the configured theme. */
	readonly theme: ThemeChoice | null;
	/** The screen is frozen; facts are still collected. */
	readonly frozen: boolean;
	/**
	 * Id of the selected row: the name of a container, `project/service` for a service of several replicas, `project/` for
	 * another project; null: the first row of the own project.
	 */
	readonly selectedService: string | null;
	readonly services: ServicesViewState;
	readonly dagId: string;
	/** The chosen run; null follows the newest. */
	readonly dagRunId: string | null;
	/** The selected task of the pipeline; null: actions apply to the run. */
	readonly taskId: string | null;
	/** The chosen instance of a mapped task: `divide[7]`. Ignored for other tasks. */
	readonly instance: string | null;
	/** How the pipeline is drawn in full screen. */
	readonly pipelineView: PipelineViewId;
	readonly graph: GraphViewState;
	/** Marked rows: `service airflow-worker`, `service mlops/airflow-worker` for all its replicas, `run manual__1`, `task x`, `dag y`. */
	readonly marks: readonly string[];
	readonly browse: Browse | null;
	/** null: the configured experiment. */
	readonly experiment: string | null;
	/** MLflow's filters of the lists of MLflow runs, by experiment; '' for the configured one. */
	readonly runFilters: Readonly<Record<string, string>>;
	/** Columns of the lists of MLflow runs, by the name of the experiment; left out: the usual ones. */
	readonly runColumns: ChosenColumns;
	/** IDs of MLflow runs whose nested runs are hidden. */
	readonly foldedRuns: readonly string[];
	readonly logs: LogsViewState;
	/** Id of the selected finding; null: the worst. */
	readonly selectedFinding: string | null;
	/** Which findings are shown, and in which order. */
	readonly findings: Pick<Browse, 'filter' | 'sort'>;
	/** Rows by which the open finding is scrolled. */
	readonly findingScroll: number;
	readonly mlflowScroll: number;
	/** Shown in the key bar, for example why a key does nothing here. */
	readonly hint: Hint;
};

/**
 * The result of a key, an answer or a response: a view, a question, a plan. One interpreter carries out all of them
 * (`controller/effects.ts`). A question holds the effect of its answer, so that an action reads as the conversation
 * that it is. While a server is called, the screen shows a waiting message.
 */
export type Effect =
	| { readonly kind: 'view'; readonly change: (view: ViewState) => ViewState }
	| { readonly kind: 'nothing'; readonly hint?: Hint }
	| { readonly kind: 'refusal'; readonly refusal: Refusal }
	/** Continues when servers have answered. */
	| { readonly kind: 'wait'; readonly until: Promise<Effect> }
	/** Evaluated late: the answer of the dialog may still be refused. */
	| { readonly kind: 'answer'; readonly title: string; readonly next: () => Effect }
	// Opens a dialog.
	| { readonly kind: 'choose'; readonly question: ChooseQuestion }
	| { readonly kind: 'input'; readonly question: InputQuestion }
	| { readonly kind: 'form'; readonly question: FormQuestion }
	| { readonly kind: 'page'; readonly page: Page }
	/** Shows it, and fetches what it lacks. */
	| { readonly kind: 'chart'; readonly chart: ChartState }
	| { readonly kind: 'help' }
	/** Shows and keeps columns of the list of MLflow runs; null: the usual ones. */
	| {
			readonly kind: 'columns';
			readonly experiment: string;
			readonly ids: readonly string[] | null;
			readonly next: () => Effect;
	  }
	/** Asks whether to do it. */
	| { readonly kind: 'plan'; readonly plan: Plan }
	/** Asks whether to give the terminal to a shell. */
	| { readonly kind: 'shell'; readonly shell: ShellRequest }
	// Confirmed.
	| { readonly kind: 'perform'; readonly plan: Plan }
	| { readonly kind: 'open shell'; readonly shell: ShellRequest }
	// Needs the terminal or the program.
	| { readonly kind: 'copy'; readonly text: string; readonly what: string | Text }
	| { readonly kind: 'open address'; readonly url: string }
	/** Gives the terminal to the user's pager. */
	| { readonly kind: 'pager'; readonly text: string }
	| { readonly kind: 'refresh' }
	/** Job control, as Ctrl-Z. */
	| { readonly kind: 'suspend' }
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
	/** The key that chooses it, or does the same elsewhere. */
	readonly key?: string;
	/** Why it cannot be chosen. */
	readonly refused?: string;
	/** The same in the other language; typing finds either. */
	readonly also?: { readonly label: string; readonly hint: string };
	/** Other words for it, in both languages. */
	readonly words?: Text;
};

export type ChooseQuestion = {
	readonly title: string;
	readonly choices: readonly Choice[];
	/** Selected at first. */
	readonly selected?: string | undefined;
	/** Typing filters, for long lists; otherwise a key of a choice chooses it. */
	readonly filters: boolean;
	readonly next: (id: string) => Effect;
};

export type InputQuestion = {
	readonly title: string;
	readonly hint: string;
	readonly initial: string;
	/** Typing replaces the initial text, as `/` of less and vim starts empty; Up restores it. */
	readonly isReplaced?: boolean;
	/** Why the text is invalid, or null. */
	readonly problem: (text: string) => string | null;
	readonly next: (text: string) => Effect;
	/** Called at every change, for a filter that takes effect at once; Esc restores the view. */
	readonly live?: ((view: ViewState, text: string) => ViewState) | undefined;
};

export type FormField = {
	readonly name: string;
	/** Type and limits. */
	readonly wanted: string;
	readonly description: string;
	readonly initial: string;
	/** All values, where there are few: Left and Right change the value. */
	readonly values: readonly string[];
};

export type FormQuestion = {
	readonly title: string;
	/** Shown above the fields, one paragraph each. */
	readonly intro?: readonly string[];
	/** The name of the JSON that the fields make; `conf` where left out. */
	readonly label?: string;
	readonly fields: readonly FormField[];
	/** Confs of recent runs, newest first. */
	readonly recent: readonly string[];
	/** The conf as JSON, or the problems by field name. */
	readonly conf: (
		values: Readonly<Record<string, string>>,
	) => { readonly conf: string } | { readonly problems: Problems };
	/** The values of the fields for a conf written as JSON, or its problem. */
	readonly values: (
		conf: string,
	) => { readonly values: Readonly<Record<string, string>> } | { readonly problem: string };
	readonly next: (conf: string) => Effect;
};
export type Problems = Readonly<Record<string, string>>;

/** A text to read: the source of a DAG, an inspection, the command of a plan. */
export type Page = {
	readonly title: string;
	readonly lines: readonly PageLine[];
	/** Below the lines, as large as fits. */
	readonly image?: PageImage | undefined;
	/** What `y` copies; the lines where left out. */
	readonly copies?: string | undefined;
	/** The name of the copied text. */
	readonly copiesWhat?: Text | undefined;
	/** Other keys that copy. */
	readonly also?: readonly { readonly key: string; readonly what: Text; readonly text: string }[];
	/** The line below: source of the text, keys. */
	readonly note?: string | undefined;
	/** Keys that lead on from here. */
	readonly leads?: readonly PageLead[] | undefined;
	/** Where Esc leads; left out: to the screen. */
	readonly back?: (() => Effect) | undefined;
	/** Opens at its end, and stays there while it grows. */
	readonly fromEnd?: boolean | undefined;
	/** Refreshes the page. */
	readonly again?: { readonly everyMs: number; readonly ask: () => Promise<Page> } | undefined;
};
/** Draws an image in a room of cells; null where there is too little. */
export type PageImage = (room: Cells, glyphs: Glyphs) => DrawnImage | null;
/** An image in a page: an empty row, then the drawn rows, or blank rows for the terminal to draw over. */
export type DrawnImage = {
	readonly lines: readonly Line[];
	readonly cells: Cells;
	readonly file: ImageFile | null;
};
export type PageLead = {
	readonly key: string;
	/** A word or two, shown after the key. */
	readonly label: string;
	readonly next: () => Effect;
};
export type PageLine = {
	readonly text: string;
	readonly tone?: 'muted' | 'accent' | 'bad' | 'good' | 'active' | undefined;
	readonly bold?: boolean;
};
