import { type Patch, replaceOnce } from '../patch.ts';

/** A pause in a paste, ms, after which further input counts as typed: the end of the paste was lost. */
const pasteEndsAfterMs = 5000;
/** Maximum characters of a paste; no field takes as many. */
const pasteLimit = 1_000_000;
/** Maximum characters of a control string; terminals respond with far fewer. */
const stringLimit = 100_000;
/** The rest of a split control string follows within this time, ms. */
const restMs = 1000;

const changes: readonly (readonly [place: string, change: string])[] = [
	[
		'if (next === escape) {',
		`if (']P_^X'.includes(next)) {
        const end = /\\u{7}|\\u{1B}\\\\/u.exec(input.slice(escapeIndex + 2, escapeIndex + ${stringLimit}));
        if (end) return { sequence: '', nextIndex: escapeIndex + 2 + end.index + end[0].length };
        return input.length - escapeIndex > ${stringLimit} ? { sequence: '', nextIndex: input.length } : 'pending';
    }
    if (next === escape) {
        return { sequence: escape, nextIndex: escapeIndex + 1 };
    }
    if (next === escape) {`,
	],
	[
		'(controlSequence ?? parseEscapedCodePoint(input, escapeIndex))',
		'(controlSequence ?? cancelledSequence(input, escapeIndex) ?? { sequence: escape, nextIndex: escapeIndex + 1 })',
	],
	[
		'events.push(parsedEscapeSequence.sequence);',
		"if (parsedEscapeSequence.sequence !== '') events.push(parsedEscapeSequence.sequence);",
	],
	[
		'const parseEscapeSequence = (input, escapeIndex) => {',
		`const cancelledSequence = (input, escapeIndex) => {
    const [cut] = /^\\u{1B}(?:\\[[0-?]{0,100}[ -/]{0,100}|O[\\d;]{0,100})(?=\\u{1B})/u.exec(input.slice(escapeIndex, escapeIndex + 300)) ?? [];
    return cut === undefined ? undefined : { sequence: '', nextIndex: escapeIndex + cut.length };
};
const parseEscapeSequence = (input, escapeIndex) => {`,
	],
	["let pending = '';", "let pending = '';\n    let lastChunkAt = 0;\n    let stringLostAt = -Infinity;"],
	[
		'const parsedInput = parseKeypresses(pending + chunk);',
		`const now = performance.now();
            const isPasting = pending.startsWith(pasteStart);
            const lost = isPasting && now - lastChunkAt > ${pasteEndsAfterMs} ? [{ paste: pending.slice(pasteStart.length) }] : [];
            if (lost.length > 0) pending = '';
            // Its end may be cut between two chunks.
            else if (isPasting && pending.length > ${pasteLimit})
                pending = pending.slice(0, ${pasteLimit} - pasteEnd.length) + pending.slice(-pasteEnd.length);
            const rest = now - stringLostAt < ${restMs} ? /^[^\\u{7}\\u{1B}]*(?:\\u{7}|\\u{1B}\\\\)/u.exec(chunk) : null;
            stringLostAt = -Infinity;
            lastChunkAt = now;
            const parsedInput = parseKeypresses(pending + (rest ? chunk.slice(rest[0].length) : chunk));
            parsedInput.events.unshift(...lost);`,
	],
	[
		'const pendingEscape = pending;',
		`if (/^\\u{1B}[\\]P_^X]./su.test(pending)) {
                pending = '';
                stringLostAt = performance.now();
                return undefined;
            }
            const pendingEscape = pending;`,
	],
];

export const inputParser: Patch = {
	file: 'ink/input-parser.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		'Input could cause key presses that the user did not make. Esc that arrives together with the next key or a paste was taken for Alt, and lost: no action is bound to Alt, so Esc is a key of its own. A paste whose end never comes swallowed every later key, even Ctrl-C, and all memory: it ends after a pause, and only its beginning is kept. Answers of the terminal in control strings (OSC, DCS, APC) were typed: they are dropped. So is a sequence that Esc cancels (ECMA-48), of which the rest was typed.',
	figure: 'without it a terminal’s answer can ask to restart services',
	edits: [
		{
			file: 'build/input-parser.js',
			change: source => changes.reduce((text, [place, change]) => replaceOnce(text, place, change), source),
		},
	],
};
