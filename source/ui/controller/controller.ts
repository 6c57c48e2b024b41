import { createStore, type StoreApi } from 'zustand/vanilla';
import { airflowLoginOf } from '../../config/airflow-login.ts';
import type { Config } from '../../config/schema.ts';
import { AnswerGate } from '../../operations/plan/answer-gate.ts';
import { layoutWork } from '../../presentation/graph/sizes.ts';
import { knownMlflowRuns } from '../../selectors/mlflow-runs/known-runs.ts';
import { render } from '../../words/message.ts';
import { writer } from '../../words/write.ts';
import { actionsFor } from '../actions/table.ts';
import type { ViewState } from '../conversation.ts';
import { type Dialog, questionOf } from '../dialogs/dialogs.ts';
import type { Hint } from '../hint.ts';
import { InputQueue } from '../input-queue.ts';
import type { MouseEvent } from '../mouse.ts';
import { LogReader } from '../panes/logs/log-reader.ts';
import { actionContext, present, type Screen } from '../presenter.ts';
import { showsSeconds } from '../seconds-shown.ts';
import { ChartKeeper } from './chart-keeper.ts';
import { ColumnKeeper } from './column-keeper.ts';
import { Effects, type EffectsOptions, type PlainContext } from './effects.ts';
import { FrameLoop } from './frame-loop.ts';
import { updateInterest } from './interest.ts';
import { KeyLoop } from './key-loop.ts';
import { Leaving } from './leaving.ts';
import { isNews, isOnlyFigures } from './news.ts';
import type { ControllerOptions } from './options.ts';
import { PageKeeper } from './page-keeper.ts';
import { Performing } from './performing.ts';
import { SlicedWork } from './sliced-work.ts';
import { Stage } from './stage.ts';

/** Connects keyboard, facts and screen. */
export type Controller = {
	readonly screen: StoreApi<Screen>;
	view(): ViewState;
	dialog(): Dialog | null;
	press(key: string): void;
	mouse(event: MouseEvent): void;
	/** Pasted text: ignored outside of fields. */
	paste(text: string): void;
	resize(columns: number, rows: number): void;
	/** After the terminal was given away or repainted, a question must be read again before keys answer it. */
	redrawn(): void;
	hint(words: Hint): void;
	setFocused(focused: boolean): void;
	/** Draws now, without the usual pause between two frames. */
	drawNow(): void;
	close(): void;
};

/** Keys become effects, effects change the stage, and the stage is drawn. */
export function createController(options: ControllerOptions): Controller {
	const { monitor, terminal } = options;
	const { clock, config, store } = monitor;
	const tables = keyTables(config);
	const { actions } = tables;
	const closed = new AbortController();
	const { signal } = closed;
	const reader = new LogReader(monitor.logs);
	const isAnswerable = () => {
		const question = questionOf(stage.dialog);
		return question === null || gate.isOpen(question);
	};
	const draw = () => {
		frames.expectSeconds();
		frames.draw();
	};
	const stage: Stage = new Stage({ options, actions, reader, isAnswerable, draw });
	const queue = new InputQueue((event, arrival) => keys.take(event, arrival));
	const gate = new AnswerGate({
		drawn: terminal.drawn,
		sleep: ms => clock.sleep(ms, signal),
		lastArrival: () => queue.lastArrival,
		onOpen: () => frames.draw(),
	});
	const screen = createStore<Screen>(() => present(stage.input()));
	const frames: FrameLoop = new FrameLoop({
		clock,
		signal,
		drawn: terminal.drawn,
		isStill: () => stage.isStill,
		// New facts may change what is shown, and so what is fetched.
		onDue() {
			updateInterest(monitor, stage.view, stage.columns);
			columns.look();
		},
		paint() {
			const input = stage.input();
			const before = screen.getState();
			const now = present(input, before);
			screen.setState(now, true);
			gate.asked(questionOf(stage.dialog));
			reading.goOn();
			layingOut.goOn();
			return showsSeconds(input, before, now);
		},
	});
	const reading = new SlicedWork(reader, signal, () => frames.drawSoon());
	const layingOut = new SlicedWork(layoutWork, signal, () => frames.drawSoon());
	const leaving = new Leaving(() => store.current().actions, writer(config.language));
	const columns = new ColumnKeeper({
		stage,
		store: options.columnStore,
		draw: () => frames.drawSoon(),
		complain: problem => stage.hint(render(problem, config.language)),
	});
	const effects = new Effects(handsOf(options, tables, { stage, columns, leaving, signal }));
	const keys: KeyLoop = new KeyLoop({
		stage,
		effects,
		leaving,
		gate,
		...tables,
		quit: options.onQuit,
		terminal,
		readOnly: config.readOnly,
		now: clock.now,
		language: config.language,
	});
	const stopWatching = watch(options, stage, frames, leaving);
	void frames.tick();
	const close = () => {
		queue.close();
		closed.abort();
		stopWatching();
	};
	return { screen, ...handles(options, { stage, queue, gate, frames }), close };
}

