/** The output of a program to its terminal, split into text and control sequences (ECMA-48). */

/** `c0`, `c1`: one control character. `esc`: two or three characters. `string`: DCS, SOS, PM, APC, in `introducer`. */
export type Sequence =
	| { kind: 'text'; raw: string }
	| { kind: 'c0' | 'c1'; raw: string; code: number }
	| { kind: 'esc'; raw: string; intermediates: string; final: string }
	| { kind: 'csi'; raw: string; prefix: string; parameters: string; intermediates: string; final: string }
	| { kind: 'osc'; raw: string; command: string; text: string }
	| { kind: 'dcs' | 'sos' | 'pm' | 'apc'; raw: string; text: string }
	| { kind: 'unfinished'; raw: string };

export type CsiSequence = Extract<Sequence, { kind: 'csi' }>;

const stringKinds = { P: 'dcs', X: 'sos', '^': 'pm', _: 'apc', ']': 'osc' } as const;
type StringIntroducer = keyof typeof stringKinds;
const isStringIntroducer = (character: string): character is StringIntroducer => character in stringKinds;

// Each is tried at the position after the ESC (or in place of the one-character C1 form).
const csiBody = /([<-?]?)([0-9:;]*)([ -/]*)([@-~])/y;
const stringBody = /([^\x07\x1b\x9c]*)(\x07|\x1b\\|\x9c)/y;
const escapeBody = /([ -/]*)([0-~])/y;
const textBody = /[^\x00-\x1f\x7f-\x9f]+/y;

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
	pattern.lastIndex = index;
	return pattern.exec(text);
}

/** C1 controls in their one-character form, as the letter that follows ESC in the other form. */
function c1Letter(text: string, index: number): string | undefined {
	const code = text.charCodeAt(index);
	return code >= 0x80 && code <= 0x9f ? String.fromCharCode(code - 0x40) : undefined;
}

function sequenceAt(text: string, start: number): Sequence {
	const plain = matchAt(textBody, text, start);
	if (plain !== null) {
		return { kind: 'text', raw: plain[0] };
	}
	const code = text.charCodeAt(start);
	const c1 = c1Letter(text, start);
	if (code !== 0x1b && c1 === undefined) {
		return { kind: 'c0', raw: text.charAt(start), code };
	}
	const body = c1 === undefined ? start + 2 : start + 1;
	const letter = c1 ?? text.charAt(start + 1);
	if (letter === '[') {
		const match = matchAt(csiBody, text, body);
		if (match !== null) {
			const [, prefix = '', parameters = '', intermediates = '', final = ''] = match;
			const raw = text.slice(start, csiBody.lastIndex);
			return { kind: 'csi', raw, prefix, parameters, intermediates, final };
		}
		return { kind: 'unfinished', raw: text.slice(start, body) };
	}
	if (isStringIntroducer(letter)) {
		const match = matchAt(stringBody, text, body);
		if (match === null) {
			return { kind: 'unfinished', raw: text.slice(start) };
		}
		const raw = text.slice(start, stringBody.lastIndex);
		const content = match[1] ?? '';
		const kind = stringKinds[letter];
		if (kind !== 'osc') {
			return { kind, raw, text: content };
		}
		const semicolon = content.indexOf(';');
		return semicolon < 0
			? { kind, raw, command: content, text: '' }
			: { kind, raw, command: content.slice(0, semicolon), text: content.slice(semicolon + 1) };
	}
	if (c1 !== undefined) {
		return { kind: 'c1', raw: text.charAt(start), code };
	}
	const match = matchAt(escapeBody, text, start + 1);
	if (match === null) {
		return { kind: 'unfinished', raw: text.slice(start, start + 1) };
	}
	return {
		kind: 'esc',
		raw: text.slice(start, escapeBody.lastIndex),
		intermediates: match[1] ?? '',
		final: match[2] ?? '',
	};
}

export function controlSequences(written: Buffer | string): Sequence[] {
	const text = written.toString();
	const sequences: Sequence[] = [];
	for (let index = 0; index < text.length; ) {
		const sequence = sequenceAt(text, index);
		sequences.push(sequence);
		index += sequence.raw.length;
	}
	return sequences;
}

/** The private modes that a sequence sets or resets (DECSET, DECRST), or none. */
export function privateModes(sequence: Sequence): { modes: number[]; on: boolean } | undefined {
	if (sequence.kind !== 'csi' || sequence.prefix !== '?' || sequence.intermediates !== '') {
		return undefined;
	}
	if (sequence.final !== 'h' && sequence.final !== 'l') {
		return undefined;
	}
	return { modes: sequence.parameters.split(';').map(Number), on: sequence.final === 'h' };
}
