import fc from 'fast-check';
import { actions } from '../../source/ui/actions/table.ts';

/** Every key with a meaning, and some without. */
const keys = [
	...new Set(actions.flatMap(action => action.keys)),
	...['esc', 'enter', 'tab', 'shift-tab', 'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown'],
	...['space', 'backspace', 'delete', 'ctrl-u', 'ctrl-w', 'y', 'n', 'x', '한', '🔧', 'f', 'a', '0', '9'],
].filter(key => !['q', 'ctrl-c', 'ctrl-z'].includes(key));

export type Event =
	| { readonly kind: 'key'; readonly key: string }
	| { readonly kind: 'paste'; readonly text: string }
	| { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
	/** Time passes, ms: responses arrive. */
	| { readonly kind: 'wait'; readonly ms: number };

const hostile = fc.constantFrom(
	'\u001B[2J\u001B]0;x\u0007',
	'(a+)+$',
	'y\ny\n',
	'a'.repeat(40_000),
	'\u0000\u009D\u202E',
	'(((((',
	'{"a":',
	'mlops',
	'\ud83d',
);

/** Answers that would act are not among the keys while a question can be answered: see `isAnswer`. */
export const events: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 20, arbitrary: fc.constantFrom(...keys).map((key): Event => ({ kind: 'key', key })) },
	{
		weight: 2,
		arbitrary: fc.oneof(hostile, fc.string({ unit: 'grapheme' })).map((text): Event => ({ kind: 'paste', text })),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.integer({ min: 1, max: 260 }), fc.integer({ min: 1, max: 80 }))
			.map(([columns, rows]): Event => ({ kind: 'resize', columns, rows })),
	},
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((ms): Event => ({ kind: 'wait', ms })) },
);
