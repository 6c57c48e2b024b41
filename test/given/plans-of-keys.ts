import type { Monitor } from '../../source/app/monitor.ts';
import type { Plan } from '../../source/operations/plan/plan.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { plainTheme } from '../../source/presentation/theme.ts';
import type { Action, StepContext } from '../../source/ui/actions/action.ts';
import { actionsFor } from '../../source/ui/actions/table.ts';
import type { Effect, ViewState } from '../../source/ui/conversation.ts';
import { LogReader } from '../../source/ui/panes/logs/log-reader.ts';
import { actionContext } from '../../source/ui/presenter.ts';
import { initialView } from '../../source/ui/view-state.ts';

/** A plan that keys lead to, and the choices on the way. */
export type PlanOfKeys = { readonly plan: Plan; readonly way: readonly string[] };

export const allActions: readonly Action[] = actionsFor({});

/**
 * Every plan that an action leads to in a view, for every answer: each choice is taken, and forms and fields keep their
 * values.
 */
export function plansOf(monitor: Monitor, action: Action, view: Partial<ViewState>): Promise<PlanOfKeys[]> {
	return begin(monitor, action, { ...initialView(monitor.config.dag), ...view }, [action.id]);
}

function begin(monitor: Monitor, action: Action, view: ViewState, way: readonly string[]): Promise<PlanOfKeys[]> {
	// Looks lead to other looks; only the palette leads to changes.
	if (action.kind !== 'change' && action.id !== 'palette') return Promise.resolve([]);
	if (action.kind === 'view') return Promise.resolve([]);
	return follow(action.begin(contextOf(monitor, view, way)), way);
}

/** The result of a question's `begin` is a plan too: it is passed on as an effect that `follow` knows. */
class Begun {
	readonly plans: Promise<PlanOfKeys[]>;

	constructor(plans: Promise<PlanOfKeys[]>) {
		this.plans = plans;
	}
}
const begun = new WeakMap<object, Begun>();

function asEffect(plans: Promise<PlanOfKeys[]>): Effect {
	const effect = { kind: 'nothing' as const };
	begun.set(effect, new Begun(plans));
	return effect;
}

async function follow(effect: Effect, way: readonly string[]): Promise<PlanOfKeys[]> {
	const inner = begun.get(effect);
	if (inner) return (await inner.plans).map(found => ({ ...found, way: [...way, ...found.way] }));
	switch (effect.kind) {
		case 'wait':
			return follow(await effect.until, way);
		case 'plan':
			return [{ plan: effect.plan, way }];
		case 'choose': {
			const found: PlanOfKeys[] = [];
			for (const { id, label, refused } of effect.question.choices)
				if (refused === undefined) found.push(...(await follow(effect.question.next(id), [...way, label])));
			return found;
		}
		case 'input':
			return follow(effect.question.next(effect.question.initial || 'x'), way);
		case 'form':
			return follow(effect.question.next(''), way);
		default:
			return [];
	}
}

/** The context of an action in a view, as on the screen; `way` is the way to it. */
export function contextOf(monitor: Monitor, view: ViewState, way: readonly string[] = []): StepContext {
	const { store, clients, clock, config } = monitor;
	const screen = actionContext({
		state: store.current(),
		reader: new LogReader(monitor.logs),
		view,
		dialog: null,
		config: { ...config, discovery: { project: config.discovery.project ?? 'mlops' } },
		host: 'test',
		actions: allActions,
		now: clock.now(),
		keyPressedAt: 0,
		isAnswerable: true,
		columns: 120,
		rows: 40,
		glyphs: glyphSets.unicode,
		theme: plainTheme,
	});
	return {
		...screen,
		ownProject: config.discovery.project ?? 'mlops',
		page: 10,
		clients,
		clock,
		current: store.current,
		signal: new AbortController().signal,
		actions: allActions,
		allActions,
		environment: {},
		experimentName: config.experiment,
		airflowLogin: { username: 'admin', password: 'admin' },
		readOnly: false,
		isDemo: true,
		acknowledge: async () => null,
		unacknowledge: async () => null,
		deepCheck: async () => undefined,
		checkReport: () => [],
		profiles: [],
		profile: null,
		begin: action => asEffect(begin(monitor, action, view, way)),
		beginWith: (action, change) => asEffect(begin(monitor, action, change(view), [...way, action.id])),
		explain: () => ({ kind: 'nothing' }),
		images: async () => ({ shows: 'none', cell: { width: 10, height: 20 } }),
		auditFile: '/nonexistent',
	};
}
