import { serviceLook } from '../../model/engine/health-symbol.ts';
import { unitName, unitsToName } from '../../selectors/containers/service-units.ts';
import { type Language, languages, type Text, textIn } from '../../words/language.ts';
import { write } from '../../words/write.ts';
import type { Choice, Effect, ViewState } from '../conversation.ts';
import { withService } from '../panes/services/service-list.ts';
import { placeOf } from '../place.ts';
import { placesInWords } from '../places.ts';
import type { Action, StepContext } from './action.ts';
import { isBoundAt, isForMarks, keysAt, keysIn, spotOf } from './bindings.ts';
import { showExperiment } from './experiments.ts';
import { changed } from './step.ts';
import { showDag, viewAt } from './table/look.ts';

/** Every action, service, DAG and experiment, found by a few letters. */
export function palette(context: StepContext): Effect {
	const { view, actions, language, say } = context;
	const place = placeOf(view);
	const spot = spotOf(view);
	const isHere = (action: Action) => isBoundAt(action, spot);
	const keyOf = (action: Action) =>
		(isHere(action) ? keysAt(actions, action, spot) : keysIn(actions, action, action.places?.[0] ?? place))[0];
	const wanted = actions.filter(action => action.id !== 'palette' && action.group !== 'move');
	// What the marks were made for comes first, then actions of this place; the others go to their place.
	const here = wanted.filter(isHere);
	const isMarkedFor = (action: Action) => isForMarks(action, view.marks);
	const offered = [
		...here.filter(isMarkedFor),
		...here.filter(action => !isMarkedFor(action)),
		...wanted.filter(action => !isHere(action)),
	];
	const targeted = [...onServices(context), ...onDags(context)];
	const choices: Choice[] = [
		...offered.map(action => ({
			id: `action ${action.id}`,
			...inBoth(language, of => ({
				label: textIn(action.label, of),
				hint: isHere(action) ? textIn(action.help, of) : helpElsewhere(action, of),
			})),
			...(action.words ? { words: action.words } : {}),
			...keyed(keyOf(action)),
		})),
		...placesToGo(context),
		...targeted.map(({ choice }) => choice),
	];
	return {
		kind: 'choose',
		question: {
			title: say(['Run an action or go to', '동작 실행 또는 이동']),
			filters: true,
			choices,
			next: id => {
				const [kind, ...rest] = id.split(' ');
				const name = rest.join(' ');
				switch (kind) {
					case 'service':
						return changed(now => withService(now, name));
					case 'dag':
						return showDag(name);
					case 'experiment':
						return showExperiment(name);
					case 'on': {
						const wanted = targeted.find(({ choice }) => choice.id === id);
						return wanted ? context.beginWith(wanted.action, wanted.change) : { kind: 'nothing' };
					}
					default: {
						const action = offered.find(one => one.id === name);
						if (!action) return { kind: 'nothing' };
						return isHere(action) ? context.begin(action) : context.beginWith(action, now => goTo(now, action));
					}
				}
			},
		},
	};
}

/** Services, DAGs and experiments, which choosing them shows. */
function placesToGo({ state, ownProject, language, say }: StepContext): Choice[] {
	return [
		...unitsToName(state, ownProject).map(unit => ({
			id: `service ${unit.id}`,
			...inBoth(language, of => ({
				label: unitName(unit, ownProject),
				hint: write(
					unit.worst.container.isOneOff
						? ['one-off container, {state}', '일회성 컨테이너, {state}']
						: ['service, {state}', '서비스, {state}'],
					{ state: textIn(serviceLook(unit.worst).word, of) },
					of,
				),
			})),
		})),
		...(state.dags ?? [])
			.filter(dag => dag.isActive)
			.map(dag => ({
				id: `dag ${dag.dagId}`,
				label: dag.dagId,
				hint: dag.isPaused ? say(['DAG, paused', 'DAG, 일시 중지됨']) : 'DAG',
			})),
		...(state.experimentNames ?? []).map(name => ({
			id: `experiment ${name}`,
			label: name,
			hint: say(['experiment', '실험']),
		})),
	];
}

