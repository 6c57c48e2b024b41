/**
 * Caches results by row: most rows of a changed pane are unchanged. A row that was not needed while `kept` others were
 * is dropped.
 * @param kept more than a large screen has rows
 */
export function remembered<Result>(compute: (row: string) => Result, kept = 512): (row: string) => Result {
	let now = new Map<string, Result>();
	let before = now;
	return row => {
		let result = now.get(row);
		if (result !== undefined) return result;
		const own = copyOf(row);
		result = before.get(own) ?? compute(own);
		if (now.size >= kept) {
			before = now;
			now = new Map();
		}
		now.set(own, result);
		return result;
	};
}

/** A row that was cut from the text of a pane keeps all of that text in memory. Also right for half a surrogate pair. */
const copyOf = (row: string): string => Buffer.from(row, 'utf16le').toString('utf16le');
