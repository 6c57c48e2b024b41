import { eastAsianWidthType } from 'get-east-asian-width';
import type { StateSymbol } from '../model/airflow/task-state.ts';

/**
 * All characters that laketop draws beyond ASCII. Many of the usual drawing characters (● ○ ─ │ → ▁) are of East Asian
 * ambiguous width: terminals of Korean, Japanese and Chinese users often draw them two cells wide, which breaks every
 * frame. `unicode` is for terminals that draw them in one cell, `narrow` uses only characters that no terminal widens,
 * `ascii` is for terminals without UTF-8.
 */
export type Glyphs = {
	readonly name: 'unicode' | 'narrow' | 'ascii';
	readonly state: Readonly<Record<StateSymbol, string>>;
	readonly line: {
		readonly horizontal: string;
		readonly vertical: string;
		readonly topLeft: string;
		readonly topRight: string;
		readonly bottomLeft: string;
		readonly bottomRight: string;
		readonly teeLeft: string;
		readonly teeRight: string;
		readonly teeDown: string;
		readonly teeUp: string;
		readonly cross: string;
	};
	/** Rounded corners of a stage's box. */
	readonly box: {
		readonly topLeft: string;
		readonly topRight: string;
		readonly bottomLeft: string;
		readonly bottomRight: string;
	};
	/** Joins two stages. */
	readonly arrow: string;
	readonly arrowLeft: string;
	readonly ellipsis: string;
	readonly dot: string;
	readonly sort: { readonly ascending: string; readonly descending: string };
	readonly down: string;
	readonly up: string;
	readonly minus: string;
	readonly infinity: string;
	readonly selected: string;
	/** Heights of a sparkline, lowest first. */
	readonly bars: readonly string[];
	/** Full and empty part of a progress bar. */
	readonly progress: readonly [string, string];
	/** Before a task on the critical path. */
	readonly critical: string;
	/** Replaces characters that this kind of terminal draws too wide, or not at all. */
	readonly fold: (text: string) => string;
};

const unicode: Glyphs = {
	name: 'unicode',
	state: {
		success: '✔',
		failed: '✖',
		running: '●',
		none: '○',
		scheduled: '◌',
		queued: '◔',
		retry: '↻',
		reschedule: '⇄',
		upstreamFailed: '⇡',
		skipped: '»',
		deferred: '◇',
		awaitingInput: '◆',
		removed: '⌫',
		restarting: '⟳',
		unknown: '?',
		paused: '‖',
		stopped: '■',
		warning: '!',
	},
	line: {
		horizontal: '─',
		vertical: '│',
		topLeft: '┌',
		topRight: '┐',
		bottomLeft: '└',
		bottomRight: '┘',
		teeLeft: '├',
		teeRight: '┤',
		teeDown: '┬',
		teeUp: '┴',
		cross: '┼',
	},
	box: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯' },
	arrow: '→',
	arrowLeft: '←',
	ellipsis: '…',
	dot: '·',
	sort: { ascending: '↑', descending: '↓' },
	down: '↓',
	up: '↑',
	minus: '−',
	infinity: '∞',
	selected: '▸',
	bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	progress: ['█', '░'],
	critical: '◂',
	fold: text => text,
};

const ascii: Glyphs = {
	name: 'ascii',
	state: {
		success: '+',
		failed: 'x',
		running: '*',
		none: '.',
		scheduled: ',',
		queued: ':',
		retry: 'r',
		reschedule: '~',
		upstreamFailed: '^',
		skipped: '>',
		deferred: 'd',
		awaitingInput: 'i',
		removed: '-',
		restarting: '@',
		unknown: '?',
		paused: '=',
		stopped: '#',
		warning: '!',
	},
	line: {
		horizontal: '-',
		vertical: '|',
		topLeft: '+',
		topRight: '+',
		bottomLeft: '+',
		bottomRight: '+',
		teeLeft: '+',
		teeRight: '+',
		teeDown: '+',
		teeUp: '+',
		cross: '+',
	},
	box: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+' },
	arrow: '>',
	arrowLeft: '<',
	ellipsis: '~',
	dot: '-',
	sort: { ascending: '^', descending: 'v' },
	down: 'in',
	up: 'out',
	minus: '-',
	infinity: 'inf',
	selected: '>',
	bars: ['_', '.', ':', '-', '=', '+', '*', '#'],
	progress: ['#', '.'],
	critical: '<',
	fold: text => foldText(text, isAscii),
};

const narrow: Glyphs = {
	...ascii,
	name: 'narrow',
	state: {
		...ascii.state,
		success: '✔',
		failed: '✖',
		running: '⠿',
		none: '⠄',
		scheduled: '⠤',
		queued: '⠦',
		stopped: '⣿',
	},
	// Braille patterns have neutral width; each has four heights.
	bars: ['⡀', '⣀', '⣄', '⣤', '⣦', '⣶', '⣷', '⣿'],
	progress: ['⣿', '⡀'],
	fold: text => foldText(text, isNeverWidened),
};

/** Before what can be folded, in every pane. In all glyph sets: in ASCII a bare + is success, and the corner of a border. */
export const foldMarks = { folded: '[+]', open: '[-]' } as const;

export const glyphSets: Readonly<Record<Glyphs['name'], Glyphs>> = { unicode, narrow, ascii };

/** Replacements of certain width for characters that are frequent in outside text. */
const replacements: Readonly<Record<string, string>> = {
	'…': '~',
	'·': '.',
	'•': '*',
	'●': '*',
	'○': 'o',
	'■': '#',
	'□': '#',
	'▶': '>',
	'◀': '<',
	'★': '*',
	'☆': '*',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'⇒': '>',
	'─': '-',
	'━': '-',
	'│': '|',
	'┃': '|',
	'═': '=',
	'║': '|',
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
	'–': '-',
	'—': '-',
	'±': '+',
	'×': 'x',
	'÷': '/',
	'≤': '<',
	'≥': '>',
	'°': "'",
	'℃': 'C',
	'№': '#',
	'※': '*',
	'█': '#',
	'▓': '#',
	'▒': '+',
	'░': '.',
	'−': '-',
	'✔': '+',
	'✖': 'x',
	'✓': '+',
	'✗': 'x',
	'⚠': '!',
};

function foldText(text: string, keeps: (character: string) => boolean): string {
	if (/^[\x20-\x7e]*$/.test(text)) return text;
	let folded = '';
	for (const character of text) {
		folded += keeps(character)
			? character
			: (replacements[character] ?? (/[┌┐└┘├┤┬┴┼╭╮╯╰]/.test(character) ? '+' : '?'));
	}
	return folded;
}

function isAscii(character: string): boolean {
	return character <= '~';
}

/** True for a character whose width all terminals agree on; a combining mark belongs to the character before it. */
export function isNeverWidened(character: string): boolean {
	return eastAsianWidthType(character.codePointAt(0) ?? 0) !== 'ambiguous' || /\p{M}/u.test(character);
}
