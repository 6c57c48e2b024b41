import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Audit, userName } from '../actions/audit.ts';
import { viewAfterChoice } from '../actions/choices.ts';
import { isRefusal, type Plan } from '../actions/plan.ts';
import { isRunning, runPlan } from '../actions/run-plan.ts';
import { actionForKey, actionsFor } from '../actions/table.ts';
import type { StackState } from '../model/state.ts';
import type { Monitor } from '../monitor.ts';
import { publishIntervalMs } from '../store.ts';
import type { Glyphs } from './glyphs.ts';
import { keyTitle } from './keys.ts';
import { helpScrollLimit } from './overlays.ts';
import { actionContext, type PresentInput, present, type Screen } from './presenter.ts';
import type { Theme } from './theme.ts';
import { initialView, ownProject, selectedService, shownLogContainer, type ViewState } from './view-state.ts';

export type ControllerOptions = {
	readonly monitor: Monitor;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
	readonly host: string;
	readonly columns: number;
	readonly rows: number;
	/** Keeps the record of what was changed. */
	readonly audit: Audit;
	readonly onQuit: () => void;
};

/** Between the keyboard, the facts and the screen: keys change the view or the stack, both change the screen. */
export type Controller = {
	/** What the components draw. */
	readonly screen: StoreApi<Screen>;
	view(): ViewState;
	press(key: string): void;
	resize(columns: number, rows: number): void;
	setFocused(focused: boolean): void;
	close(): void;
};

const tickMs = 1000;

