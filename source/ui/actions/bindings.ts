import type { ViewState } from '../conversation.ts';
import { lists } from '../lists/lists.ts';
import { panes } from '../panes/panes.ts';
import { type Place, placeOf } from '../place.ts';

/** Which action has a key where. */

/** Where keys mean something: a list, or a pane, opened over the whole screen or not. */
export type Spot = { readonly place: Place; readonly zoomed: boolean };

/** Every spot that there is. */
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

/** What of an action matters here. */
type Bound = {
	readonly keys: readonly string[];
	readonly places?: readonly Place[];
	readonly zoomed?: boolean;
};

/** Whether the action is there at a spot. */
export function isBoundAt({ places, zoomed }: Omit<Bound, 'keys'>, spot: Spot): boolean {
	return (!places || places.includes(spot.place)) && (zoomed === undefined || zoomed === spot.zoomed);
}

/** How particular an action is: of one place, of several, of everywhere. */
const rankOf = ({ places }: Bound): number => (places === undefined ? 2 : places.length === 1 ? 0 : 1);

/**
 * The actions that a key means at a spot: the most particular ones of those that are bound to it. The table gives one at
 * the most; a test holds it to that.
 */
export function holdersOf<T extends Bound>(all: readonly T[], key: string, spot: Spot): readonly T[] {
	const bound = all.filter(action => action.keys.includes(key) && isBoundAt(action, spot));
	const most = Math.min(...bound.map(rankOf));
	return bound.filter(action => rankOf(action) === most);
}

/** The keys that mean an action at a spot: not those that mean something more particular there. */
export function keysAt<T extends Bound>(all: readonly T[], action: T, spot: Spot): readonly string[] {
	return action.keys.filter(key => holdersOf(all, key, spot)[0] === action);
}

/** The same for a place, opened or not. */
export function keysIn<T extends Bound>(all: readonly T[], action: T, place: Place): readonly string[] {
	const here = spots.filter(spot => spot.place === place);
	return action.keys.filter(key => here.some(spot => keysAt(all, action, spot).includes(key)));
}

/** Keys of an action that mean something else in some of its places; `keys` is null where it is all of them. */
export type Exception = { readonly keys: readonly string[] | null; readonly places: readonly Place[] };

/** Where the keys of an action do not mean it, though the action is there. */
export function exceptionsOf<T extends Bound>(all: readonly T[], action: T): readonly Exception[] {
	const missing = action.keys.map(key => {
		const taken = spots.filter(spot => isBoundAt(action, spot) && holdersOf(all, key, spot)[0] !== action);
		return { key, places: [...new Set(taken.map(({ place }) => place))] };
	});
	const groups = Object.values(Object.groupBy(missing, ({ places }) => places.join(' ')));
	return groups.flatMap((group = []): Exception[] => {
		const [first] = group;
		if (!first || first.places.length === 0) return [];
		return [{ keys: group.length === action.keys.length ? null : group.map(({ key }) => key), places: first.places }];
	});
}
