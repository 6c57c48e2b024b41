import type { Clients } from '../../source/clients/clients.ts';
import type { StackState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import type { StepContext } from '../../source/ui/actions/action.ts';
import { actionsFor } from '../../source/ui/actions/table.ts';
import type { ChooseQuestion, Effect, InputQuestion, Page, ViewState } from '../../source/ui/conversation.ts';
import { initialView } from '../../source/ui/view-state.ts';
import { writer } from '../../source/words/write.ts';
import { dagId, now, stateOf } from '../diagnosis/stack.ts';
import { english } from '../english.ts';
import { stubOf } from './stub.ts';

export type GivenContext = Partial<Omit<StepContext, 'view'>> & { readonly view?: Partial<ViewState> };

const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not to be called`));

/** The context of an action, on a healthy stack; using a part that is not given is an error. */
export function stepContext({ view, ...more }: GivenContext = {}): StepContext {
	const actions = actionsFor({});
	const state = more.state ?? stateOf();
	return stubOf<StepContext>({
		state,
		current: () => state,
		view: { ...initialView(dagId), ...view },
		ownProject: 'mlops',
		now,
		page: 10,
		room: { width: 116, height: 36 },
		glyphs: glyphSets.unicode,
		clock: { now: () => now },
		signal: new AbortController().signal,
		actions,
		allActions: actions,
		environment: {},
		experimentName: 'lakehouse_ml_pipeline',
		airflowLogin: { username: 'admin', password: 'admin' },
		acknowledge: unexpected('acknowledge'),
		unacknowledge: unexpected('unacknowledge'),
		deepCheck: unexpected('deepCheck'),
		readOnly: false,
		isDemo: false,
		language: 'en',
		say: writer(more.language ?? 'en'),
		profiles: [],
		profile: null,
		clients: stubOf<Clients>({}),
		auditFile: '/nonexistent/audit.jsonl',
		...more,
	});
}

/** The view after an action of the table that only changes the view. */
export function applied(actionId: string, given: GivenContext = {}): ViewState {
	const action = actionsFor({}).find(({ id }) => id === actionId);
	if (action?.kind !== 'view') throw new Error(`${actionId} does not only change the view`);
	return action.apply(stepContext(given));
}

/** The effect of any other action of the table. */
export function begun(actionId: string, given: GivenContext = {}): Effect {
	const action = actionsFor({}).find(({ id }) => id === actionId);
	if (!action || action.kind === 'view') throw new Error(`${actionId} begins nothing`);
	return action.begin(stepContext(given));
}

/** The result of an effect once servers have responded. */
export async function outcomeOf(effect: Effect): Promise<Effect> {
	return effect.kind === 'wait' ? outcomeOf(await effect.until) : effect;
}

export async function pageOf(effect: Effect): Promise<Page> {
	const outcome = await outcomeOf(effect);
	if (outcome.kind !== 'page') throw new Error(`a page was expected: ${JSON.stringify(outcome)}`);
	return outcome.page;
}

export function choiceOf(effect: Effect): ChooseQuestion {
	if (effect.kind !== 'choose') throw new Error(`a choice was expected: ${JSON.stringify(effect)}`);
	return effect.question;
}

export function inputOf(effect: Effect): InputQuestion {
	if (effect.kind !== 'input') throw new Error(`an input was expected: ${JSON.stringify(effect)}`);
	return effect.question;
}

/** The view after an effect that only changes the view. */
export function viewAfter(effect: Effect, view: Partial<ViewState> = {}): ViewState {
	if (effect.kind !== 'view') throw new Error(`a view was expected: ${JSON.stringify(effect)}`);
	return effect.change({ ...initialView(dagId), ...view });
}

/** Why it cannot be done, in words, and the kind of refusal. */
export async function refusalOf(effect: Effect): Promise<{ refused: string; kind: string }> {
	const outcome = await outcomeOf(effect);
	if (outcome.kind !== 'refusal') throw new Error(`a refusal was expected: ${JSON.stringify(outcome)}`);
	return { refused: english(outcome.refusal.refused), kind: outcome.refusal.kind };
}

/** The same state without a container, or with others instead. */
export function withServices(state: StackState, change: (name: string) => object | null): StackState {
	const containers = Object.entries(state.containers).flatMap(([id, one]) => {
		const changed = change(one.container.name);
		return changed === null ? [] : [[id, { ...one, container: { ...one.container, ...changed } }] as const];
	});
	return { ...state, containers: Object.fromEntries(containers) };
}
