import { type Language, type Text, textIn } from '../words/language.ts';
import type { Action } from './actions/action.ts';
import { isBoundAt, isForMarks, keysAt, spotOf } from './actions/bindings.ts';
import type { ViewState } from './conversation.ts';

export type KeyHint = { readonly key: string; readonly label: string };

/** The label of the key that closes what is open. */
const backLabel: Text = ['back', '뒤로'];

/**
 * The hints of the key bar in the current place, the most wanted first; those in `always` are shown even if others have
 * to be left out. An action whose first key has another meaning here is not shown; the other meaning is.
 */
export function keyHints(
	actions: readonly Action[],
	view: Pick<ViewState, 'focus' | 'browse' | 'zoomed' | 'marks'>,
	language: Language,
): { readonly first: readonly KeyHint[]; readonly always: readonly KeyHint[] } {
	const spot = spotOf(view);
	const isOpened = spot.zoomed || view.browse !== null;
	const hint = (action: Action): KeyHint[] => {
		const [key] = action.keys;
		return key !== undefined && keysAt(actions, action, spot)[0] === key
			? [{ key, label: textIn(action.label, language) }]
			: [];
	};
	const here = actions.filter(action => (action.inKeyBar || isForMarks(action, view.marks)) && isBoundAt(action, spot));
	// The way out of a full-screen pane or list is always shown.
	const ways = actions.filter(({ id, keys }) => (id === 'back' || (id === 'zoom' && spot.zoomed)) && keys.length > 0);
	const way = isOpened ? (ways.find(({ id }) => id === 'back') ?? ways[0]) : undefined;
	// In full screen, nothing else names the other views of the pane.
	const isOtherView = ({ verb }: Action) => spot.zoomed && spot.place === 'pipeline' && verb === 'next view';
	// What the marks were made for, then actions whose home is here, then others bound here, then global ones.
	const rank = (action: Action) =>
		isForMarks(action, view.marks) || isOtherView(action)
			? -1
			: action.places === undefined
				? 2
				: action.places[0] === spot.place
					? 0
					: 1;
	const others = here
		.filter(action => action.group !== 'program' && action !== way && !(spot.zoomed && action.id === 'zoom'))
		.toSorted((one, other) => rank(one) - rank(other));
	return {
		first: [
			...(way ? hint(way).map(({ key }) => ({ key, label: textIn(backLabel, language) })) : []),
			...others.flatMap(hint),
		],
		always: here.filter(action => action.group === 'program').flatMap(hint),
	};
}
