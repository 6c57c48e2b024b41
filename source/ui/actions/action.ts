import type { Clients } from '../../clients/clients.ts';
import type { CheckLine } from '../../diagnosis/check-report.ts';
import type { Acknowledgement, AcknowledgementsProblem } from '../../model/acknowledgement.ts';
import type { StackState } from '../../model/state.ts';
import type { Clock } from '../../model/time/clock.ts';
import type { FirstUser } from '../../operations/stack/init.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { ImageTerminal } from '../../presentation/image/image-terminal.ts';
import type { Language, Text } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, ViewState } from '../conversation.ts';
import type { LogScreen } from '../panes/logs/logs-window.ts';
import type { ShownLog } from '../panes/logs/shown-log.ts';
import type { Place } from '../place.ts';
import type { Verb } from './verbs.ts';

export type ActionGroup = 'move' | 'look' | 'change' | 'program';

/** What an action reads. */
export type ActionContext = {
	readonly state: StackState;
	readonly view: ViewState;
	readonly ownProject: string | null;
	readonly now: number;
	/** Rows of the focused pane: the length of a page. */
	readonly page: number;
	/** Cells inside the borders of the focused pane, and its rows below the title. */
	readonly room: { readonly width: number; readonly height: number };
	readonly glyphs: Glyphs;
	/** The log in the logs pane, as it is on the screen. */
	readonly log: LogScreen;
	readonly shownLog: ShownLog;
	readonly language: Language;
	/** Writes texts in that language. */
	readonly say: Writer;
};

/** What an action that calls servers reads besides. */
export type StepContext = ActionContext & {
	readonly clients: Clients;
	readonly clock: Pick<Clock, 'now'>;
	/** The facts as they are when it is called: a page may stay open for long. */
	readonly current: () => StackState;
	readonly signal: AbortSignal;
	/** The available actions, for palette and help. */
	readonly actions: readonly Action[];
	/** Also the actions that read-only mode disables: their commands may still be shown. */
	readonly allActions: readonly Action[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly experimentName: string;
	/** Login of Airflow, also used to create the first user. */
	readonly airflowLogin: FirstUser;
	readonly readOnly: boolean;
	readonly isDemo: boolean;
	/** Resolve with the reason why it was not saved, or null. */
	readonly acknowledge: (acknowledgement: Acknowledgement) => Promise<AcknowledgementsProblem | null>;
	readonly unacknowledge: (findingId: string) => Promise<AcknowledgementsProblem | null>;
	/** Runs all checks now; resolves when they are done. */
	readonly deepCheck: () => Promise<void>;
	/** The results so far. */
	readonly checkReport: () => readonly CheckLine[];
	/** Profiles of the configuration, and the active one. */
	readonly profiles: readonly string[];
	readonly profile: string | null;
	/** What the key of the action does. */
	readonly begin: (action: Action) => Effect;
	/** The same at another place or row. */
	readonly beginWith: (action: Action, change: (view: ViewState) => ViewState) => Effect;
	/** The same, but shows the command of the plan instead of asking to run it. */
	readonly explain: (action: Action) => Effect;
	readonly auditFile: string;
	/** How the terminal shows images. */
	readonly images: () => Promise<ImageTerminal>;
};

type Common = {
	readonly id: string;
	/** What its keys mean. */
	readonly verb: Verb;
	/** Names of keys, see `ui/keys.ts`; hints show the first. An action without keys is in the palette only. */
	readonly keys: readonly string[];
	/** A word or two for the key bar. */
	readonly label: Text;
	/** A sentence for the help screen, without the full stop. It names no keys: users may bind others. */
	readonly help: Text;
	readonly group: ActionGroup;
	/** Where the keys are bound, the home place first; everywhere when left out. */
	readonly places?: readonly Place[];
	/** Only in full-screen panes (true) or only in others (false); both when left out. */
	readonly zoomed?: boolean;
	/** Only for stacks with a container engine; so are actions of places that need one. */
	readonly needsEngine?: true;
	/** The kind of rows that it is about together: with two of them marked, key bar and palette offer it first. */
	readonly forMarks?: 'mlflow-run' | 'model-version';
	/** Other words for it by which the palette and the search in the help find it. */
	readonly words?: Text;
	/** Whether the key bar shows it where it fits. */
	readonly inKeyBar?: boolean;
};

/** Changes the view only. */
export type ViewAction = Common & {
	readonly kind: 'view';
	readonly apply: (context: ActionContext) => ViewState;
};

/** Calls servers, asks the user, or concerns the program; never changes the stack. */
export type LookAction = Common & {
	readonly kind: 'look';
	/** A terminal convention of every program: it works inside dialogs too. */
	readonly asksTerminal?: 'suspend' | 'repaint';
	readonly begin: (context: StepContext) => Effect;
};

/** Changes the stack, or gives the means to; disabled in read-only mode. */
export type ChangeAction = Common & {
	readonly kind: 'change';
	/** Nothing happens before the user confirms. Help and docs mention it. */
	readonly asksFirst: true;
	/** Leads to a plan, with questions first where needed, or to a refusal. */
	readonly begin: (context: StepContext) => Effect;
};

export type Action = ViewAction | LookAction | ChangeAction;
