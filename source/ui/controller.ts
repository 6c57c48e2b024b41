import { isDeepStrictEqual } from 'node:util';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Monitor } from '../app/monitor.ts';
import { publishIntervalMs } from '../app/store.ts';
import { failureOf } from '../model/failure.ts';
import type { StackState } from '../model/state.ts';
import { AnswerGate } from '../operations/answer-gate.ts';
import { type Audit, type AuditEntry, userName } from '../operations/audit.ts';
import type { Plan, ShellRequest } from '../operations/plan.ts';
import { isRunning, runPlan } from '../operations/run-plan.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import type { Theme } from '../presentation/theme.ts';
import { foreignChange, ownProject } from '../selectors/stack.ts';
import { type Action, placeOf, type StepContext } from './actions/action.ts';
import { commandPage } from './actions/pages.ts';
import { actionForKey, actionsFor, placesInWords } from './actions/table.ts';
import { type Copy, copiedWords } from './clipboard.ts';
import type { ChooseQuestion, Next, Overlay, Page, Step, ViewState } from './conversation.ts';
import { good, type Hint } from './hint.ts';
import { type InputEvent, InputQueue } from './input-queue.ts';
import { keyTitle } from './keys.ts';
import { leavingQuestion, underWay } from './leaving.ts';
import {
	chooseOverlay,
	confirmOverlay,
	formOverlay,
	inputOverlay,
	isTypedIn,
	type OverlayEffect,
	pasteInto,
	pressOverlay,
	questionOf,
	shellOverlay,
} from './overlay.ts';
import { overlayView } from './overlays.ts';
import { LogReader } from './panes/logs/log-reader.ts';
import { shownLog } from './panes/logs/shown-log.ts';
import { actionContext, type PresentInput, present, type Screen } from './presenter.ts';
import { initialView, selectedService } from './view-state.ts';

export type ControllerOptions = {
	readonly monitor: Monitor;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
	readonly host: string;
	readonly columns: number;
	readonly rows: number;
	/** Keeps the record of what was changed. */
	readonly audit: Audit;
	/** Path of that record, to be read; null where none is kept. */
	readonly auditFile: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly terminal: TerminalTools;
	readonly onQuit: () => void;
	/** The user wants the stack of another profile. */
	readonly onProfile: (profile: string) => void;
	/** The user wants the stack of another Compose project of the same engine. */
	readonly onProject?: (project: string) => void;
};

/** What only the terminal itself can do. */
export type TerminalTools = {
	/** Sends a text to the clipboard of the terminal's own machine; returns what of it was sent. */
	readonly copy: (text: string) => Copy;
	/** Opens a page; resolves with why it could not, or null. */
	readonly open: (url: string) => Promise<string | null>;
	/** Gives the terminal to a shell in a container until that ends; resolves with what to tell, or null. */
	readonly shell: (containerId: string, name: string) => Promise<string | null>;
	/** Gives the terminal to the user's pager with a text; resolves with why it could not, or null. */
	readonly page: (text: string) => Promise<string | null>;
	/** Stops the program as Ctrl-Z does, until the shell lets it go on. */
	readonly suspend: () => void;
	/** Resolves when the terminal has taken all that was drawn: never, while nobody reads it (Ctrl-S). */
	readonly drawn: () => Promise<void>;
};

/** Between the keyboard, the facts and the screen: keys change the view or the stack, both change the screen. */
export type Controller = {
	/** What the components draw. */
	readonly screen: StoreApi<Screen>;
	view(): ViewState;
	press(key: string): void;
	/** Text that was pasted: taken where something is being typed, else left alone. */
	paste(text: string): void;
	resize(columns: number, rows: number): void;
	/** The terminal was given away, or is shown anew: a question on it has to be read again before keys answer it. */
	redrawn(): void;
	/** A word to the user that no key asked for. */
	hint(words: Hint): void;
	setFocused(focused: boolean): void;
	/** Draws what is known by now, without the pause that else lies between two drawings. */
	drawNow(): void;
	close(): void;
};

/** A drawing is never older, ms; figures come once a second, and their drawing is soon enough for the clock. */
const tickMs = 1200;
/** So long, ms, a log is read on before keys are looked at. */
const readSliceMs = 8;
/** What is done sooner needs no box that shows how it goes. */
const progressAfterMs = 500;

