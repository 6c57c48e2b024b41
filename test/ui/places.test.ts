import { expect, test } from 'vitest';
import { initialState } from '../../source/model/state.ts';
import { viewAt } from '../../source/ui/actions/table/look.ts';
import { actions } from '../../source/ui/actions/table.ts';
import { listIds, lists } from '../../source/ui/lists/lists.ts';
import { paneIds } from '../../source/ui/panes/panes.ts';
import { placeAt, places, placesInShort, placesInWords } from '../../source/ui/places.ts';
import { initialView } from '../../source/ui/view-state.ts';

test('no two places have the same id or name', () => {
	for (const of of [
		places.map(({ id }) => id),
		...[0, 1].map(language => places.map(({ name }) => name[language])),
		...[0, 1].map(language => places.map(({ shortName }) => shortName[language])),
	])
		expect(new Set(of).size).toBe(places.length);
});

test('each place is reached, and is the one where the user then is', () => {
	for (const { id } of places) expect(placeAt(viewAt(initialView('dag'), id)).id).toBe(id);
});

test('each pane has its number, and Tab goes from one to the next', () => {
	const keys = paneIds.map(id => actions.find(action => action.id === `pane-${id}`)?.keys);
	expect(keys).toEqual(paneIds.map((_, index) => [String(index + 1)]));
	expect(actions.find(({ id }) => id === 'next-pane')?.places).toEqual(paneIds);
});

test('keys that a place adds are at home there', () => {
	for (const place of places) {
		for (const action of place.actions) expect(action.places?.[0], action.id).toBe(place.id);
	}
});

test('keys that all lists share are bound in all of them', () => {
	for (const id of ['filter', 'sort'])
		expect(actions.find(action => action.id === id)?.places).toEqual(['services', 'findings', ...listIds]);
	expect(actions.find(({ id }) => id === 'mark')?.places).toEqual([
		'services',
		'pipeline',
		'dags',
		'runs',
		'mlflow-runs',
		'model-versions',
		'task-instances',
	]);
	expect(actions.find(({ id }) => id === 'open-row')?.places).toEqual(['dags', 'runs', 'timeline']);
});

test('the rows of each pane and list are sorted and filtered, by the general keys', () => {
	// The runs of these panes are searched and sorted in their lists; a log has the order of time.
	const inLists = { pipeline: 'find-run', logs: 'search', mlflow: 'find-mlflow-run' };
	for (const { id, arranged } of places) {
		const actionIds = actions.filter(({ places: at }) => at?.includes(id)).map(action => action.id);
		const list = lists.find(one => one.id === id);
		const found = arranged ?? list;
		if (found === undefined) {
			expect(Object.entries(inLists), id).toContainEqual([id, expect.toBeOneOf(actionIds)]);
			continue;
		}
		expect(actionIds, id).toEqual(expect.arrayContaining(['sort', 'filter']));
		const sortable =
			typeof found.sortable === 'function' ? found.sortable(initialState, initialView('dag')) : found.sortable;
		const columns = sortable.map(column => column.id);
		expect(columns, id).toContain(found.sort.replace(/^-/, ''));
		for (const text of [found.filterTitle, found.filterHint, ...sortable.map(({ heading }) => heading)])
			expect(
				text.map(words => words.length > 0),
				id,
			).toEqual([true, true]);
	}
});

test('places in a sentence, and where there is little room', () => {
	const ids = ['services', 'mlflow', 'runs'] as const;
	expect(placesInWords(ids, 'en')).toBe('the services pane, the MLflow pane and the DAG run list');
	expect(placesInShort(ids, 'en')).toBe('services, MLflow and the DAG run list');
	expect(placesInWords(['timeline'], 'en')).toBe('the timeline');
	expect(placesInWords(ids, 'ko')).toBe('서비스 패널, MLflow 패널, DAG 실행 목록');
	expect(placesInShort(ids, 'ko')).toBe('서비스, MLflow, DAG 실행 목록');
});
