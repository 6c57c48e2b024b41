import type { StackState } from '../model/state.ts';
import type { PaneId } from '../ui/layout.ts';
import type { ViewState } from '../ui/view-state.ts';
import type { Planned } from './plan.ts';

export type ActionGroup = 'move' | 'look' | 'change' | 'program';

/** What an action is decided from. */
export type ActionContext = {
	readonly state: StackState;
	readonly view: ViewState;
	readonly ownProject: string | null;
	readonly now: number;
	/** Rows of the focused pane: how far a page goes. */
	readonly page: number;
	/** Numbers of the first line held of the shown log, and of the next one to come. */
	readonly logFirst: number;
	readonly logNext: number;
};

type Common = {
	readonly id: string;
	/** Names of keys, see `keys.ts`; the first is the one that hints show. */
	readonly keys: readonly string[];
	/** A word or two for the key bar. */
	readonly label: string;
	/** A sentence for the help screen. */
	readonly help: string;
	readonly group: ActionGroup;
	/** Panes in which the key means this; everywhere when left out. */
	readonly panes?: readonly PaneId[];
	/** Whether the key bar shows it, room given. */
	readonly inKeyBar?: boolean;
};

/** Changes what is looked at, nothing else. */
export type ViewAction = Common & {
	readonly kind: 'view';
	readonly apply: (context: ActionContext) => ViewState;
};

/** Changes the stack: asks first; not there in read-only mode. */
export type ChangeAction = Common & {
	readonly kind: 'change';
	/** The plan, or in a sentence why it cannot be done here and now. */
	readonly plan: (context: ActionContext) => Planned;
};

export type Quit = Common & { readonly kind: 'quit' };
export type Refresh = Common & { readonly kind: 'refresh' };

export type Action = ViewAction | ChangeAction | Quit | Refresh;
