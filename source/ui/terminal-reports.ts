import { type MouseEvent, mouseEvents } from './mouse.ts';
import type { TerminalAnswers } from './terminal-answers.ts';

/** The terminal reports when it gets or loses the focus (xterm, DECSET 1004). */
export const focusReporting = { on: '\u001B[?1004h', off: '\u001B[?1004l' };

/** `CSI I`: focus gained; `CSI O`: lost (xterm, "FocusIn/FocusOut"). */
const focusReport = /\u001B\[([IO])/g;

/** Whether the focus was gained or lost, in the order of the input, and the rest of the input. */
export function focusChanges(input: string): { readonly changes: readonly boolean[]; readonly rest: string } {
	const changes = Array.from(input.matchAll(focusReport), ([, letter]) => letter === 'I');
	return { changes, rest: changes.length === 0 ? input : input.replaceAll(focusReport, '') };
}

export type ReportHandlers = {
	readonly mouse: (event: MouseEvent) => void;
	readonly focus: (isFocused: boolean) => void;
	/** Takes the answers to questions. */
	readonly answers: Pick<TerminalAnswers, 'rest'>;
};

/**
 * Removes the terminal's reports from the input before other readers see it: Ink drops complete control sequences that are
 * no keys (its App.js, `handleInputEvent`). Returns a function that stops it.
 */
export function readReports(stdin: NodeJS.ReadStream, { mouse, focus, answers }: ReportHandlers): () => void {
	const read = stdin.read;
	stdin.read = (size?: number) => {
		for (;;) {
			const chunk: unknown = read.call(stdin, size);
			if (typeof chunk !== 'string') return chunk;
			const { events, rest: withoutMouse } = mouseEvents(answers.rest(chunk));
			const { changes, rest } = focusChanges(withoutMouse);
			for (const event of events) mouse(event);
			for (const isFocused of changes) focus(isFocused);
			if (rest !== '' || rest === chunk) return rest;
		}
	};
	return () => {
		stdin.read = read;
	};
}
