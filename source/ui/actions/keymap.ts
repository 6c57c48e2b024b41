import type { KeyBinding } from '../../config/schema.ts';
import { ConfigError } from '../../model/failures/config-error.ts';
import { nearest } from '../../model/text/nearest.ts';
import { type Message, phrase } from '../../words/message.ts';
import { keyFromWords } from '../keys.ts';

type Bound = {
	readonly id: string;
	readonly keys: readonly string[];
	/** Everywhere when left out. */
	readonly places?: readonly string[];
	/** Only in full-screen panes, or only in others. */
	readonly zoomed?: boolean;
};

/** There is always a way out. */
const alwaysQuits = 'ctrl-c';

const fix = phrase(['docs/keys.md lists all actions and keys', '동작과 키의 목록은 docs/keys.md에 있습니다']);
const anotherKey = phrase(['Choose another key', '다른 키를 선택하세요']);

/**
 * The actions with the user's key bindings. Takes the whole table, so that in read-only mode no key of a changing
 * action gets another meaning by mistake. A key moves from its action to the one that the user names, as long as the
 * first keeps another key. Throws ConfigError with the line for an unknown action, an unknown key, and a key with two
 * meanings in one place.
 */
export function withKeymap<T extends Bound>(actions: readonly T[], keymap: readonly KeyBinding[]): readonly T[] {
	if (keymap.length === 0) return actions;
	const wanted = new Map<string, KeyBinding>();
	for (const binding of keymap) {
		const { actionId, where } = binding;
		if (!actions.some(action => action.id === actionId)) {
			const ids = actions.map(action => action.id);
			throw new ConfigError(unknownAction(where, actionId, nearest(actionId, ids)), fix);
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
						boundTwice(binding.where, { key, one: action.id, other: rival.id }, places),
						phrase(
							[
								'Choose another key, or give {other} another key as well',
								'다른 키를 선택하거나 {other}에도 다른 키를 지정하세요',
							],
							{ other: rival.id },
						),
					);
				}
				bound[at] = { ...rival, keys: rival.keys.filter(one => one !== key) };
			}
		}
	}
	return bound;
}

function unknownAction(where: string, id: string, meant: string | undefined): Message {
	return meant === undefined
		? phrase(['{where}: unknown action {id}', '{where}: 알 수 없는 동작 {id}'], { where, id })
		: phrase(
				[
					'{where}: unknown action {id}; did you mean {meant}?',
					'{where}: 알 수 없는 동작 {id}, {meant}을(를) 찾으셨습니까?',
				],
				{ where, id, meant },
			);
}

type Twice = { readonly key: string; readonly one: string; readonly other: string };

/** `places`: null for everywhere. */
function boundTwice(where: string, twice: Twice, places: readonly string[] | null): Message {
	return places === null
		? phrase(
				[
					'{where}: key {key} is bound to both {one} and {other}',
					'{where}: {key} 키가 {one}과(와) {other} 모두에 지정되어 있습니다',
				],
				{ where, ...twice },
			)
		: phrase(
				[
					'{where}: key {key} is bound to both {one} and {other} ({places})',
					'{where}: {key} 키가 {one}과(와) {other} 모두에 지정되어 있습니다 ({places})',
				],
				{ where, ...twice, places: places.join(', ') },
			);
}

function keysOf({ actionId, keys, where }: KeyBinding): string[] {
	const names = keys.map(words => {
		const found = keyFromWords(words);
		if ('problem' in found)
			throw new ConfigError(
				phrase(['{where}: {problem}', '{where}: {problem}'], { where, problem: found.problem }),
				fix,
			);
		if (found.key === alwaysQuits && actionId !== 'quit') {
			throw new ConfigError(
				phrase(['{where}: Ctrl-C always quits', '{where}: Ctrl-C는 항상 종료 키이므로 바꿀 수 없습니다'], { where }),
				anotherKey,
			);
		}
		return found.key;
	});
	return [...new Set(actionId === 'quit' ? [...names, alwaysQuits] : names)];
}

/** The places of both; null for everywhere. */
function shared(one: Bound, other: Bound): readonly string[] | null {
	if (one.zoomed !== undefined && other.zoomed !== undefined && one.zoomed !== other.zoomed) return [];
	const [mine, theirs] = [one.places, other.places];
	if (!mine || !theirs) return mine ?? theirs ?? null;
	return mine.filter(place => theirs.includes(place));
}

/** Whether the table itself binds the key to both: the more specific one wins, see `bindings.ts`. */
function haveBoth(one: Bound | undefined, other: Bound | undefined, key: string): boolean {
	return one !== undefined && other !== undefined && one.keys.includes(key) && other.keys.includes(key);
}
