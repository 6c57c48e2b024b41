/** Which control sequences a program may write, and which written ones are not among them. */
import { controlSequences, privateModes, type Sequence } from './control-sequences.ts';

export type Allowed = {
	/** Final characters of CSI sequences without a prefix. */
	csi: string;
	/** Whole CSI sequences besides, without the `ESC [`: `6n`, `?u`. */
	csiExactly: readonly string[];
	/** Private modes that may be set and reset. */
	modes: readonly number[];
	/** OSC commands: `8` hyperlink, `52` clipboard. */
	osc: readonly string[];
	/** Two-character escapes by their final character: `7` and `8` save and restore the cursor. */
	esc: string;
	/** Control characters. */
	c0: string;
};

/**
 * Sequences for drawing a screen: colours, cursor moves, erasing, and the modes of a full-screen program. Nothing that
 * has an effect beyond the screen.
 */
export const drawing: Allowed = {
	// Cursor moves A–H, d, f; erase J, K, X; insert and delete @, L, M, P; scroll S, T, r; SGR m.
	csi: 'ABCDEFGHdfJKX@LMPSTrm',
	csiExactly: [],
	// Autowrap, cursor, mouse (button, drag, any, SGR form), focus, alternate screen, bracketed paste, synchronized output.
	modes: [7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026],
	osc: [],
	esc: '78',
	c0: '\n\r\t\b',
};

function isAllowed(sequence: Sequence, allowed: Allowed): boolean {
	switch (sequence.kind) {
		case 'text':
			return true;
		case 'c0':
			return allowed.c0.includes(sequence.raw);
		case 'esc':
			return sequence.intermediates === '' && allowed.esc.includes(sequence.final);
		case 'osc':
			return allowed.osc.includes(sequence.command);
		case 'csi': {
			const body = sequence.prefix + sequence.parameters + sequence.intermediates + sequence.final;
			const modes = privateModes(sequence);
			return (
				allowed.csiExactly.includes(body) ||
				(modes?.modes.every(mode => allowed.modes.includes(mode)) ?? false) ||
				(sequence.prefix + sequence.intermediates === '' && allowed.csi.includes(sequence.final))
			);
		}
		default:
			return false;
	}
}

/** The sequences that are not allowed, readable, each once with its count. A test expects none. */
export function offendingSequences(written: Buffer | string, more: Partial<Allowed> = {}): string[] {
	const allowed = { ...drawing, ...more };
	const counts = new Map<string, number>();
	for (const sequence of controlSequences(written)) {
		if (!isAllowed(sequence, allowed)) {
			const name = `${sequence.kind} ${JSON.stringify(sequence.raw)}`;
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}
	}
	return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`));
}
