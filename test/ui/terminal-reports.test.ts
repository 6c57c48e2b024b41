import { expect, test } from 'vitest';
import { focusChanges } from '../../source/ui/terminal-reports.ts';

test.each([
	['\u001B[I', [true], ''],
	['\u001B[O', [false], ''],
	['\u001B[O\u001B[I', [false, true], ''],
	['j\u001B[Ok', [false], 'jk'],
	['\u001B[A', [], '\u001B[A'],
	['[I', [], '[I'],
])('%j is read', (input, changes, rest) => {
	expect(focusChanges(input)).toEqual({ changes, rest });
});
