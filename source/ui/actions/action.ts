import type { Clients } from '../../clients/clients.ts';
import type { CheckLine } from '../../diagnosis/check-report.ts';
import type { Acknowledgement, AcknowledgementsProblem } from '../../model/acknowledgement.ts';
import type { Clock } from '../../model/clock.ts';
import type { Secret } from '../../model/secret.ts';
import type { StackState } from '../../model/state.ts';
import type { Language, Text } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, ViewState } from '../conversation.ts';
import type { LogScreen } from '../panes/logs/logs-window.ts';
import type { ShownLog } from '../panes/logs/shown-log.ts';
import type { Place } from '../place.ts';

export type ActionGroup = 'move' | 'look' | 'change' | 'program';

/** What an action is decided from. */
export type ActionContext = {
	readonly state: StackState;
	readonly view: ViewState;
	readonly ownProject: string | null;
	readonly now: number;
	/** Rows of the focused pane: how far a page goes. */
	readonly page: number;
	/** The log in the logs pane, as it is on the screen. */
	readonly log: LogScreen;
	readonly shownLog: ShownLog;
	readonly language: Language;
	/** Writes texts in that language. */
	readonly say: Writer;
};

/** What an action that asks servers works with, besides. */
export type StepContext = ActionContext & {
	readonly clients: Clients;
	readonly clock: Pick<Clock, 'now'>;
	readonly signal: AbortSignal;
	/** All actions there are here, for palette and help. */
	readonly actions: readonly Action[];
	/** Those that read-only mode takes away as well: what they would run may be looked at. */
	readonly allActions: readonly Action[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly experimentName: string;
	/** How laketop logs in to Airflow: what the first user is created with. */
	readonly airflowLogin: { readonly username: string; readonly password: Secret };
	readonly readOnly: boolean;
	readonly isDemo: boolean;
	/** Acknowledges a finding, or takes that back; resolves with why that was not saved, or null. */
	readonly acknowledge: (acknowledgement: Acknowledgement) => Promise<AcknowledgementsProblem | null>;
	readonly unacknowledge: (findingId: string) => Promise<AcknowledgementsProblem | null>;
	/** Checks everything that a diagnosis rests on, now; resolves when that is done. */
	readonly deepCheck: () => Promise<void>;
	/** What was checked up to now. */
	readonly checkReport: () => readonly CheckLine[];
	/** Profiles of the configuration, and the one in force. */
	readonly profiles: readonly string[];
	readonly profile: string | null;
	/** Does what a key of the table does. */
	readonly begin: (action: Action) => Effect;
	/** Goes to another place or row first, and does it there. */
	readonly beginWith: (action: Action, change: (view: ViewState) => ViewState) => Effect;
	/** The same, but shows what a plan would run instead of asking to run it. */
	readonly explain: (action: Action) => Effect;
	/** Path of the record of actions. */
	readonly auditFile: string;
};

type Common = {
	readonly id: string;
	/** Names of keys, see `ui/keys.ts`; the first is the one that hints show. None: in the palette alone. */
	readonly keys: readonly string[];
	/** A word or two for the key bar. */
	readonly label: Text;
	/** A sentence for the help screen, without the full stop. It names no keys: users may bind others. */
	readonly help: Text;
	readonly group: ActionGroup;
	/** Where the key means this, first where it is at home; everywhere when left out. */
	readonly places?: readonly Place[];
	/** Only where the pane is opened over the whole screen (true), or only where it is not (false); both when left out. */
	readonly zoomed?: boolean;
	/** Whether the key bar shows it, room given. */
	readonly inKeyBar?: boolean;
};

/** Changes what is looked at, nothing else. */
export type ViewAction = Common & {
	readonly kind: 'view';
	readonly apply: (context: ActionContext) => ViewState;
};

/** Looks at something that has to be asked for, asks the user something, or is about the program; the stack stays as it is. */
export type LookAction = Common & {
	readonly kind: 'look';
	/** What its Ctrl key asks of the terminal, as in every program: no dialog keeps it from working. */
	readonly asksTerminal?: 'suspend' | 'repaint';
	readonly begin: (context: StepContext) => Effect;
};

/** Changes the stack, or gives the means to; not there in read-only mode. */
export type ChangeAction = Common & {
	readonly kind: 'change';
	/** Nothing is done before the user has confirmed it. Help and docs say so of these actions. */
	readonly asksFirst: true;
	/** Leads to a plan, through questions where need be, or to why it cannot be done here and now. */
	readonly begin: (context: StepContext) => Effect;
};

export type Action = ViewAction | LookAction | ChangeAction;
