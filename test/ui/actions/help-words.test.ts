import { expect, test } from 'vitest';
import { actions } from '../../../source/ui/actions/table.ts';

const asking = actions.filter(action => action.kind === 'change' && action.asksFirst);

test.each(asking.map(({ id, help }) => [id, help] as const))(
	'%s: the help adds (asks first), so it ends in no bracket',
	(_, help) => {
		for (const text of help) expect(text).not.toMatch(/\)$/);
	},
);
