import { expect, test } from 'vitest';
import { actions } from '../../../source/ui/actions/table.ts';
import { keyTitle } from '../../../source/ui/keys.ts';

/** The same in Korean. */
const names = ['DAG', 'MLflow'];
const isKorean = (text: string) => /\p{Script=Hangul}/u.test(text) || names.includes(text);

test.each(actions.map(action => [action.id, action] as const))('%s has short texts in both languages', (_, action) => {
	const [english, korean] = action.label;
	expect(english.split(' ').length).toBeLessThanOrEqual(2);
	expect(english).not.toMatch(/\p{Script=Hangul}/u);
	expect(korean).toSatisfy(isKorean);
	const [help, koreanHelp] = action.help;
	expect(help).toMatch(/^[A-Z]/);
	expect(help).not.toMatch(/\.$/);
	expect(help.split(/\s+/).length).toBeLessThanOrEqual(20);
	expect(koreanHelp).toSatisfy(isKorean);
	expect(koreanHelp).not.toMatch(/(다|요)\.?$/);
});

test('help names no keys, as users may bind others', () => {
	const named = actions.flatMap(({ id, help: [english, korean], keys }) =>
		keys
			.map(keyTitle)
			.filter(title => title.length > 1 && [english, korean].some(text => text.includes(title)))
			.map(title => `${id}: ${title}`),
	);
	expect(named).toEqual([]);
});
