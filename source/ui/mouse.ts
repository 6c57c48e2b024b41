/** A mouse event; the upper left cell is 0, 0. */
export type MouseEvent = {
	readonly kind: 'click' | 'wheel up' | 'wheel down';
	readonly x: number;
	readonly y: number;
};

/** Presses and the wheel (DECSET 1000) with decimal coordinates (DECSET 1006), as xterm has them. */
export const mouseReporting = { on: '\u001B[?1000h\u001B[?1006h', off: '\u001B[?1006l\u001B[?1000l' };

/**
 * Button 0 is the left one; 64 and 65 are the wheel (xterm, "Mouse Tracking"). The terminal keeps Shift and Ctrl for
 * itself.
 */
const kinds: Readonly<Record<string, MouseEvent['kind']>> = { 0: 'click', 64: 'wheel up', 65: 'wheel down' };

const report = /\u001B\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])/g;

/** The events in the input, and the rest of the input. */
export function mouseEvents(input: string): { readonly events: readonly MouseEvent[]; readonly rest: string } {
	const events = Array.from(input.matchAll(report)).flatMap(([, button = '', x, y, end]): MouseEvent[] => {
		const kind = end === 'M' ? kinds[button] : undefined;
		return kind === undefined ? [] : [{ kind, x: Number(x) - 1, y: Number(y) - 1 }];
	});
	return { events, rest: input.replaceAll(report, '') };
}
