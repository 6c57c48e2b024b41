import { expect, test } from 'vitest';
import { initialState } from '../../../../source/model/state.ts';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import { lineWidth } from '../../../../source/presentation/text.ts';
import { endpointsRow } from '../../../../source/ui/panes/services/endpoints-row.ts';
import { allServices } from '../../../../source/ui/panes/services/service-list.ts';
import type { Language } from '../../../../source/words/language.ts';
import { quoted } from '../../../../source/words/message.ts';
import { writer } from '../../../../source/words/write.ts';
import { now } from '../../../diagnosis/stack.ts';

const names = ['Airflow', 'MLflow', 'Trino', 'Grafana', 'Superset'];

const endpoint = (title: string) => ({
	id: title.toLowerCase(),
	title,
	pageUrl: `http://localhost/${title}`,
	healthUrl: `http://localhost/${title}/health`,
	containerId: null,
	check: {
		ok: title !== 'Grafana',
		since: now - 60_000,
		checkedAt: now,
		httpStatus: title === 'Grafana' ? null : 200,
		answerMs: 5,
		problem: title === 'Grafana' ? quoted('did not answer') : null,
	},
});

function rowOf(width: number, language: Language = 'en', endpoints = names.map(endpoint)): string {
	const line = endpointsRow({
		state: { ...initialState, endpoints },
		now,
		glyphs: glyphSets.unicode,
		width,
		height: 10,
		focused: false,
		zoomed: false,
		ownProject: 'mlops',
		selected: null,
		shown: allServices,
		marks: [],
		keyOf: () => '',
		language,
		say: writer(language),
	});
	expect(lineWidth(line)).toBeLessThanOrEqual(width);
	return line.map(({ text }) => text).join('');
}

test('a failing page comes first, and the row counts the pages that do not fit', () => {
	expect(rowOf(120)).toBe(
		'  pages: ✖ Grafana no answer 1m  ✔ Airflow <10ms  ✔ MLflow <10ms  ✔ Trino <10ms  ✔ Superset <10ms',
	);
	expect(rowOf(76)).toBe('  pages: ✖ Grafana no answer 1m  ✔ Airflow <10ms  ✔ MLflow <10ms  +2 more');
	expect(rowOf(76, 'ko')).toMatch(/✔ Airflow <10ms {2}외 3개$/);
});

test('pages stay where they are when one answers slower', () => {
	const places = [5, 14, 640, 1200].map(answerMs => {
		const [first, ...others] = names.map(endpoint);
		if (!first) throw new Error('no page');
		return rowOf(120, 'en', [{ ...first, check: { ...first.check, answerMs } }, ...others]).indexOf('MLflow');
	});
	expect(new Set(places).size).toBe(1);
});
