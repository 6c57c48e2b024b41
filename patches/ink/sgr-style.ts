/** Styles that are on while a text is drawn, told by its SGR sequences. */
export class SgrStyle {
	/** The parameters of one sequence that turns them all on; the same styles give the same text. */
	text = '';
	readonly #on = new Map<string, string>();

	/** @param parameters of one sequence; false for one that is not known here */
	apply(parameters: string): boolean {
		const words = parameters === '' ? ['0'] : parameters.split(';');
		for (let at = 0; at < words.length; at++) {
			const word = String(Number(words[at] || '0'));
			const on = switchedOn[word];
			const off = switchedOff[word];
			if (word === '0') this.#on.clear();
			else if (on !== undefined) this.#on.set(on, word);
			else if (off !== undefined) for (const name of off) this.#on.delete(name);
			else if (/^(?:3|9)[0-7]$/.test(word)) this.#on.set('colour', word);
			else if (/^(?:4|10)[0-7]$/.test(word)) this.#on.set('background', word);
			else if (word === '38' || word === '48') {
				const length = words[at + 1] === '5' ? 3 : words[at + 1] === '2' ? 5 : 0;
				if (length === 0 || at + length > words.length) return false;
				this.#on.set(word === '38' ? 'colour' : 'background', words.slice(at, at + length).join(';'));
				at += length - 1;
			} else return false;
		}
		this.text = this.#on.size === 0 ? '' : order.flatMap(name => this.#on.get(name) ?? []).join(';');
		return true;
	}
}

/** Which style a parameter turns on, and what turns it off (ECMA-48, 8.3.117 SGR). */
const switchedOn: Readonly<Record<string, string>> = {
	1: 'bold',
	2: 'dim',
	3: 'italic',
	4: 'underline',
	7: 'inverse',
	9: 'struck',
};
const switchedOff: Readonly<Record<string, readonly string[]>> = {
	22: ['bold', 'dim'],
	23: ['italic'],
	24: ['underline'],
	27: ['inverse'],
	29: ['struck'],
	39: ['colour'],
	49: ['background'],
};
/** Always in this order, so that the same style is the same text. */
const order = ['bold', 'dim', 'italic', 'underline', 'inverse', 'struck', 'colour', 'background'];
