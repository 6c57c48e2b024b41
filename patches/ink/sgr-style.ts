import { readSgr, type SgrAttribute, type SgrGround } from '../../source/model/text/sgr.ts';

/** Always in this order, so that equal styles are equal texts. */
const order: readonly (SgrAttribute | SgrGround)[] = [
	...(['bold', 'dim', 'italic', 'underline', 'inverse', 'struck'] as const),
	...(['foreground', 'background'] as const),
];
const codes: Readonly<Record<SgrAttribute, string>> = {
	bold: '1',
	dim: '2',
	italic: '3',
	underline: '4',
	inverse: '7',
	struck: '9',
};

/** A screen has some dozen styles; outside text may bring any number. */
const maxKept = 1000;
let known = new Map<string, string | null>();

/**
 * The style after one more SGR sequence, as the parameters of a sequence that turns all of it on; empty for none. Null
 * if the sequence is unknown.
 */
export function sgrAfter(style: string, parameters: string): string | null {
	// Ends each painted piece.
	if (parameters === '0') return '';
	const asked = `${style}m${parameters}`;
	let after = known.get(asked);
	if (after === undefined) {
		after = changed(style, parameters);
		if (known.size >= maxKept) known = new Map();
		known.set(asked, after);
	}
	return after;
}

function changed(style: string, parameters: string): string | null {
	const parts = new Map<SgrAttribute | SgrGround, string>();
	const apply = (text: string) =>
		readSgr(text).every(change => {
			if (change.kind === 'reset') parts.clear();
			else if (change.kind === 'on') parts.set(change.attribute, codes[change.attribute]);
			else if (change.kind === 'off') for (const attribute of change.attributes) parts.delete(attribute);
			else if (change.kind === 'colour') {
				if (change.colour) parts.set(change.ground, change.colour.parameters);
				else parts.delete(change.ground);
			}
			return change.kind !== 'unknown';
		});
	if (style !== '') apply(style);
	return apply(parameters) ? order.flatMap(name => parts.get(name) ?? []).join(';') : null;
}

type Parts = ReadonlyMap<string, string>;

const parameter = /[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+/g;

/** The parameters of a style by what they set. */
function partsOf(style: string): Parts {
	return new Map(
		(style.match(parameter) ?? []).map(part => {
			if (/^(?:3\d|9\d)/.test(part)) return ['foreground', part];
			return /^(?:4\d|10\d)/.test(part) ? ['background', part] : [part, part];
		}),
	);
}

let changes = new Map<string, string>();

/** The shortest sequence that turns one style into another; styles as `sgrAfter` returns them. */
export function styleChange(from: string, to: string): string {
	if (from === to) return '';
	if (to === '') return '\u001B[m';
	if (from === '') return `\u001B[${to}m`;
	const asked = `${from}m${to}`;
	let change = changes.get(asked);
	if (change === undefined) {
		const [before, after] = [partsOf(from), partsOf(to)];
		const stays = [...before.keys()].every(key => after.has(key));
		const added = [...after].filter(([key, part]) => before.get(key) !== part).map(([, part]) => part);
		change = `\u001B[${stays ? added.join(';') : `0;${to}`}m`;
		if (changes.size >= maxKept) changes = new Map();
		changes.set(asked, change);
	}
	return change;
}
