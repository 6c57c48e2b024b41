import type { ServicesViewState } from '../../conversation.ts';
import type { ViewContext } from '../view-context.ts';

export type ServicesViewInput = ViewContext & {
	readonly ownProject: string | null;
	/** Name of the selected container. */
	readonly selected: string | null;
	readonly shown: ServicesViewState;
	/** `service NAME`. */
	readonly marks: readonly string[];
};
