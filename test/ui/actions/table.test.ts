import { expect, test } from 'vitest';
import { actions } from '../../../source/ui/actions/table.ts';
import { placeOf } from '../../../source/ui/place.ts';

test('no key means two things in one place, and no id is there twice', () => {
	const ids = actions.map(action => action.id);
	expect(new Set(ids).size).toBe(ids.length);
	const places = ['services', 'pipeline', 'logs', 'mlflow', 'dags', 'runs', 'timeline', 'mlflow-runs'] as const;
	for (const place of places) {
		const here = actions.filter(action => action.places?.includes(place)).flatMap(action => action.keys);
		expect(
			here.filter((key, index) => here.indexOf(key) !== index),
			place,
		).toEqual([]);
	}
	const everywhere = actions.filter(action => !action.places).flatMap(action => action.keys);
	expect(everywhere.filter((key, index) => everywhere.indexOf(key) !== index)).toEqual([]);
	expect(placeOf({ focus: 'logs', browse: null })).toBe('logs');
});
