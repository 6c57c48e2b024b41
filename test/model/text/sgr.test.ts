import { expect, test } from 'vitest';
import { readSgr } from '../../../source/model/text/sgr.ts';

const foreground = (value: unknown, parameters: string) => ({
	kind: 'colour',
	ground: 'foreground',
	colour: { value, parameters },
});
const background = (value: unknown, parameters: string) => ({
	kind: 'colour',
	ground: 'background',
	colour: { value, parameters },
});

test.each([
	['', [{ kind: 'reset' }]],
	['0;1', [{ kind: 'reset' }, { kind: 'on', attribute: 'bold' }]],
	[
		'22;9',
		[
			{ kind: 'off', attributes: ['bold', 'dim'] },
			{ kind: 'on', attribute: 'struck' },
		],
	],
	['31;97;44;103', [foreground(1, '31'), foreground(15, '97'), background(4, '44'), background(11, '103')]],
	['39;49', ['foreground', 'background'].map(ground => ({ kind: 'colour', ground, colour: null }))],
	['38;5;208;1', [foreground(208, '38;5;208'), { kind: 'on', attribute: 'bold' }]],
	['48;2;1;20;255', [background([1, 20, 255], '48;2;1;20;255')]],
	['38:5:9', [foreground(9, '38;5;9')]],
	['38:2::1:2:3', [foreground([1, 2, 3], '38;2;1;2;3')]],
	['38;5;256', [{ kind: 'unknown' }]],
	['38;5', [{ kind: 'unknown' }]],
	['38;2;1;2', [{ kind: 'unknown' }]],
	['5;58:5:1;x', [{ kind: 'unknown' }, { kind: 'unknown' }, { kind: 'unknown' }]],
])('%j', (parameters, changes) => {
	expect(readSgr(parameters)).toEqual(changes);
});
