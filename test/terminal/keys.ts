/** The bytes that a terminal such as xterm sends for a key. */

const cursorKeys = { up: 'A', down: 'B', right: 'C', left: 'D', home: 'H', end: 'F' } as const;

const otherKeys = {
	enter: '\r',
	esc: '\x1b',
	tab: '\t',
	'shift-tab': '\x1b[Z',
	space: ' ',
	backspace: '\x7f',
	delete: '\x1b[3~',
	insert: '\x1b[2~',
	pageup: '\x1b[5~',
	pagedown: '\x1b[6~',
	f1: '\x1bOP',
	f2: '\x1bOQ',
	f3: '\x1bOR',
	f4: '\x1bOS',
	f5: '\x1b[15~',
} as const;

type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'o' | 'p' | 'q' | 'r';
type LaterLetter = 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z';

export type Key = keyof typeof cursorKeys | keyof typeof otherKeys | `ctrl-${Letter | LaterLetter}`;

const isCursorKey = (key: Key): key is keyof typeof cursorKeys => key in cursorKeys;
const isOtherKey = (key: Key): key is keyof typeof otherKeys => key in otherKeys;

/** Cursor keys differ while the program has set application cursor mode (DECCKM). */
export function bytesOfKey(key: Key, applicationCursor: boolean): string {
	if (isCursorKey(key)) {
		return `${applicationCursor ? '\x1bO' : '\x1b['}${cursorKeys[key]}`;
	}
	if (isOtherKey(key)) {
		return otherKeys[key];
	}
	return String.fromCharCode(key.charCodeAt('ctrl-'.length) & 0x1f);
}
