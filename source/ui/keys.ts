import type { Key } from 'ink';
import { nearest } from '../model/text/nearest.ts';
import { type Message, phrase } from '../words/message.ts';

/** The name of a key as in the action table: the character itself, or a word. */
export function keyName(input: string, key: Partial<Key>): string | null {
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.pageUp) return 'pageup';
	if (key.pageDown) return 'pagedown';
	if (key.home) return 'home';
	if (key.end) return 'end';
	if (key.return) return 'enter';
	if (key.escape) return 'esc';
	if (key.tab) return key.shift ? 'shift-tab' : 'tab';
	if (key.backspace) return 'backspace';
	if (key.delete) return 'delete';
	if (key.ctrl && /^[a-z]$/.test(input)) return `ctrl-${input}`;
	if (key.meta || key.ctrl) return null;
	if (input === ' ') return 'space';
	return input.length > 0 ? input : null;
}

/** Keys typed faster than they are read arrive together: each character is a key press. */
export function keyNames(input: string, key: Partial<Key>): string[] {
	if (lateAnswer.test(input)) return [];
	// Two Escs that arrive together.
	if (key.escape && input === '\u001B') return ['esc', 'esc'];
	const characters = [...input];
	// Esc and a character in one read look like Alt and the character, and nothing is bound to Alt.
	if (key.meta && !key.ctrl && characters.length === 1 && !unknownKey.test(input)) {
		return ['esc', keyName(input, { ...key, meta: false })].filter(name => name !== null);
	}
	const together = characters.length > 1 && !input.startsWith('\u001B') && !unknownKey.test(input);
	if (!together || key.ctrl || key.meta) return [keyName(input, key)].filter(name => name !== null);
	return characters.map(character => {
		const code = character.codePointAt(0) ?? 0;
		// Ctrl and a letter is the position of the letter in the alphabet (ASCII).
		return controlKeys[character] ?? (code >= 1 && code <= 26 ? `ctrl-${String.fromCharCode(96 + code)}` : character);
	});
}

/**
 * A key that Ink does not know, without its ESC: a control sequence as in ECMA-48, with a final byte that keys have.
 */
const unknownKey = /^\[[0-?]*[ -/]*[A-Za-z~^$@]$/;

/** The late response of the terminal to `probe-terminal.ts` on a very slow line; Ink has removed the `ESC ]`. */
const lateAnswer = /^\]?11;(rgb|#)/;

const controlKeys: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	' ': 'space',
	'\u001B': 'esc',
	'\u007F': 'backspace',
};

/** Names of keys in the help. */
const keyTitles: Readonly<Record<string, string>> = {
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	'shift-tab': 'Shift-Tab',
	space: 'Space',
	backspace: 'Backspace',
	delete: 'Delete',
};

/** The name of a key in the help. */
export function keyTitle(key: string): string {
	return keyTitles[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

/** The name of an action's key in the help; null if it has none, or is not available in read-only mode. */
export function keyOfAction(
	actions: readonly { readonly id: string; readonly keys: readonly string[] }[],
	actionId: string,
): string | null {
	const key = actions.find(action => action.id === actionId)?.keys[0];
	return key === undefined ? null : keyTitle(key);
}

/** Terminals send the code of another key for Ctrl and these letters. */
const sameAs: Readonly<Record<string, string>> = {
	'ctrl-h': 'backspace',
	'ctrl-i': 'tab',
	'ctrl-j': 'enter',
	'ctrl-m': 'enter',
};

/** The name of a key as a user wrote it, in upper or lower case (`Ctrl-R`, `PgUp`, `T`), or why it is none. */
export function keyFromWords(words: string): { readonly key: string } | { readonly problem: Message } {
	const name =
		words === ' '
			? 'space'
			: words
					.trim()
					.toLowerCase()
					.replaceAll(/[ _+]+(?=.)/g, '-');
	if (words.length === 1 || [...new Intl.Segmenter().segment(words)].length === 1) {
		return /^\p{C}/u.test(words)
			? { problem: phrase(['a control character cannot be a key', '제어 문자는 키로 쓸 수 없습니다']) }
			: { key: words === ' ' ? name : words };
	}
	const control = name.replace(/^(control|ctl|c)-/, 'ctrl-');
	const other = sameAs[control];
	if (other)
		return {
			problem: phrase(
				[
					'terminals send the same bytes for {control} and {same}: write {other}',
					'터미널은 {control}과(와) {same}에 같은 바이트를 보냅니다: {other}으로(로) 쓰세요',
				],
				{ control: keyTitle(control), same: keyTitle(other), other },
			),
		};
	if (/^ctrl-[a-z]$/.test(control)) return { key: control };
	const shifted = /^shift-(\p{Ll})$/u.exec(name)?.[1];
	if (shifted) return { key: shifted.toUpperCase() };
	const known = Object.keys(keyTitles).find(key => key === name || keyTitles[key]?.toLowerCase() === name);
	if (known) return { key: known };
	const meant = nearest(name, [...Object.keys(keyTitles), ...Object.values(keyTitles)]);
	return {
		problem:
			meant === undefined
				? phrase(['unknown key {words}', '알 수 없는 키 {words}'], { words })
				: phrase(['unknown key {words}; did you mean {meant}?', '알 수 없는 키 {words}, {meant}을(를) 찾으셨습니까?'], {
						words,
						meant,
					}),
	};
}
