import type { Key } from 'ink';

/** Names of keys as the action table writes them: the character itself, or a word. */
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
	if (key.backspace || key.delete) return 'backspace';
	if (key.ctrl && /^[a-z]$/.test(input)) return `ctrl-${input}`;
	if (key.meta || key.ctrl) return null;
	if (input === ' ') return 'space';
	return input.length > 0 ? input : null;
}

/** Keys typed faster than they are read arrive together: they are as many presses as characters. */
export function keyNames(input: string, key: Partial<Key>): string[] {
	const characters = [...input];
	const together = characters.length > 1 && !input.startsWith('\u001B') && !input.startsWith('[');
	if (!together || key.ctrl || key.meta) return [keyName(input, key)].filter(name => name !== null);
	return characters.map(character => controlKeys[character] ?? character);
}

const controlKeys: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	' ': 'space',
	'\u001B': 'esc',
	'\u007F': 'backspace',
	'\u0003': 'ctrl-c',
};

/** A key as the help writes it. */
export function keyTitle(key: string): string {
	const titles: Readonly<Record<string, string>> = {
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
	};
	return titles[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

/** What a terminal with focus reporting sends when it gets or loses the focus (xterm, `CSI ? 1004 h`). */
export function focusChange(input: string): boolean | null {
	if (input === '\u001B[I' || input === '[I') return true;
	if (input === '\u001B[O' || input === '[O') return false;
	return null;
}
