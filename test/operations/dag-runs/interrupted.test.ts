import { expect, test } from 'vitest';
import { interruptions } from '../../../source/operations/dag-runs/interrupted.ts';
import { task } from '../../diagnosis/stack.ts';
import { english } from '../../english.ts';

test('what ends with a task that waits for an answer is named', () => {
	const asking = task('approve', 'awaiting_input');
	expect(interruptions([asking], [asking]).map(one => english(one))).toEqual([
		'Ends the wait of approve for an answer (awaiting input).',
	]);
});
