import type { KeyBinding } from '../../config/schema.ts';
import { ConfigError } from '../../model/config-error.ts';
import { didYouMean } from '../../model/nearest.ts';
import { keyFromWords } from '../keys.ts';

/** What of an action matters here. */
type Bound = {
	readonly id: string;
	readonly keys: readonly string[];
	/** Where its keys mean it; everywhere when left out. */
	readonly places?: readonly string[];
	/** Only in an opened pane, or only in one that is not. */
	readonly zoomed?: boolean;
};

/** Quits wherever the user is, whatever else is bound: there must be a way out. */
const alwaysQuits = 'ctrl-c';

const fix = 'docs/keys.md lists actions and keys';

/**
 * The actions with the keys that the user wants them to have. Give it the whole table, before anything is left out of
 * it, so that no key of a changing action is taken by mistake in read-only mode. A key goes from the action that has it
 * by the table to the one that the user gives it to, as long as the first keeps another.
 * Throws ConfigError, naming the line, for an unknown action, an unknown key, and a key that would mean two things at
 * one place.
 */
export function withKeymap<T extends Bound>(actions: readonly T[], keymap: readonly KeyBinding[]): readonly T[] {
	if (keymap.length === 0) return actions;
	const wanted = new Map<string, KeyBinding>();
	for (const binding of keymap) {
		const { actionId, where } = binding;
		if (!actions.some(action => action.id === actionId)) {
			const ids = actions.map(action => action.id);
			throw new ConfigError(`${where}: there is no action ${actionId}${didYouMean(actionId, ids)}`, fix);
		}
		wanted.set(actionId, { ...binding, keys: keysOf(binding) });
	}
	const bound = actions.map((action): T => {
		const keys = wanted.get(action.id)?.keys;
		return keys === undefined ? action : { ...action, keys };
	});
	for (const [index, action] of bound.entries()) {
		const binding = wanted.get(action.id);
		if (!binding) continue;
		for (const key of action.keys) {
			for (const [at, rival] of bound.entries()) {
				if (at === index || !rival.keys.includes(key) || haveBoth(actions[index], actions[at], key)) continue;
				const places = shared(action, rival);
				if (places?.length === 0) continue;
				if (wanted.has(rival.id) || rival.keys.length === 1) {
					throw new ConfigError(
						`${binding.where}: the key ${key} would mean both ${action.id} and ${rival.id}${places ? ` (${places.join(', ')})` : ''}`,
						`Choose another, or give ${rival.id} another key as well`,
					);
				}
				bound[at] = { ...rival, keys: rival.keys.filter(one => one !== key) };
			}
		}
	}
	return bound;
}

function keysOf({ actionId, keys, where }: KeyBinding): string[] {
	const names = keys.map(words => {
		const found = keyFromWords(words);
		if ('problem' in found) throw new ConfigError(`${where}: ${found.problem}`, fix);
		if (found.key === alwaysQuits && actionId !== 'quit') {
			throw new ConfigError(`${where}: Ctrl-C always quits`, 'Choose another key');
		}
		return found.key;
	});
	return [...new Set(actionId === 'quit' ? [...names, alwaysQuits] : names)];
}

/** Where the keys of both mean something; null for everywhere. */
function shared(one: Bound, other: Bound): readonly string[] | null {
	if (one.zoomed !== undefined && other.zoomed !== undefined && one.zoomed !== other.zoomed) return [];
	const [mine, theirs] = [one.places, other.places];
	if (!mine || !theirs) return mine ?? theirs ?? null;
	return mine.filter(place => theirs.includes(place));
}

/** Whether the table itself has both on this key: the more particular one has it there, see `bindings.ts`. */
function haveBoth(one: Bound | undefined, other: Bound | undefined, key: string): boolean {
	return one !== undefined && other !== undefined && one.keys.includes(key) && other.keys.includes(key);
}