/** An action on one service or DAG, found by the words of both: `rest work` is restart airflow-worker. */
type Targeted = {
	readonly choice: Choice;
	readonly action: Action;
	readonly change: (view: ViewState) => ViewState;
};

const serviceVerbs = ['restart', 'stop', 'start', 'kill', 'logs', 'shell', 'inspect', 'top'];
const dagVerbs = ['trigger', 'pause', 'source', 'try-file', 'browse-runs'];

function targetedBy(
	{ actions, language }: StepContext,
	ids: readonly string[],
	kind: string,
	name: string,
	change: Targeted['change'],
	shownName = name,
): Targeted[] {
	return ids.flatMap(id => {
		const action = actions.find(one => one.id === id);
		if (!action) return [];
		return [
			{
				choice: {
					id: `on ${id} ${kind} ${name}`,
					...inBoth(language, of => ({
						label: write(actionOnOne, { action: textIn(action.label, of), name: shownName }, of),
						hint: textIn(action.help, of),
					})),
				},
				action,
				change,
			},
		];
	});
}

function onServices(context: StepContext): Targeted[] {
	const { state, ownProject } = context;
	return unitsToName(state, ownProject).flatMap(unit => {
		const select = (view: ViewState): ViewState => ({ ...withService(view, unit.id), marks: [] });
		return targetedBy(context, serviceVerbs, 'service', unit.id, select, unitName(unit, ownProject));
	});
}

function onDags(context: StepContext): Targeted[] {
	return (context.state.dags ?? [])
		.filter(dag => dag.isActive)
		.flatMap(({ dagId }) =>
			targetedBy(context, dagVerbs, 'dag', dagId, view => ({
				...view,
				focus: 'pipeline',
				dagId,
				dagRunId: null,
				taskId: null,
				browse: null,
				marks: [],
			})),
		);
}

/** Shows the command of a changing action instead of running it. */
export function explainActions(context: StepContext): Effect {
	const { view, allActions, language, say } = context;
	const spot = spotOf(view);
	const offered = allActions.filter(action => action.kind === 'change' && isBoundAt(action, spot));
	return {
		kind: 'choose',
		question: {
			title: say(['Show the command of', '명령 미리 보기']),
			filters: true,
			choices: offered.map(action => ({
				id: action.id,
				...inBoth(language, of => ({ label: textIn(action.label, of), hint: textIn(action.help, of) })),
				...keyed(keysAt(allActions, action, spot)[0]),
			})),
			next: id => {
				const action = offered.find(one => one.id === id);
				return action ? context.explain(action) : { kind: 'nothing' };
			},
		},
	};
}

/** The view at the home place of the action. */
function goTo(view: ViewState, { places, zoomed }: Action): ViewState {
	const [place = placeOf(view)] = places ?? [];
	const there = viewAt(view, place);
	return zoomed === undefined ? there : { ...there, zoomed };
}

/** What an action does, and where the palette goes for it. */
function helpElsewhere({ places, help }: Action, language: Language): string {
	const [first] = places ?? [];
	const words = textIn(help, language);
	return first ? write(inPlace, { place: placesInWords([first], language), help: words }, language) : words;
}

const inPlace: Text = ['in {place}: {help}', '{place}: {help}'];
const actionOnOne: Text = ['{action} {name}', '{name} {action}'];

/** The text of a choice in the language of the screen, and in the other one, so that either is found. */
function inBoth(language: Language, words: (of: Language) => Pick<Choice, 'label' | 'hint'>): Omit<Choice, 'id'> {
	const other = languages.find(one => one !== language) ?? language;
	return { ...words(language), also: words(other) };
}

const keyed = (key: string | undefined): Pick<Choice, 'key'> => (key ? { key } : {});
