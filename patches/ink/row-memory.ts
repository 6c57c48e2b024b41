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
		result = before.get(row) ?? compute(row);
		if (now.size >= kept) {
			before = now;
			now = new Map();
		}
		now.set(row, result);
		return result;
	};
}
