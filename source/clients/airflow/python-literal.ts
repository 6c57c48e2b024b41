/**
 * The texts of a Python list of tuples of strings, in which Airflow's REST API (v1) sends a task's log: `[('host',
 * 'line\nline')]` is `[['host', 'line
 * line']]`. Source: airflow/api_connexion/schemas/log_schema.py, where `content` is `str(…)`. Returns null for any
 * other text.
 */
export function pythonTuples(source: string): string[][] | null {
	const reader = new Reader(source);
	return reader.list();
}

class Reader {
	readonly #source: string;
	#at = 0;

	constructor(source: string) {
		this.#source = source;
	}

	list(): string[][] | null {
		const tuples: string[][] = [];
		if (!this.#take('[')) return null;
		while (!this.#take(']')) {
			if (!this.#take('(')) return null;
			const strings: string[] = [];
			while (!this.#take(')')) {
				const string = this.#string();
				if (string === null) return null;
				strings.push(string);
				this.#take(',');
			}
			tuples.push(strings);
			this.#take(',');
		}
		return this.#at === this.#source.trimEnd().length ? tuples : null;
	}

	#take(character: string): boolean {
		while (this.#source[this.#at] === ' ') this.#at++;
		if (this.#source[this.#at] !== character) return false;
		this.#at++;
		return true;
	}

	#string(): string | null {
		while (this.#source[this.#at] === ' ') this.#at++;
		const quote = this.#source[this.#at];
		if (quote !== "'" && quote !== '"') return null;
		this.#at++;
		let text = '';
		for (;;) {
			const rest = plainRun(quote);
			rest.lastIndex = this.#at;
			const run = rest.exec(this.#source)?.[0] ?? '';
			text += run;
			this.#at += run.length;
			const next = this.#source[this.#at];
			if (next === undefined) return null;
			this.#at++;
			if (next === quote) return text;
			text += this.#escape();
		}
	}

	/** After a backslash; the escapes of Python's `repr` (Objects/unicodeobject.c, unicode_repr). */
	#escape(): string {
		const letter = this.#source[this.#at++] ?? '';
		const digits = { x: 2, u: 4, U: 8 }[letter];
		if (digits !== undefined) {
			const code = Number.parseInt(this.#source.slice(this.#at, this.#at + digits), 16);
			this.#at += digits;
			return Number.isFinite(code) && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
		}
		return { n: '\n', r: '\r', t: '\t', '0': '\0' }[letter] ?? letter;
	}
}

const runs = { "'": /[^'\\]*/y, '"': /[^"\\]*/y };

function plainRun(quote: "'" | '"'): RegExp {
	return runs[quote];
}
