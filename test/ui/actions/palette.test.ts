import { expect, test } from 'vitest';
import type { StepContext } from '../../../source/ui/actions/action.ts';
import { explainActions, palette } from '../../../source/ui/actions/palette.ts';
import { actionsFor } from '../../../source/ui/actions/table.ts';
import type { Effect, ViewState } from '../../../source/ui/conversation.ts';
import { matchingChoices } from '../../../source/ui/fuzzy.ts';
import { keyHints } from '../../../source/ui/key-hints.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { languages } from '../../../source/words/language.ts';
import { dag, dagId, healthy, stateOf } from '../../diagnosis/stack.ts';
import { begun, choiceOf, type GivenContext, stepContext, viewAfter } from '../../given/step-context.ts';

const state = stateOf(
	...healthy,
	{
		type: 'dags fetched',
		dags: [dag, { ...dag, dagId: 'nightly', isPaused: true }, { ...dag, dagId: 'old', isActive: false }],
	},
	{ type: 'experiments fetched', names: ['lakehouse_ml_pipeline', 'churn model'] },
);

/** The palette in a view, and which actions its choices begin, and where. */
function opened(given: GivenContext = {}) {
	const begun: { id: string; view: ViewState | null }[] = [];
	const nothing: Effect = { kind: 'nothing' };
	const context: StepContext = stepContext({
		state,
		begin: action => {
			begun.push({ id: action.id, view: null });
			return nothing;
		},
		beginWith: (action, change) => {
			begun.push({ id: action.id, view: change({ ...initialView(dagId), ...given.view }) });
			return nothing;
		},
		...given,
	});
	const question = choiceOf(palette(context));
	return { question, begun, choice: (id: string) => question.choices.find(one => one.id === id) };
}

test('what can be done here comes first, with its key; the rest says where it is at home', () => {
	const { question, choice } = opened({ view: { focus: 'services' } });
	const ids = question.choices.map(({ id }) => id);
	expect(ids.indexOf('action restart')).toBeLessThan(ids.indexOf('action clear'));
	expect(choice('action restart')).toMatchObject({ key: 'r', hint: 'Restart the selected or marked services' });
	expect(choice('action clear')?.hint).toMatch(/^in .*pipeline.*: Clear tasks/);
	// It offers neither itself nor actions that move.
	expect(ids).not.toContain('action palette');
	expect(ids).not.toContain('action down');
	expect(new Set(ids).size).toBe(ids.length);
});

test('services, DAGs and experiments are gone to; what Airflow no longer has is not offered', () => {
	const { question, choice } = opened();
	expect(choice('service mlflow')).toMatchObject({ label: 'mlflow', hint: 'service, healthy' });
	expect(choice('dag nightly')).toMatchObject({ hint: 'DAG, paused' });
	expect(choice('dag old')).toBeUndefined();
	const before = { browse: null, focus: 'logs', marks: ['x'], dagRunId: 'r' } as const;
	expect(viewAfter(question.next('service mlflow'), before)).toMatchObject({
		focus: 'services',
		selectedService: 'mlflow',
	});
	expect(viewAfter(question.next('dag nightly'), before)).toMatchObject({
		focus: 'pipeline',
		dagId: 'nightly',
		dagRunId: null,
		marks: [],
	});
	// A name with a space stays whole.
	expect(viewAfter(question.next('experiment churn model'), before)).toMatchObject({
		focus: 'mlflow',
		experiment: 'churn model',
		mlflowScroll: 0,
	});
});

test('an action on a named object selects only that object', () => {
	const { question, begun, choice } = opened({ view: { focus: 'logs', marks: ['service airflow-worker'] } });
	expect(choice('on restart service mlflow')?.label).toBe('restart mlflow');
	question.next('on restart service mlflow');
	question.next('on trigger dag nightly');
	expect(begun).toMatchObject([
		{ id: 'restart', view: { focus: 'services', selectedService: 'mlflow', marks: [] } },
		{ id: 'trigger', view: { focus: 'pipeline', dagId: 'nightly', dagRunId: null, marks: [] } },
	]);
});

test('an action is found by its words in both languages, and shown in the one of the screen', () => {
	for (const language of languages) {
		const { question } = opened({ language });
		const found = (typed: string) => matchingChoices(question.choices, typed)[0];
		expect(found('restart mlflow')?.id).toBe('on restart service mlflow');
		expect(found('재시작 mlflow')?.id).toBe('on restart service mlflow');
		expect(found('감사 로그')?.id).toBe('action audit');
		expect(found('audit')?.label).toBe(language === 'ko' ? '감사 로그' : 'audit log');
	}
	expect(opened({ language: 'ko' }).choice('action clear')?.hint).toMatch(/^파이프라인 패널: 작업 재실행/);
});

