import { expect, test } from 'vitest';
import { wrapLine } from '../../source/presentation/text.ts';

const rowsOf = (text: string, width: number) =>
	wrapLine([{ text }], width).map(line =>
		line
			.map(span => span.text)
			.join('')
			.trimEnd(),
	);

test.each([
	['  one two three four', 14, ['  one two', '  three four']],
	['  2 one two three four', 16, ['  2 one two', '    three four']],
	['    | one two three four', 18, ['    | one two', '      three four']],
	['    $ docker start mlflow', 18, ['    $ docker start', '      mlflow']],
	['one two three', 7, ['one two', 'three']],
	['  abcdefghijklmnop', 14, ['  abcdefghijkl', '  mnop']],
	['    one two', 7, ['    one', 'two']],
])('%j in %d columns: the other rows keep the indent', (text, width, rows) => {
	expect(rowsOf(text, width)).toEqual(rows);
});
