import { expect, test } from 'vitest';
import { sgrAfter } from '../../../patches/ink/sgr-style.ts';

test.each([
	['', '1;31', '1;31'],
	['1;31', '22', '31'],
	['1;2;31', '22', '31'],
	['31', '1', '1;31'],
	['31', '44;7', '7;31;44'],
	['31', '38;2;1;2;3', '38;2;1;2;3'],
	['38;5;208', '92', '92'],
	['38;5;208;48;5;17', '39', '48;5;17'],
	['1;4;9;31', '0', ''],
	['31', '', ''],
	['31', '0;3', '3'],
	['9;31', '29', '31'],
	['31', '5', null],
	['31', '38;9', null],
	['31', '38;5', null],
])('after %j, %j turns on %j', (before, parameters, after) => {
	expect(sgrAfter(before, parameters)).toBe(after);
	// Also where it is known already.
	expect(sgrAfter(before, parameters)).toBe(after);
});