test.each([
	['theme', 'action theme'],
	['sort', 'action sort'],
	['filter', 'action filter'],
	['logs', 'action logs'],
	['process', 'action top'],
	['processes', 'action top'],
	['log process', 'action logs'],
	['restart', 'action restart'],
	['rest', 'action restart'],
	['stop', 'action stop'],
	['start', 'action start'],
	['kill', 'action kill'],
	['trigger', 'action trigger'],
	['disk', 'action disk'],
	['refresh', 'action refresh'],
	['freeze', 'action freeze'],
	['help', 'action help'],
	['quit', 'action quit'],
	['timeline', 'action timeline'],
	['experiment', 'action choose-experiment'],
	['note', 'action note'],
	['mlflow', 'service mlflow'],
	['nightly', 'dag nightly'],
	['restart mlflow', 'on restart service mlflow'],
	['rest work', 'on restart service airflow-worker'],
	['mlflow service', 'service mlflow'],
	['테마', 'action theme'],
	['정렬', 'action sort'],
	['필터', 'action filter'],
	['로그', 'action logs'],
	['프로세스', 'action top'],
	['재시작', 'action restart'],
	['새로 고침', 'action refresh'],
	['도움말', 'action help'],
])('what is typed finds the plain answer first: %s', (typed, id) => {
	for (const language of languages) {
		const { question } = opened({ language, view: { focus: 'services' } });
		const first = matchingChoices(question.choices, typed).slice(0, 3);
		expect(first[0]?.id, first.map(one => one.id).join(', ')).toBe(id);
	}
});

test('the theme is chosen for this session, and the configured one again', () => {
	const question = choiceOf(begun('theme'));
	expect(viewAfter(question.next('light')).theme).toBe('light');
	expect(viewAfter(question.next('configured'), { theme: 'light' }).theme).toBeNull();
});

test('an action begins here where it is bound here, else where it is at home', () => {
	const { question, begun } = opened({ view: { focus: 'services' } });
	question.next('action restart');
	question.next('action clear');
	question.next('action choose-fix');
	expect(begun).toMatchObject([
		{ id: 'restart', view: null },
		{ id: 'clear', view: { focus: 'pipeline' } },
		{ id: 'choose-fix', view: { focus: 'findings', zoomed: true } },
	]);
});

test('what is no longer there does nothing', () => {
	const { question, begun } = opened();
	expect(question.next('action vanished')).toEqual({ kind: 'nothing' });
	expect(question.next('on restart service vanished')).toEqual({ kind: 'nothing' });
	expect(begun).toEqual([]);
});

test('read-only, nothing that changes the stack is offered', () => {
	const { question } = opened({ actions: actionsFor({ readOnly: true }) });
	const ids = question.choices.map(({ id }) => id);
	expect(ids).not.toContain('action restart');
	expect(ids).not.toContain('on restart service mlflow');
	expect(ids).toContain('on logs service mlflow');
});

test('what an action would run is offered of those that change something here, also read-only', () => {
	const explained: string[] = [];
	const question = choiceOf(
		explainActions(
			stepContext({
				state,
				actions: actionsFor({ readOnly: true }),
				view: { focus: 'pipeline' },
				explain: action => {
					explained.push(action.id);
					return { kind: 'nothing' };
				},
			}),
		),
	);
	const ids = question.choices.map(({ id }) => id);
	expect(ids).toEqual(expect.arrayContaining(['trigger', 'clear', 'mark-as']));
	expect(ids).not.toContain('restart');
	expect(ids).not.toContain('help');
	question.next('clear');
	expect(question.next('restart')).toEqual({ kind: 'nothing' });
	expect(explained).toEqual(['clear']);
});

test('marked MLflow runs: comparing them comes first, in the palette and on the key bar', () => {
	const list = {
		browse: { kind: 'mlflow-runs', selected: null, filter: '', state: null, sort: null, back: null },
	} as const;
	const marks = ['mlflow-run a', 'mlflow-run b'];
	expect(opened({ view: { ...list, marks } }).question.choices[0]).toMatchObject({
		id: 'action compare-mlflow-runs',
		key: ',',
	});
	expect(opened({ view: { ...list, marks: marks.slice(1) } }).question.choices[0]?.id).not.toMatch(/compare/);
	const hints = (marked: readonly string[]) =>
		keyHints(actionsFor({ readOnly: false }), { ...initialView(dagId), ...list, marks: marked }, 'en').first.map(
			({ key }) => key,
		);
	expect(hints(marks).slice(0, 2)).toEqual(['esc', ',']);
	expect(hints(['mlflow-run a', 'service b'])).not.toContain(',');
});

test('the timeline is found by what it also is: the history', () => {
	const { question } = opened();
	for (const typed of ['hist', 'history', '이력'])
		expect(matchingChoices(question.choices, typed)[0]?.id, typed).toBe('action timeline');
});

test('the bar of the pipeline in full screen names the key of its views first', () => {
	const zoomed = { ...initialView(dagId), focus: 'pipeline' as const, zoomed: true };
	const { first } = keyHints(actionsFor({ readOnly: false }), zoomed, 'en');
	expect(first.slice(0, 2)).toEqual([
		{ key: 'esc', label: 'back' },
		{ key: ']', label: 'views' },
	]);
});
