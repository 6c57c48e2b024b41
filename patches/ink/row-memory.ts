/**
 * Remembers what a row of the screen came to: most rows of a pane that changed are as they were. What was not asked for
 * while so many others were is forgotten.
 * @param kept more than a large screen has rows
 */
export function remembered<Result>(compute: (row: string) => Result, kept = 512): (row: string) => Result {
	let now = new Map<string, Result>();
	let before = now;
	return row => {
		let result = now.get(row);
		if (result !== undefined) return result;
		result = before.get(row) ?? compute(row);
		if (now.size >= kept) {
			before = now;
			now = new Map();
		}
		now.set(row, result);
		return result;
	};
}
