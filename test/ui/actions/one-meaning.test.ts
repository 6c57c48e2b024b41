import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import {
	exceptionsOf,
	holdersOf,
	isBoundAt,
	keysAt,
	keysIn,
	type Spot,
	spots,
} from '../../../source/ui/actions/bindings.ts';
import { viewAt } from '../../../source/ui/actions/table/look.ts';
import { actionsFor, actions as table } from '../../../source/ui/actions/table.ts';
import { generalVerbs, isVerb, paneVerbs, type Verb } from '../../../source/ui/actions/verbs.ts';
import { chartDialog } from '../../../source/ui/chart-state.ts';
import type { Effect, ViewState } from '../../../source/ui/conversation.ts';
import { chooseDialog } from '../../../source/ui/dialogs/choose.ts';
import { confirmDialog, shellDialog } from '../../../source/ui/dialogs/confirm.ts';
import type { DialogContract } from '../../../source/ui/dialogs/dialog.ts';
import { type Dialog, dialogs, drawDialog, isTypedIn } from '../../../source/ui/dialogs/dialogs.ts';
import { formDialog } from '../../../source/ui/dialogs/form.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import { inputDialog } from '../../../source/ui/dialogs/input.ts';
import { pageDialog } from '../../../source/ui/dialogs/page.ts';
import { keyHints } from '../../../source/ui/key-hints.ts';
import { keyTitle } from '../../../source/ui/keys.ts';
import { listIds, lists } from '../../../source/ui/lists/lists.ts';
import { panes } from '../../../source/ui/panes/panes.ts';
import type { Place } from '../../../source/ui/place.ts';
import { places } from '../../../source/ui/places.ts';
import { textField, typed } from '../../../source/ui/text-field.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { english } from '../../given/english.ts';
import { contextOf } from '../../given/plans-of-keys.ts';
import { controllerOnDemo, type OnDemo } from '../on-demo.ts';

/**
 * No key has two meanings, in one place or in two. Places, actions and dialogs are those of the code, not a list of
 * this test.
 */

const modes = [
	['all keys', actionsFor({})],
	['read-only', actionsFor({ readOnly: true })],
] as const;
const allKeys = [...new Set(table.flatMap(({ keys }) => keys))];
const generalNames = Object.keys(generalVerbs).filter(isVerb);
const verbs = [...generalNames, ...Object.keys(paneVerbs).filter(isVerb)];
const name = ({ place, zoomed }: Spot) => `${place}${zoomed ? ', opened' : ''}`;
const viewOf = ({ place, zoomed }: Spot): ViewState => ({ ...viewAt(initialView('dag'), place), zoomed });

test('the spots are all panes, opened and not, and all lists', () => {
	expect(spots).toHaveLength(2 * panes.length + lists.length);
	expect(new Set(spots.map(({ place }) => place))).toEqual(new Set(places.map(({ id }) => id)));
});

