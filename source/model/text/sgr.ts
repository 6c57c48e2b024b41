/** Reads SGR, the control sequences of colours and attributes (ECMA-48, 8.3.117; ISO 8613-6 for the 256 and 24-bit colours). */

export type SgrAttribute = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'struck';
export type SgrGround = 'foreground' | 'background';

/** A single change by a sequence. */
export type SgrChange =
	| { readonly kind: 'reset' }
	| { readonly kind: 'on'; readonly attribute: SgrAttribute }
	| { readonly kind: 'off'; readonly attributes: readonly SgrAttribute[] }
	| { readonly kind: 'colour'; readonly ground: SgrGround; readonly colour: SgrColour | null }
	/** Blinking, fonts, coloured underlines, and unknown parameters. */
	| { readonly kind: 'unknown' };

/** A colour of the 256 (0–255) or an RGB one, and its parameters, which may be written in several forms. */
export type SgrColour = {
	readonly value: number | readonly [red: number, green: number, blue: number];
	readonly parameters: string;
};

const on: Readonly<Record<number, SgrAttribute>> = {
	1: 'bold',
	2: 'dim',
	3: 'italic',
	4: 'underline',
	7: 'inverse',
	9: 'struck',
};
const off: Readonly<Record<number, readonly SgrAttribute[]>> = {
	22: ['bold', 'dim'],
	23: ['italic'],
	24: ['underline'],
	27: ['inverse'],
	29: ['struck'],
};

/** @param parameters between `ESC [` and `m` */
export function readSgr(parameters: string): SgrChange[] {
	const words = parameters.split(';');
	const changes: SgrChange[] = [];
	for (let at = 0; at < words.length; at++) {
		const [word = '', ...inside] = (words[at] ?? '').split(':');
		const code = Number(word || '0');
		if (code !== 38 && code !== 48) {
			changes.push(changeOf(code));
			continue;
		}
		// 38:5:n and 38:2::r:g:b contain their colour; 38;5;n and 38;2;r;g;b have it in the following parameters.
		const rest = inside.length > 0 ? inside : words.slice(at + 1, at + 5);
		const [kind] = rest;
		if (inside.length === 0) at += kind === '5' ? 2 : kind === '2' ? 4 : 0;
		const figures = (kind === '2' && inside.length > 4 ? rest.slice(2) : rest.slice(1)).map(Number);
		const colour = colourOf(code, kind, figures);
		changes.push(
			colour ? { kind: 'colour', ground: code === 38 ? 'foreground' : 'background', colour } : { kind: 'unknown' },
		);
	}
	return changes;
}

function changeOf(code: number): SgrChange {
	if (code === 0) return { kind: 'reset' };
	const attribute = on[code];
	if (attribute) return { kind: 'on', attribute };
	const attributes = off[code];
	if (attributes) return { kind: 'off', attributes };
	if (code === 39 || code === 49)
		return { kind: 'colour', ground: code === 39 ? 'foreground' : 'background', colour: null };
	const tens = Math.floor(code / 10);
	const unit = code % 10;
	if (unit > 7 || ![3, 4, 9, 10].includes(tens)) return { kind: 'unknown' };
	return {
		kind: 'colour',
		ground: tens === 3 || tens === 9 ? 'foreground' : 'background',
		colour: { value: tens >= 9 ? unit + 8 : unit, parameters: String(code) },
	};
}

function colourOf(code: number, kind: string | undefined, figures: readonly number[]): SgrColour | null {
	const [first, green, blue] = figures;
	if (first === undefined || first < 0 || !Number.isFinite(first)) return null;
	if (kind === '5') return first > 255 ? null : { value: first, parameters: `${code};5;${first}` };
	if (kind !== '2' || green === undefined || blue === undefined) return null;
	return { value: [first, green, blue], parameters: `${code};2;${first};${green};${blue}` };
}
