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

/**
 * Removes mouse reports from the input before other readers see it: Ink drops control sequences that are no keys.
 * Returns a function that stops it.
 */
export function readMouse(stdin: NodeJS.ReadStream, take: (event: MouseEvent) => void): () => void {
	const read = stdin.read;
	stdin.read = (size?: number) => {
		for (;;) {
			const chunk: unknown = read.call(stdin, size);
			if (typeof chunk !== 'string') return chunk;
			const { events, rest } = mouseEvents(chunk);
			for (const event of events) take(event);
			if (rest !== '' || events.length === 0) return rest;
		}
	};
	return () => {
		stdin.read = read;
	};
}