test('no id is there twice', () => {
	const ids = table.map(({ id }) => id);
	expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(modes)('%s', (_, actions) => {
	test.each(spots.map(spot => [name(spot), spot] as const))('%s: each key has one meaning', (_name, spot) => {
		const twice = allKeys.flatMap(key => {
			const holders = holdersOf(actions, key, spot);
			return holders.length > 1 ? [`${key}: ${holders.map(({ id }) => id).join(', ')}`] : [];
		});
		expect(twice).toEqual([]);
	});

	test.each(spots.map(spot => [name(spot), spot] as const))('%s: the key bar shows what its keys do', (_name, spot) => {
		const { first, always } = keyHints(actions, viewOf(spot), 'en');
		const shown = [...first, ...always];
		expect(shown.map(({ key }) => key)).toEqual([...new Set(shown.map(({ key }) => key))]);
		for (const { key, label } of shown) {
			const [action] = holdersOf(actions, key, spot);
			expect(label === 'back' ? ['back', 'zoom'] : [action?.label[0]], `${key} ${label}`).toContain(
				label === 'back' ? action?.id : label,
			);
		}
	});

	test.each(places.map(({ id }) => id))('%s: the help shows what keys do there', place => {
		const context = {
			actions,
			place,
			running: [],
			now: 0,
			isAnswerable: true,
			columns: 300,
			rows: 1000,
			glyphs: glyphSets.unicode,
			...english,
		};
		const rows = drawDialog(helpDialog, context).rows.map(row => row.map(({ text }) => text).join(''));
		const here = rows.slice(
			1,
			rows.findIndex(row => /^│ +│$/.test(row)),
		);
		const expected = actions
			.filter(action => action.places?.[0] === place)
			.map(action => keysIn(actions, action, place));
		// A place without keys of its own has no part of the help; the first part is another's.
		const shown =
			expected.length === 0 ? [] : here.filter(row => /^│ {3}\S/.test(row)).map(row => row.slice(4, 19).trim());
		expect(shown).toEqual(expected.map(keys => keys.map(keyTitle).join(', ') || 'palette'));
		for (const action of actions) {
			for (const { keys, places: elsewhere } of exceptionsOf(actions, action))
				for (const key of keys ?? action.keys)
					for (const other of elsewhere)
						expect(
							spots.some(spot => spot.place === other && holdersOf(actions, key, spot)[0] !== action),
							`${action.id} ${key}`,
						).toBe(true);
		}
	});
});

test('every key of an action means it somewhere', () => {
	for (const action of table)
		for (const key of action.keys)
			expect(
				spots.filter(spot => keysAt(table, action, spot).includes(key)),
				`${action.id} ${key}`,
			).not.toEqual([]);
});

describe('verbs', () => {
	const byKey = (key: string) => [...new Set(table.filter(({ keys }) => keys.includes(key)).map(({ verb }) => verb))];

	test('a key means one verb, whatever the place', () => {
		expect(allKeys.map(key => [key, byKey(key)] as const).filter(([, verbs]) => verbs.length !== 1)).toEqual([]);
	});

	test('a verb has one key, whatever the place; only panes have a number each', () => {
		for (const verb of verbs.filter(one => one !== 'pane')) {
			const first = new Set(table.filter(action => action.verb === verb).map(({ keys }) => keys[0]));
			expect([...first], verb).toHaveLength(1);
		}
	});

	test.each(spots.map(spot => [name(spot), spot] as const))(
		'%s: the keys of general verbs mean nothing else',
		(_, spot) => {
			for (const verb of generalNames) {
				for (const key of new Set(table.filter(action => action.verb === verb).flatMap(({ keys }) => keys)))
					expect([[], [verb]], key).toContainEqual(holdersOf(table, key, spot).map(action => action.verb));
			}
		},
	);

	test.each<readonly [verb: Verb, places: readonly Place[] | 'all']>([
		...(['up', 'down', 'page up', 'page down', 'first', 'last', 'back', 'open'] as const).map(
			verb => [verb, 'all'] as const,
		),
		...(['copy', 'open page', 'freeze', 'refresh', 'palette', 'help', 'choose'] as const).map(
			verb => [verb, 'all'] as const,
		),
		['filter', ['services', 'pipeline', 'logs', 'mlflow', 'findings', ...listIds]],
		['show only', ['services', 'logs', ...listIds]],
		['sort', ['services', 'findings', ...listIds]],
		['mark', places.filter(({ mark }) => mark).map(({ id }) => id)],
	])('%s works where it makes sense', (verb, at) => {
		for (const spot of spots) {
			if (at !== 'all' && !at.includes(spot.place)) continue;
			const found = table.filter(action => action.verb === verb && keysAt(table, action, spot).length > 0);
			expect(
				found.map(action => action.verb),
				name(spot),
			).toContain(verb);
		}
	});

	test('h moves left in the pipeline, l shows a log, and neither means anything else', () => {
		expect([byKey('h'), byKey('l')]).toEqual([['left'], ['logs']]);
		expect(table.filter(({ keys }) => keys.includes('h')).map(({ places: at }) => at)).toEqual([['pipeline']]);
	});
});

test('read-only removes keys and gives none another meaning', () => {
	const [[, all], [, reading]] = modes;
	for (const spot of spots)
		for (const key of allKeys) {
			const before = holdersOf(all, key, spot)[0]?.id;
			const after = holdersOf(reading, key, spot)[0]?.id;
			expect([undefined, before], `${key} in ${name(spot)}`).toContain(after);
		}
});

test('Enter in findings opens the finding, and chooses a fix once it is opened; z opens and closes the pane', () => {
	const enter = (zoomed: boolean) => holdersOf(table, 'enter', { place: 'findings', zoomed }).map(({ id }) => id);
	expect([enter(false), enter(true)]).toEqual([['open-finding'], ['choose-fix']]);
	const zoom = table.find(({ id }) => id === 'zoom');
	expect(zoom && keysIn(table, zoom, 'findings')).toEqual(['z']);
	expect(zoom && exceptionsOf(table, zoom)).toEqual([
		{ keys: ['enter'], places: ['services', 'pipeline', 'findings'] },
	]);
});

/** Dialogs that no action opens. */
const others: readonly Dialog[] = [
	helpDialog,
	{ ...helpDialog, field: textField('x') },
	{ kind: 'progress', action: 'a', title: 'x' },
	{ kind: 'waiting', title: 'x', token: 1 },
];

describe('dialogs', () => {
	let on: OnDemo;
	const met: Dialog[] = [...others];
	const failed: string[] = [];
	beforeAll(async () => {
		on = await controllerOnDemo();
		await on.sees(/airflow 2\.8\.0 ✔/);
		await meetAll(spots);
		on.demo.scenario.stopContainer('airflow-postgres');
		await on.sees(/airflow-postgres exited/);
		await meetAll(spots.filter(({ place }) => place === 'findings'));
	}, 240_000);
	afterAll(() => on?.close());

	async function meetAll(at: readonly Spot[]): Promise<void> {
		for (const spot of at)
			for (const action of table) {
				// Saving writes a file; the palette leads to all other actions.
				if (action.kind === 'view' || !isBoundAt(action, spot) || ['save-log', 'palette'].includes(action.id)) continue;
				try {
					await meet(action.begin(contextOf(on.monitor, viewOf(spot))), 3);
				} catch (error) {
					failed.push(`${action.id} in ${name(spot)}: ${error}`);
				}
			}
	}

	/**
	 * Goes through everything that an effect leads to, without confirming anything; of long lists only the first few.
	 */
	async function meet(effect: Effect, depth: number): Promise<void> {
		if (depth === 0) return;
		switch (effect.kind) {
			case 'wait':
				return meet(await effect.until, depth);
			case 'choose': {
				met.push(chooseDialog(effect.question));
				const { choices, filters } = effect.question;
				for (const { id, refused } of filters ? choices.slice(0, 2) : choices)
					if (refused === undefined) await meet(effect.question.next(id), depth - 1);
				return;
			}
			case 'input':
				met.push(inputDialog(effect.question, initialView('dag')));
				return meet(effect.question.next(effect.question.initial || 'x'), depth - 1);
			case 'form': {
				const form = formDialog(effect.question);
				met.push(form, ...effect.question.fields.map((_, index) => ({ ...form, index })), { ...form, mode: 'json' });
				return meet(effect.question.next('{}'), depth - 1);
			}
			case 'page':
				met.push(pageDialog(effect.page));
				return;
			case 'chart':
				met.push(chartDialog(effect.chart));
				return;
			case 'plan':
				met.push(confirmDialog(effect.plan), confirmDialog({ ...effect.plan, typed: 'x' }));
				return;
			case 'shell':
				met.push(shellDialog(effect.shell));
		}
	}

	test('every kind of dialog is met, and every action begins', () => {
		expect(failed).toEqual([]);
		expect(new Set(met.map(({ kind }) => kind))).toEqual(new Set(Object.keys(dialogs)));
		expect(met.filter(({ kind }) => kind === 'choose').length).toBeGreaterThan(10);
	});

	test('in each of them each key has one meaning, and none that is typed', () => {
		for (const dialog of met) {
			const contract = dialogs[dialog.kind] as DialogContract<Dialog>;
			for (const limit of [0, 10]) {
				const bound = contract.keys(dialog, { page: 5, limit }).flatMap(({ keys }) => keys);
				const title = 'question' in dialog ? dialog.question.title : dialog.kind;
				expect(
					bound.filter((key, index) => bound.indexOf(key) !== index),
					title,
				).toEqual([]);
				const isText =
					isTypedIn(dialog) && !(dialog.kind === 'form' && dialog.question.fields[dialog.index]?.values.length);
				if (isText)
					expect(
						bound.filter(key => typed(textField('abc'), key) !== null),
						title,
					).toEqual([]);
			}
		}
	});

	test('every choice that shows a key is taken by it', () => {
		for (const dialog of met) {
			if (dialog.kind !== 'choose' || dialog.question.filters) continue;
			for (const { key, label } of dialog.question.choices) {
				if (key === undefined) continue;
				const meaning = dialogs.choose.keys(dialog, { page: 5, limit: 0 }).filter(({ keys }) => keys.includes(key));
				expect(meaning, `${dialog.question.title}: ${key} ${label}`).toHaveLength(1);
			}
		}
	});
});