/** The actions that keys begin, and those that exist: in read-only mode some begin nothing. */
type KeyTables = Pick<PlainContext, 'actions' | 'allActions'>;

function keyTables({ dockerHost, keys, readOnly }: Config): KeyTables {
	const hasEngine = dockerHost.kind !== 'none';
	const allActions = actionsFor({ hasEngine }, keys);
	return { allActions, actions: readOnly ? actionsFor({ readOnly: true, hasEngine }, keys) : allActions };
}

type Parts = {
	readonly stage: Stage;
	readonly columns: ColumnKeeper;
	readonly leaving: Leaving;
	readonly signal: AbortSignal;
};

/** What an effect may do: change the stage, carry out a plan, open a page, leave the program. */
function handsOf(
	options: ControllerOptions,
	tables: KeyTables,
	{ stage, columns, leaving, signal }: Parts,
): EffectsOptions {
	const { monitor, terminal } = options;
	const { clock, config, store } = monitor;
	return {
		stage,
		terminal,
		leaving,
		columns,
		performing: new Performing(options, stage, signal),
		pages: new PageKeeper(stage, clock, signal, config.language),
		charts: new ChartKeeper(stage, clock, signal, () => knownMlflowRuns(store.current())),
		program: {
			refresh: () => monitor.refresh(),
			quit: options.onQuit,
			profile: options.onProfile,
			project: name => options.onProject?.(name),
		},
		state: store.current,
		say: writer(config.language),
		context: () => ({
			...actionContext({ ...stage.input(), state: store.current() }),
			...abilities(options, signal),
			...tables,
		}),
	};
}

function handles(
	{ monitor, onInput }: ControllerOptions,
	parts: { readonly stage: Stage; readonly queue: InputQueue; readonly gate: AnswerGate; readonly frames: FrameLoop },
): Omit<Controller, 'screen' | 'close'> {
	const { stage, queue, gate, frames } = parts;
	const noteInput = () => {
		monitor.noteActivity();
		onInput?.();
	};
	return {
		view: () => stage.view,
		dialog: () => stage.dialog,
		press(key) {
			noteInput();
			queue.push({ kind: 'key', key });
		},
		mouse(event) {
			noteInput();
			queue.push({ kind: 'mouse', mouse: event });
		},
		paste: text => queue.push({ kind: 'paste', text }),
		resize(columns, rows) {
			if (stage.resize(columns, rows)) gate.askAgain();
			frames.draw();
		},
		redrawn() {
			gate.askAgain();
			frames.draw();
		},
		hint: words => stage.hint(words),
		setFocused(focused) {
			monitor.interest.setState({ focused });
			if (focused) monitor.noteActivity();
		},
		drawNow() {
			frames.paint();
		},
	};
}

/** Draws changes of the stack and of logs; returns how to stop. */
function watch({ monitor }: ControllerOptions, stage: Stage, frames: FrameLoop, leaving: Leaving): () => void {
	let before = monitor.store.current();
	const stopState = monitor.store.onChange(state => {
		// The outcome of an action is newer than any hint.
		const last = state.actions.at(-1);
		if (last?.finishedAt && last !== before.actions.at(-1)) stage.clearHint();
		if (isNews(before, state)) frames.drawSoon();
		if (!isOnlyFigures(before, state)) frames.expectSeconds();
		before = state;
		leaving.leaveIfDone();
	});
	// Where nobody named a DAG, the stack decides after its first answers.
	const stopInterest = monitor.interest.subscribe(({ dagId }) => {
		if (dagId !== stage.view.dagId) stage.set({ view: { ...stage.view, dagId } });
	});
	const stopLines = monitor.logs.onLines(() => {
		if (stage.view.logs.cursor === null && !stage.isStill) frames.drawSoon();
	});
	return () => {
		stopState();
		stopInterest();
		stopLines();
	};
}

function abilities({ monitor, environment, auditFile, terminal }: ControllerOptions, signal: AbortSignal) {
	const { clients, clock, config } = monitor;
	return {
		clients,
		clock,
		signal,
		current: monitor.store.current,
		environment,
		auditFile,
		images: terminal.images,
		experimentName: monitor.store.current().defaultExperiment ?? config.experiment,
		airflowLogin: airflowLoginOf(config),
		readOnly: config.readOnly,
		isDemo: config.demo,
		profiles: config.profiles,
		profile: config.profile,
		acknowledge: acknowledgement => monitor.acknowledge(acknowledgement),
		unacknowledge: findingId => monitor.unacknowledge(findingId),
		deepCheck: () => monitor.deepCheck(),
		checkReport: () => monitor.checkReport(),
	} satisfies Partial<PlainContext>;
}
