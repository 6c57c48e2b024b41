import type { ViewState } from '../conversation.ts';
import { lists } from '../lists/lists.ts';
import { panes } from '../panes/panes.ts';
import { type Place, placeOf } from '../place.ts';
import type { Action } from './action.ts';

/** Where keys are bound: a list, or a pane in full screen or not. */
export type Spot = { readonly place: Place; readonly zoomed: boolean };

export const spots: readonly Spot[] = [
	...panes.flatMap(({ id }) => [
		{ place: id, zoomed: false },
		{ place: id, zoomed: true },
	]),
	...lists.map(({ id }) => ({ place: id, zoomed: false })),
];

export function spotOf(view: Pick<ViewState, 'focus' | 'browse'> & { readonly zoomed?: boolean }): Spot {
	return { place: placeOf(view), zoomed: (view.zoomed ?? false) && view.browse === null };
}

type Bound = {
	readonly keys: readonly string[];
	readonly places?: readonly Place[];
	readonly zoomed?: boolean;
};

export function isBoundAt({ places, zoomed }: Omit<Bound, 'keys'>, spot: Spot): boolean {
	return (!places || places.includes(spot.place)) && (zoomed === undefined || zoomed === spot.zoomed);
}

/** Whether enough rows are marked for an action on several of them. */
export function isForMarks({ forMarks }: Pick<Action, 'forMarks'>, marks: readonly string[]): boolean {
	return forMarks !== undefined && marks.filter(mark => mark.startsWith(`${forMarks} `)).length > 1;
}

/** Actions of one place precede those of several places, and those the global ones. */
const rankOf = ({ places }: Bound): number => (places === undefined ? 2 : places.length === 1 ? 0 : 1);

/**
 * The actions that a key can mean at a spot: the most specific ones bound to it. In the table there is at most one,
 * which a test checks.
 */
export function holdersOf<T extends Bound>(all: readonly T[], key: string, spot: Spot): readonly T[] {
	const bound = all.filter(action => action.keys.includes(key) && isBoundAt(action, spot));
	const most = Math.min(...bound.map(rankOf));
	return bound.filter(action => rankOf(action) === most);
}

/** The keys of an action at a spot, without those that a more specific action has there. */
export function keysAt<T extends Bound>(all: readonly T[], action: T, spot: Spot): readonly string[] {
	return action.keys.filter(key => holdersOf(all, key, spot)[0] === action);
}

/** The same for a place, in full screen or not. */
export function keysIn<T extends Bound>(all: readonly T[], action: T, place: Place): readonly string[] {
	const here = spots.filter(spot => spot.place === place);
	return action.keys.filter(key => here.some(spot => keysAt(all, action, spot).includes(key)));
}

/** Keys of an action that belong to another action in some places; `keys` is null for all of them. */
export type Exception = { readonly keys: readonly string[] | null; readonly places: readonly Place[] };

/** Where other actions have the keys of this one, in full screen and not, although it is available. */
export function exceptionsOf<T extends Bound>(all: readonly T[], action: T): readonly Exception[] {
	const missing = action.keys.map(key => {
		const bound = spots.filter(spot => isBoundAt(action, spot));
		const own = bound.filter(spot => holdersOf(all, key, spot)[0] === action).map(({ place }) => place);
		return { key, places: [...new Set(bound.map(({ place }) => place))].filter(place => !own.includes(place)) };
	});
	const groups = Object.values(Object.groupBy(missing, ({ places }) => places.join(' ')));
	return groups.flatMap((group = []): Exception[] => {
		const [first] = group;
		if (!first || first.places.length === 0) return [];
		return [{ keys: group.length === action.keys.length ? null : group.map(({ key }) => key), places: first.places }];
	});
}
