import { expect, test } from 'vitest';
import type { AddressOrigin } from '../../source/model/stack/discovery.ts';
import type { StackState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { headerLine } from '../../source/ui/header.ts';
import { mlflowView } from '../../source/ui/panes/mlflow/mlflow-view.ts';
import { allServices } from '../../source/ui/panes/services/service-list.ts';
import { servicesView } from '../../source/ui/panes/services/services-view.ts';
import type { Language } from '../../source/words/language.ts';
import { writer } from '../../source/words/write.ts';
import { discovered, healthy, now, page, stateOf } from '../diagnosis/stack.ts';

/** The screen labels a server with a guessed address in each place that shows its data. */
const stackOf = (origin: AddressOrigin, isAnswering = true): StackState =>
	stateOf(
		...healthy,
		{ type: 'source connected', source: 'mlflow', version: '2.9.2', address: 'http://localhost:5000' },
		{ type: 'feed live', feed: 'pipeline' },
		{ type: 'feed live', feed: 'experiment' },
		discovered(undefined, origin, origin === 'guess' ? null : 'mlops'),
		...(['airflow', 'mlflow'] as const).map(id => page(id, isAnswering)),
	);
const inputOf = (state: StackState, language: Language) => ({
	state,
	now,
	glyphs: glyphSets.unicode,
	width: 140,
	height: 12,
	language,
	say: writer(language),
});
type Lines = readonly (readonly { readonly text: string }[])[];
const textOf = (...lines: Lines) => lines.map(line => line.map(({ text }) => text).join('')).join('\n');

const header = (state: StackState, language: Language, width = 140) =>
	textOf(
		headerLine({
			...inputOf(state, language),
			width,
			project: 'mlops',
			host: 'db-host',
			profile: null,
			crumbs: [],
			frozen: false,
			unfreezeKey: null,
			stackKey: null,
			demo: false,
			readOnly: false,
		}),
	);
const pane = { focused: false, zoomed: false, keyOf: () => '' };
const pages = (state: StackState, language: Language) => {
	const input = {
		...inputOf(state, language),
		...pane,
		ownProject: 'mlops',
		selected: null,
		shown: allServices,
		marks: [],
	};
	const { rows } = servicesView(input);
	return textOf(...rows.filter(line => /airflow.*mlflow/.test(textOf(line))));
};
const mlflowTitle = (state: StackState, language: Language) => {
	const input = { ...inputOf(state, language), ...pane, experimentName: 'lakehouse_ml_pipeline', scroll: 0 };
	return textOf(...mlflowView(input).title);
};

test.each([
	['en', 'guessed'],
	['ko', '추정'],
] as const)(
	'a guessed server is labelled in the header, the row of pages and the MLflow pane: %s',
	(language, label) => {
		const guess = stackOf('guess');
		// The widest form, and the narrowest, which otherwise leaves out servers that respond.
		for (const width of [140, 90, 60]) {
			expect(header(guess, language, width)).toMatch(new RegExp(`airflow .*${label}.*mlflow .*${label}`));
		}
		for (const state of [guess, stackOf('guess', false)])
			expect(pages(state, language)).toMatch(new RegExp(`airflow \\(${label}\\).*mlflow \\(${label}\\)`));
		expect(mlflowTitle(guess, language)).toContain(label);
	},
);

test.each(['published', 'given', 'seen earlier'] as const)('an address that is %s bears no such label', origin => {
	const state = stackOf(origin);
	const shown = [header(state, 'en'), pages(state, 'en'), mlflowTitle(state, 'en')].join('\n');
	expect(shown).toMatch(/airflow 2\.8\.0/);
	expect(shown).not.toMatch(/guess/);
});