export function createController(options: ControllerOptions): Controller {
	const { monitor } = options;
	const { clock, config, store } = monitor;
	const allActions = actionsFor(false, config.keys);
	const actions = config.readOnly ? actionsFor(true, config.keys) : allActions;
	const closed = new AbortController();
	let size = { columns: options.columns, rows: options.rows };
	let view = initialView(config.dag);
	let keyPressedAt = 0;
	const reader = new LogReader(monitor.logs);
	/** Set while the screen stands still. */
	let frozenAt: { state: StackState; now: number; logLast: number | null } | null = null;

	const input = (): PresentInput => ({
		state: frozenAt?.state ?? store.shown.getState(),
		reader,
		// A log that was followed stands still where it was; a place that the user chose is kept.
		view: frozenAt && view.logs.cursor === null ? { ...view, logs: { ...view.logs, held: frozenAt.logLast } } : view,
		config,
		host: options.host,
		actions,
		now: frozenAt?.now ?? clock.now(),
		keyPressedAt,
		isAnswerable: isAnswerable(),
		...size,
		glyphs: options.glyphs,
		theme: options.theme,
	});
	const isAnswerable = () => {
		const question = questionOf(view.overlay);
		return question === null || gate.isOpen(question);
	};
	const queue = new InputQueue((event, arrival) => takeInput(event, arrival));
	const gate = new AnswerGate({
		drawn: options.terminal.drawn,
		sleep: ms => clock.sleep(ms, closed.signal),
		lastArrival: () => queue.lastArrival,
		onOpen: () => draw(),
	});

	const screen = createStore<Screen>(() => present(input()));
	let drawnAt = Number.NEGATIVE_INFINITY;
	let pending = false;
	/** One frame at a time: what changes until the terminal has taken the last one is in the next. */
	let isWriting = false;
	let isStale = false;
	const draw = () => {
		pending = false;
		if (isWriting) isStale = true;
		else paint();
	};
	const paint = () => {
		drawnAt = clock.now();
		if (closed.signal.aborted) return;
		isStale = false;
		screen.setState(present(input(), screen.getState()), true);
		gate.asked(questionOf(view.overlay));
		if (!isWriting) {
			isWriting = true;
			void options.terminal.drawn().then(() => {
				isWriting = false;
				if (isStale) paint();
			});
		}
		readOn();
	};
	/** A log that is not all read, as after a new filter, is read on in slices, so that keys are answered meanwhile. */
	let isReading = false;
	const readOn = () => {
		if (isReading || reader.isDone) return;
		isReading = true;
		setImmediate(() => {
			isReading = false;
			if (closed.signal.aborted) return;
			reader.advance(readSliceMs);
			if (reader.isDone) drawSoon();
			else readOn();
		});
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
		const { browse } = view;
		const now = {
			dagId: view.dagId,
			dagRunId: view.dagRunId,
			logs: shownLog(state, view.logs.selection, project).watches,
			inspectedId: inspected?.container.id ?? null,
			list: browse?.kind === 'dags' || browse?.kind === 'runs' ? { kind: browse.kind, runState: browse.state } : null,
			experiment: view.experiment,
		};
		const before = monitor.interest.getState();
		if (
			before.dagId !== now.dagId ||
			before.dagRunId !== now.dagRunId ||
			!isDeepStrictEqual(before.logs, now.logs) ||
			before.inspectedId !== now.inspectedId ||
			before.experiment !== now.experiment ||
			before.list?.kind !== now.list?.kind ||
			before.list?.runState !== now.list?.runState
		) {
			monitor.interest.setState(now);
		}
	};

	const lastLogLine = (): number | null => {
		const { log } = actionContext(input());
		const last = log.view.last(view.logs.folds);
		return last === null ? null : (log.view.at(last)?.id ?? null);
	};

	const show = (next: ViewState) => {
		if (next.frozen !== view.frozen) {
			frozenAt = next.frozen ? { state: store.shown.getState(), now: clock.now(), logLast: lastLogLine() } : null;
		}
		view = next;
		tellInterest();
		draw();
	};
	const showOverlay = (overlay: Overlay | null) => show({ ...view, overlay });
	const hint = (words: Hint) => show({ ...view, overlay: null, hint: words });

	const perform = (plan: Plan) => {
		const state = store.current();
		if (config.readOnly) return hint(`${plan.title}: laketop runs read-only`);
		// A second press while the first is under way does nothing.
		if (isRunning(plan, state.actions)) return hint(`${plan.title} is under way already`);
		// On a screen that stands still nobody would see what comes of it.
		if (view.frozen) show({ ...view, frozen: false });
		const project = ownProject(state, config.discovery.project);
		let isShown = false;
		void runPlan(plan, {
			monitor,
			signal: closed.signal,
			audit: options.audit,
			user: userName(),
			by: 'screen',
			project,
			// What says how it goes is worth being seen, unless the user has gone on to something else.
			progress: () => {
				if (isShown || plan.isPatient) return;
				isShown = true;
				void clock.sleep(progressAfterMs, closed.signal).then(() => {
					const isUnderWay = isRunning(plan, store.current().actions);
					if (isUnderWay && view.overlay === null && !view.frozen) showOverlay({ kind: 'progress', title: plan.title });
				});
			},
		});
	};

	/** Waits for what comes next, with a word on the screen where it takes long enough to be noticed. */
	let token = 0;
	const follow = (next: Next, title: string): void => {
		if (!(next instanceof Promise)) return take(next);
		const mine = ++token;
		const isWaiting = () => view.overlay?.kind === 'waiting' && view.overlay.token === mine;
		showOverlay({ kind: 'waiting', title, token: mine });
		next.then(
			step => isWaiting() && take(step),
			error => isWaiting() && hint(failureOf(error).message),
		);
	};

	const take = (step: Step): void => {
		if (step.kind === 'plan' || step.kind === 'shell') {
			const { project } = step.kind === 'plan' ? step.plan : step.shell;
			const foreign = foreignChange(store.current(), project);
			if (foreign !== null) return hint(foreign.message);
		}
		switch (step.kind) {
			case 'view':
				return show(step.view);
			case 'change view':
				return show(step.change({ ...view, overlay: null }));
			case 'plan':
				return showOverlay(
					explaining ? { kind: 'page', page: commandPage(step.plan), scroll: 0 } : confirmOverlay(step.plan),
				);
			case 'refusal':
				return hint(step.refusal.refused);
			case 'choose':
				return showOverlay(chooseOverlay(step.question));
			case 'input':
				return showOverlay(inputOverlay(step.question, { ...view, overlay: null }));
			case 'form':
				return showOverlay(formOverlay(step.question));
			case 'page':
				showOverlay({ kind: 'page', page: step.page, scroll: step.page.fromEnd ? endOf(step.page) : 0 });
				return keepPageFresh(step.page);
			case 'copy':
				return hint(good(copiedWords(step.what, step.text, options.terminal.copy(step.text))));
			case 'open address': {
				hint(good(`Opening ${step.url}`));
				void options.terminal.open(step.url).then(problem => {
					if (problem !== null) hint(`${step.url} cannot be opened here: ${problem}`);
				});
				return;
			}
			case 'shell':
				return showOverlay(
					explaining ? { kind: 'page', page: commandPage(step.shell), scroll: 0 } : shellOverlay(step.shell),
				);
			case 'pager':
				showOverlay(null);
				void options.terminal.page(step.text).then(problem => {
					if (problem !== null) hint(problem);
				});
				return;
			case 'profile':
				return take(leaveStep(() => options.onProfile(step.profile)));
			case 'project':
				return take(leaveStep(() => options.onProject?.(step.project)));
			case 'nothing':
				return step.hint ? hint(step.hint) : showOverlay(null);
		}
	};

	/** Set while laketop leaves as soon as nothing is under way any more. */
	let leaving: (() => void) | null = null;
	const isAskedToLeave = () => view.overlay?.kind === 'choose' && view.overlay.question === leaveQuestion;
	let leaveQuestion: ChooseQuestion | null = null;
	/** Leaves at once where nothing is under way; else asks. */
	const leaveStep = (go: () => void): Step => {
		const running = underWay(store.current().actions);
		if (running.length === 0) {
			go();
			return { kind: 'nothing' };
		}
		const later = () => {
			leaving = go;
			leaveIfDone(store.current());
		};
		leaveQuestion = leavingQuestion(running, { now: go, later });
		return { kind: 'choose', question: leaveQuestion };
	};
	const leaveIfDone = (state: StackState): void => {
		const go = leaving;
		if (!go || underWay(state.actions).length > 0) return;
		leaving = null;
		go();
	};

	/** A shell may change anything: that it was opened is recorded, what was typed is not. */
	const openShell = async ({ containerId, name }: ShellRequest) => {
		if (config.readOnly) return hint(`shell: laketop runs read-only`);
		const record = (event: AuditEntry['event'], message: string) =>
			options.audit({
				at: new Date(clock.now()).toISOString(),
				user: userName(),
				by: 'screen',
				project: ownProject(store.current(), config.discovery.project),
				action: 'shell',
				targets: [`container ${name}`],
				event,
				message,
			});
		const problem = record('started', '');
		if (problem !== null) return hint(`No shell, as it cannot be recorded: ${problem}`);
		const words = await options.terminal.shell(containerId, name);
		record(words === null ? 'done' : 'failed', words ?? 'ended');
		if (words !== null) hint(words);
	};

	const endOf = (page: Page) => overlayView(overlayInput({ kind: 'page', page, scroll: 0 })).limit;

	/** Asks again for a page that wants it, as long as it is open. */
	const keepPageFresh = (page: Page): void => {
		const { again } = page;
		if (!again) return;
		const isOpen = () => view.overlay?.kind === 'page' && view.overlay.page === page;
		void clock.sleep(again.everyMs, closed.signal).then(async () => {
			if (!isOpen()) return;
			let next: Page;
			try {
				next = await again.ask();
			} catch (error) {
				next = { ...page, note: failureOf(error).message };
			}
			if (!isOpen() || view.overlay?.kind !== 'page') return;
			const follows = next.fromEnd && view.overlay.scroll >= endOf(page);
			showOverlay({ kind: 'page', page: next, scroll: follows ? endOf(next) : view.overlay.scroll });
			keepPageFresh(next);
		});
	};

	/** Set while `!` wants to see what an action would run, not to run it. */
	let explaining = false;

	const stepContext = (): StepContext => ({
		...actionContext({ ...input(), state: store.current() }),
		clients: monitor.clients,
		clock,
		signal: closed.signal,
		actions,
		allActions,
		environment: options.environment,
		experimentName: config.experiment,
		airflowLogin: config.airflow,
		readOnly: config.readOnly,
		isDemo: config.demo,
		language: config.language,
		acknowledge: acknowledgement => monitor.acknowledge(acknowledgement),
		unacknowledge: findingId => monitor.unacknowledge(findingId),
		deepCheck: () => monitor.deepCheck(),
		checkReport: () => monitor.checkReport(),
		profiles: config.profiles,
		profile: config.profile,
		auditFile: options.auditFile,
		begin: action => beginning(action),
		beginWith: (action, change) => {
			view = { ...change(view), overlay: view.overlay };
			return beginning(action);
		},
		explain: action => {
			explaining = true;
			return beginning(action);
		},
	});

	/** What an action comes to, as a step. */
	const beginning = (action: Action): Next => {
		switch (action.kind) {
			case 'quit':
				return leaveStep(options.onQuit);
			case 'suspend':
				showOverlay(null);
				options.terminal.suspend();
				return { kind: 'nothing' };
			case 'refresh':
				monitor.refresh();
				return { kind: 'nothing', hint: '' };
			case 'view':
				return { kind: 'view', view: action.apply({ ...actionContext(input()), view: { ...view, overlay: null } }) };
			case 'look':
			case 'change':
				return action.begin(stepContext());
		}
	};

	const takeEffect = (effect: OverlayEffect): void => {
		switch (effect.kind) {
			case 'show':
				return showOverlay(effect.overlay);
			case 'perform':
				show({ ...view, overlay: null, hint: '' });
				return perform(effect.plan);
			case 'open shell':
				showOverlay(null);
				return void openShell(effect.shell);
			case 'next': {
				const title = view.overlay && 'question' in view.overlay ? view.overlay.question.title : '';
				let next: Next;
				try {
					next = effect.ask();
				} catch (error) {
					return hint(failureOf(error).message);
				}
				return follow(next, title);
			}
			case 'live':
				return show({ ...effect.change(view), overlay: effect.overlay });
			case 'restore':
				return show(effect.view ?? { ...view, overlay: null });
			case 'copy':
				return show({ ...view, hint: good(copiedWords(effect.what, effect.text, options.terminal.copy(effect.text))) });
		}
	};

	const pressInOverlay = (overlay: Overlay, key: string, arrival: number): void => {
		const question = questionOf(overlay);
		// Esc only takes the question back.
		if (question !== null && key !== 'esc' && !gate.isOpen(question, arrival)) {
			return show({ ...view, hint: `Ignored ${keyTitle(key)}: it was pressed before the question could be read` });
		}
		if (overlay.kind === 'waiting' && key !== 'esc') {
			return show({ ...view, hint: `Ignored ${keyTitle(key)}: waiting for ${overlay.title}; Esc does not wait` });
		}
		// A typed letter moves nothing: what is drawn need not be laid out for each of a thousand of them.
		if (question === null && isTypedIn(overlay) && [...key].length === 1)
			return takeEffect(pressOverlay(overlay, key, 0, 0));
		const drawn = overlayView(overlayInput(overlay));
		const effect = pressOverlay(overlay, key, drawn.page, drawn.limit);
		// Enter takes the row that is marked, which is on the screen; a letter may take another.
		const isSeen = drawn.isWhole && (drawn.hidden === 0 || key === 'enter' || effect.kind !== 'next');
		if (question !== null && key !== 'esc' && !isSeen) {
			return show({ ...view, hint: 'Make the window larger to answer' });
		}
		takeEffect(effect);
	};

	const overlayInput = (overlay: Overlay) => ({
		overlay,
		actions,
		place: placeOf(view),
		running: store.current().actions,
		now: clock.now(),
		isAnswerable: isAnswerable(),
		...size,
		glyphs: options.glyphs,
	});

	/** Why a key does nothing here: it belongs to another pane, or to what read-only mode took away. */
	const hintFor = (key: string): string => {
		const elsewhere = allActions.filter(action => action.keys.includes(key));
		const place = placeOf(view);
		const here = elsewhere.find(action => !action.places || action.places.includes(place)) ?? elsewhere[0];
		if (!here) return '';
		if (here.kind === 'change' && config.readOnly) return `${here.label}: laketop runs read-only`;
		return here.places ? `${keyTitle(key)} (${here.label}) is for ${placesInWords(here.places)}` : '';
	};

	const takeInput = (event: InputEvent, arrival: number): void => {
		if (event.kind === 'key') return press(event.key, arrival);
		if (view.overlay) takeEffect(pasteInto(view.overlay, event.text));
	};

	const press = (key: string, arrival: number): void => {
		keyPressedAt = clock.now();
		store.flush();
		if (leaving) {
			leaving = null;
			return hint('Stays');
		}
		if (key === 'ctrl-c') return isAskedToLeave() ? options.onQuit() : take(leaveStep(options.onQuit));
		// Job control is the shell's: no dialog keeps it from working.
		const anywhere = actions.find(action => action.kind === 'suspend');
		if (anywhere?.keys.includes(key) && key.startsWith('ctrl-')) return options.terminal.suspend();
		if (view.overlay) return pressInOverlay(view.overlay, key, arrival);
		explaining = false;
		const action = actionForKey(actions, key, view);
		if (view.hint) view = { ...view, hint: '' };
		if (!action) return show({ ...view, hint: hintFor(key) });
		if (action.kind === 'refresh') {
			monitor.refresh();
			return draw();
		}
		follow(beginning(action), action.label);
	};

	const stopState = store.shown.subscribe((state, before) => {
		// What came of an action is newer than any hint.
		const last = state.actions.at(-1);
		if (view.hint && last?.finishedAt && last !== before.actions.at(-1)) view = { ...view, hint: '' };
		tellInterest();
		drawSoon();
		leaveIfDone(state);
	});
	const stopLines = monitor.logs.onLines(() => {
		if (view.logs.cursor === null && frozenAt === null) drawSoon();
	});
	/** Time goes on where nothing else does: what is drawn for news anyway need not be drawn for the clock as well. */
	const ticking = async () => {
		while (!closed.signal.aborted) {
			const left = drawnAt + tickMs - clock.now();
			await clock.sleep(Math.min(tickMs, Math.max(tickMs / 4, left)), closed.signal);
			const age = clock.now() - drawnAt;
			// Of a drawing that is to come, the clock was set back.
			const isOld = age >= tickMs || age < 0;
			if (isOld && !closed.signal.aborted && frozenAt === null) drawSoon();
		}
	};
	void ticking();

	return {
		screen,
		view: () => view,
		press: key => queue.push({ kind: 'key', key }),
		paste: text => queue.push({ kind: 'paste', text }),
		resize(columns, rows) {
			if (columns !== size.columns || rows !== size.rows) gate.askAgain();
			size = { columns, rows };
			draw();
		},
		redrawn() {
			gate.askAgain();
			draw();
		},
		hint(words) {
			show({ ...view, hint: words });
		},
		setFocused(focused) {
			monitor.interest.setState({ focused });
		},
		drawNow() {
			store.flush();
			paint();
		},
		close() {
			queue.close();
			closed.abort();
			stopState();
			stopLines();
		},
	};
}