export function createController(options: ControllerOptions): Controller {
	const { monitor } = options;
	const { clock, config, store } = monitor;
	const actions = actionsFor(config.readOnly, config.keys);
	const closed = new AbortController();
	let size = { columns: options.columns, rows: options.rows };
	let view = initialView(config.dag);
	let keyPressedAt = 0;
	/** Set while the screen stands still. */
	let frozenAt: { state: StackState; now: number; logNext: number } | null = null;

	const input = (): PresentInput => ({
		state: frozenAt?.state ?? store.shown.getState(),
		logs: monitor.logs,
		// A log that was followed stands still where it was; a place that the user chose is kept.
		view: frozenAt && view.logEnd === null ? { ...view, logEnd: frozenAt.logNext } : view,
		config,
		host: options.host,
		actions,
		now: frozenAt?.now ?? clock.now(),
		keyPressedAt,
		...size,
		glyphs: options.glyphs,
		theme: options.theme,
	});

	const screen = createStore<Screen>(() => present(input()));
	let drawnAt = Number.NEGATIVE_INFINITY;
	let pending = false;
	const draw = () => {
		pending = false;
		drawnAt = clock.now();
		if (!closed.signal.aborted) screen.setState(present(input(), screen.getState()), true);
	};
	/** Draws now, or a tenth of a second after the last time: a firehose must not draw more often than an eye can follow. */
	const drawSoon = () => {
		if (pending) return;
		pending = true;
		void clock
			.sleep(Math.max(0, drawnAt + publishIntervalMs - clock.now()), closed.signal)
			.then(() => pending && draw());
	};

	/** What is looked at decides what is fetched. */
	const tellInterest = () => {
		const state = store.current();
		const project = ownProject(state, config.discovery.project);
		const inspected = view.zoomed && view.focus === 'services' ? selectedService(state, view, project) : undefined;
		const now = {
			dagId: view.dagId,
			dagRunId: view.dagRunId,
			logContainer: shownLogContainer(state, view, project),
			inspectedId: inspected?.container.id ?? null,
		};
		const before = monitor.interest.getState();
		if (
			before.dagId !== now.dagId ||
			before.dagRunId !== now.dagRunId ||
			before.logContainer !== now.logContainer ||
			before.inspectedId !== now.inspectedId
		) {
			monitor.interest.setState(now);
		}
	};

	const show = (next: ViewState) => {
		if (next.frozen !== view.frozen) {
			frozenAt = next.frozen
				? { state: store.shown.getState(), now: clock.now(), logNext: actionContext(input()).logNext }
				: null;
		}
		view = next;
		tellInterest();
		draw();
	};

	const perform = (plan: Plan) => {
		// A second press while the first is under way does nothing.
		if (isRunning(plan, store.current().actions)) return;
		const project = ownProject(store.current(), config.discovery.project);
		void runPlan(plan, {
			monitor,
			signal: closed.signal,
			audit: options.audit,
			user: userName(),
			by: 'screen',
			project,
		});
	};

	const pressInOverlay = (key: string): void => {
		const { overlay } = view;
		const close = () => show({ ...view, overlay: null });
		switch (overlay?.kind) {
			case 'confirm':
				if (key === 'y' || (key === 'enter' && overlay.isYes)) {
					close();
					perform(overlay.plan);
				} else if (key === 'n' || key === 'esc' || key === 'q' || key === 'enter') close();
				else if (['left', 'right', 'tab', 'shift-tab', 'up', 'down'].includes(key)) {
					show({ ...view, overlay: { ...overlay, isYes: !overlay.isYes } });
				}
				return;
			case 'choose': {
				const by = { up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10 }[key] ?? 0;
				const chosen = overlay.choices[overlay.index];
				if (key === 'enter' && chosen) show(viewAfterChoice(view, chosen.id));
				else if (key === 'esc' || key === 'q') close();
				else if (by !== 0) {
					const index = Math.max(0, Math.min(overlay.choices.length - 1, overlay.index + by));
					show({ ...view, overlay: { ...overlay, index } });
				}
				return;
			}
			case 'help': {
				const by = { up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10, space: 10 }[key] ?? 0;
				if (by === 0) return close();
				const limit = helpScrollLimit(actions, size.columns, size.rows, options.glyphs);
				show({ ...view, overlay: { ...overlay, scroll: Math.max(0, Math.min(limit, overlay.scroll + by)) } });
				return;
			}
		}
	};

	/** Why a key does nothing here: it belongs to another pane, or to what read-only mode took away. */
	const hintFor = (key: string): string => {
		const [elsewhere] = actionsFor(false, config.keys).filter(action => action.keys.includes(key));
		if (!elsewhere) return '';
		if (elsewhere.kind === 'change' && config.readOnly) return `${elsewhere.label}: laketop runs read-only`;
		return elsewhere.panes
			? `${keyTitle(key)} (${elsewhere.label}) is for the ${elsewhere.panes.join(' and ')} pane`
			: '';
	};

	const press = (key: string): void => {
		keyPressedAt = clock.now();
		store.flush();
		if (key === 'ctrl-c') return options.onQuit();
		if (view.overlay) return pressInOverlay(key);
		const action = actionForKey(actions, key, view);
		if (view.hint) view = { ...view, hint: '' };
		if (!action) return show({ ...view, hint: hintFor(key) });
		switch (action.kind) {
			case 'quit':
				return options.onQuit();
			case 'refresh':
				monitor.refresh();
				return draw();
			case 'view':
				return show(action.apply(actionContext(input())));
			case 'change': {
				const plan = action.plan(actionContext({ ...input(), state: store.current() }));
				if (isRefusal(plan)) return show({ ...view, hint: plan.refused });
				return show({ ...view, overlay: { kind: 'confirm', plan, isYes: false } });
			}
		}
	};

	const stopState = store.shown.subscribe(() => {
		tellInterest();
		drawSoon();
	});
	const stopLines = monitor.logs.onLines(() => {
		if (view.logEnd === null) drawSoon();
	});
	const ticking = async () => {
		while (!closed.signal.aborted) {
			await clock.sleep(tickMs, closed.signal);
			if (!closed.signal.aborted && frozenAt === null) drawSoon();
		}
	};
	void ticking();

	return {
		screen,
		view: () => view,
		press,
		resize(columns, rows) {
			size = { columns, rows };
			draw();
		},
		setFocused(focused) {
			monitor.interest.setState({ focused });
		},
		close() {
			closed.abort();
			stopState();
			stopLines();
		},
	};
}
