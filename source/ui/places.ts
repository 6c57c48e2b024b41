import { type Language, textIn } from '../words/language.ts';
import { lists } from './lists/lists.ts';
import type { PlaceContract } from './panes/pane.ts';
import { panes } from './panes/panes.ts';
import { type Place, placeOf } from './place.ts';

/** All panes, then all lists. */
export const places: readonly PlaceContract[] = [...panes, ...lists];

const byId: ReadonlyMap<string, PlaceContract> = new Map(places.map(place => [place.id, place]));

export function contractOf(id: Place): PlaceContract {
	const place = byId.get(id);
	if (!place) throw new Error(`there is no place ${id}`);
	return place;
}

export function placeAt(view: Parameters<typeof placeOf>[0]): PlaceContract {
	return contractOf(placeOf(view));
}

/** `the services pane and the logs pane`, for hints and docs. */
export function placesInWords(ids: readonly Place[], language: Language): string {
	const names = ids.map(id => textIn(contractOf(id).name, language));
	return inWords(language === 'en' ? names.map(name => `the ${name}`) : names, language);
}

/** `services and the DAG list`, for the help. */
export function placesInShort(ids: readonly Place[], language: Language): string {
	return inWords(
		ids.map(id => textIn(contractOf(id).shortName, language)),
		language,
	);
}

/** Korean separates names by commas only. */
function inWords(names: readonly string[], language: Language): string {
	const list = names.join(', ');
	return language === 'ko' ? list : list.replace(/, ([^,]+)$/, ' and $1');
}
