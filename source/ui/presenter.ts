import type { Config } from '../config/schema.ts';
import type { StackState } from '../model/state.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import type { ImageFile } from '../presentation/image/shown-image.ts';
import type { Line } from '../presentation/text.ts';
import { paint, type Theme } from '../presentation/theme.ts';
import { isSame, memoised } from '../selectors/memo.ts';
import { ownProject } from '../selectors/servers/stack.ts';
import { type Language, textIn } from '../words/language.ts';
import { writer } from '../words/write.ts';
import type { Action, ActionContext } from './actions/action.ts';
import { footerLine, message } from './bars.ts';
import type { ViewState } from './conversation.ts';
import type { DialogView } from './dialogs/dialog.ts';
import { type Dialog, drawDialog } from './dialogs/dialogs.ts';
import { framed, innerWidth } from './frame.ts';
import { headerLine } from './header.ts';
import { keyOfAction } from './keys.ts';
import { columnBorder, type Layout, layoutFor, type Rectangle } from './layout.ts';
import type { LogReader } from './panes/logs/log-reader.ts';
import { logScreen } from './panes/logs/logs-view.ts';
import { shownLog } from './panes/logs/shown-log.ts';
import type { PaneInput } from './panes/pane.ts';
import { panes, panesOf } from './panes/panes.ts';
import { type PaneId, placeOf } from './place.ts';
import { placeAt } from './places.ts';

/** A painted part of the screen; its text has exactly the rows and cells of its rectangle. */
export type Painted = { readonly rectangle: Rectangle; readonly text: string };

/** An image in its place on the screen, in cells. */
export type PlacedImage = { readonly rectangle: Rectangle; readonly file: ImageFile };

/** The whole screen as text. An unchanged part is the same object as before, so that it is not drawn again. */
export type Screen = {
	readonly columns: number;
	readonly rows: number;
	/** Whether the terminal is to report the mouse. */
	readonly mouse: boolean;
	readonly header: Painted | null;
	readonly panes: Readonly<Partial<Record<PaneId, Painted>>>;
	/** Inputs of each pane's last drawing. */
	readonly drawnFrom: Readonly<Partial<Record<PaneId, readonly unknown[]>>>;
	/** The list over the whole screen. */
	readonly browse: Painted | null;
	readonly footer: Painted | null;
	readonly overlay: Painted | null;
	/** The image over the overlay: the same object while nothing about it changes. */
	readonly image: PlacedImage | null;
};

export type PresentInput = {
	readonly state: StackState;
	readonly reader: LogReader;
	readonly view: ViewState;
	readonly dialog: Dialog | null;
	readonly config: Pick<Config, 'discovery' | 'experiment' | 'readOnly' | 'demo' | 'language' | 'profile'>;
	readonly host: string;
	readonly actions: readonly Action[];
	readonly now: number;
	/** When the last key was pressed, ms since the epoch. */
	readonly keyPressedAt: number;
	/** Whether a key pressed now answers the question on the screen. */
	readonly isAnswerable: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
};

export function layoutOf({ state, view, config, now, columns, rows }: PresentInput): Layout {
	const asked = { state, view, now, columns, ownProject: ownProject(state, config.discovery.project) };
	return layoutFor({
		columns,
		rows,
		focus: view.focus,
		zoomed: view.zoomed || view.browse !== null,
		panes: panesOf(state).map(pane => ({ id: pane.id, area: pane.area, rows: pane.rows(asked) })),
	});
}

export function actionContext(input: PresentInput): ActionContext {
	const { state, view, now, config } = input;
	const project = ownProject(state, config.discovery.project);
	const layout = layoutOf(input);
	const rectangle = layout.panes[view.focus] ?? { x: 0, y: 0, width: input.columns, height: 2 };
	const page = rectangle.height - 1;
	const room = { width: innerWidth(rectangle), height: page };
	const shown = shownLog(state, view.logs.selection, project);
	const log = logScreen(input.reader, shown, view.logs, logPlace(input, layout));
	const { language } = config;
	return {
		...{ state, view, ownProject: project, now, page, room, log, shownLog: shown, language },
		...{ glyphs: input.glyphs, say: writer(language) },
	};
}

/** The place of the log; the whole screen if the log is not shown. */
function logPlace({ view, now, glyphs, columns, rows, config }: PresentInput, layout: Layout) {
	const rectangle = layout.panes.logs ?? { x: 0, y: 0, width: columns, height: rows };
	return {
		width: innerWidth(rectangle),
		height: rectangle.height - 1,
		zoomed: view.zoomed,
		glyphs,
		now,
		language: config.language,
	};
}

/** The key bar: the same object until a key is pressed or the message changes. */
const keyBar = memoised(
	(
		actions: readonly Action[],
		view: ViewState,
		shownMessage: Line | null,
		columns: number,
		glyphs: Glyphs,
		teeAt: number | null,
		language: Language,
	) => footerLine(actions, { view, language }, shownMessage, columns, glyphs, teeAt),
);

/** The screen for a state and a view. Pure. */
export function present(input: PresentInput, before?: Screen): Screen {
	const { state, view, config, glyphs, columns, rows } = input;
	const layout = layoutOf(input);
	const shown = headerInput(input);
	const shownMessage = message(state.actions, view.hint, input.keyPressedAt, shown);
	const isBordered = panes.some(({ id, area }) => area === 'bottom' && layout.panes[id]);
	const teeAt = isBordered ? null : columnBorder(layout);
	return {
		columns,
		rows,
		mouse: view.mouse,
		header: layout.header && painted(input, layout.header, [headerLine(shown)], before?.header),
		...(view.browse ? { panes: {}, drawnFrom: {} } : paintedPanes(input, layout, before)),
		browse: view.browse ? paintedList(input, layout, before?.browse) : null,
		footer:
			layout.footer &&
			painted(
				input,
				layout.footer,
				[keyBar(input.actions, view, shownMessage, columns, glyphs, teeAt, config.language)],
				before?.footer,
			),
		...paintedDialog(input, before),
	};
}

/** The lines as text with the theme's colours; the old object if nothing differs. */
function painted(
	{ theme }: PresentInput,
	rectangle: Rectangle,
	lines: readonly Line[],
	old: Painted | null | undefined,
): Painted {
	const text = lines.map(line => paint(line, theme)).join('\n');
	return old && old.text === text && sameRectangle(old.rectangle, rectangle) ? old : { rectangle, text };
}

/** The panes of the layout. A pane whose inputs are the same as before is not made again. */
function paintedPanes(input: PresentInput, layout: Layout, before?: Screen): Pick<Screen, 'panes' | 'drawnFrom'> {
	const { view, config, now, glyphs, theme, columns } = input;
	const shown: Partial<Record<PaneId, Painted>> = {};
	const drawnFrom: Partial<Record<PaneId, readonly unknown[]>> = {};
	const border = columnBorder(layout);
	for (const [index, pane] of panes.entries()) {
		const rectangle = layout.panes[pane.id];
		if (!rectangle) continue;
		const asked = paneInput(input, rectangle, view.focus === pane.id);
		const from = pane.drawsFrom && [
			...pane.drawsFrom(asked),
			...[rectangle.x, rectangle.y, rectangle.width, rectangle.height, columns, border, layout.header !== null],
			...[view.focus === pane.id, view.zoomed, input.dialog === null, asked.ownProject, asked.experimentName],
			...[config.language, input.actions, glyphs, theme, pane.timesShown?.(asked) ?? Math.floor(now / 1000)],
		];
		const [old, oldFrom] = [before?.panes[pane.id], before?.drawnFrom[pane.id]];
		if (from) drawnFrom[pane.id] = from;
		if (from && old && oldFrom && isSame(from, oldFrom)) {
			shown[pane.id] = old;
			continue;
		}
		const { title, rows: content } = pane.view(asked);
		const frame = {
			rectangle,
			columns,
			hasAbove: rectangle.y > (layout.header ? 1 : 0),
			hasLeft: rectangle.x > 0 && !isBelowInColumn(layout, rectangle),
			heading: [{ text: `${index + 1} ${textIn(pane.title, config.language)}` }],
			title,
			focused: view.focus === pane.id && input.dialog === null,
			footAt: pane.area === 'bottom' ? border : null,
		};
		shown[pane.id] = painted(input, rectangle, framed(frame, content, glyphs), old);
	}
	return { panes: shown, drawnFrom };
}

/** The list over the whole screen: it takes the rectangle of the focused pane, which is zoomed for it. */
function paintedList(input: PresentInput, layout: Layout, old: Painted | null | undefined): Painted | null {
	const rectangle = layout.panes[input.view.focus];
	if (!rectangle) return null;
	const { title, rows: content } = placeAt(input.view).view(paneInput(input, rectangle, true));
	const [heading = [], ...others] = title;
	const frame = {
		rectangle,
		columns: input.columns,
		hasAbove: false,
		hasLeft: false,
		heading,
		title: others,
		focused: input.dialog === null,
	};
	return painted(input, rectangle, framed(frame, content, input.glyphs), old);
}

function headerInput({ state, view, config, now, glyphs, columns, host, actions }: PresentInput) {
	const say = writer(config.language);
	return {
		state,
		now,
		glyphs,
		width: columns,
		project: ownProject(state, config.discovery.project),
		host,
		crumbs: placeAt(view).crumbs({
			state,
			view,
			now,
			experimentName: state.defaultExperiment ?? config.experiment,
			say,
		}),
		language: config.language,
		say,
		profile: config.profile,
		frozen: view.frozen,
		unfreezeKey: keyOfAction(actions, 'freeze'),
		stackKey: keyOfAction(actions, 'profile'),
		demo: config.demo,
		readOnly: config.readOnly,
	};
}

function paintedDialog(input: PresentInput, before?: Screen): Pick<Screen, 'overlay' | 'image'> {
	const { dialog, actions, state, view, now, isAnswerable, columns, rows, glyphs, config } = input;
	if (!dialog) return { overlay: null, image: null };
	const drawn = drawDialog(dialog, {
		actions,
		place: placeOf(view),
		running: state.actions,
		now,
		isAnswerable,
		columns,
		rows,
		glyphs,
		language: config.language,
		say: writer(config.language),
	});
	return {
		overlay: painted(input, drawn.rectangle, drawn.rows, before?.overlay),
		image: placed(drawn, before?.image ?? null),
	};
}

/** The image of a dialog on the screen. */
function placed({ rectangle, image }: DialogView, old: PlacedImage | null): PlacedImage | null {
	if (!image) return null;
	const { x, y, width, height } = image.rectangle;
	const onScreen = { x: rectangle.x + x, y: rectangle.y + y, width, height };
	const isSamePlace = old?.file === image.file && sameRectangle(old.rectangle, onScreen);
	return isSamePlace ? old : { rectangle: onScreen, file: image.file };
}

/** @param focused whether keys go to the pane */
export function paneInput(input: PresentInput, rectangle: Rectangle, focused: boolean): PaneInput {
	const { state, view, now, glyphs, config, reader } = input;
	return {
		state,
		view,
		now,
		glyphs,
		reader,
		width: innerWidth(rectangle),
		height: rectangle.height - 1,
		focused,
		zoomed: view.zoomed,
		keyOf: actionId => keyOfAction(input.actions, actionId),
		ownProject: ownProject(state, config.discovery.project),
		experimentName: state.defaultExperiment ?? config.experiment,
		language: config.language,
		say: writer(config.language),
	};
}

/** Whether a pane of the same column ends where this one starts: then the border at its left continues. */
function isBelowInColumn({ panes: all }: Layout, { x, y }: Rectangle): boolean {
	return Object.values(all).some(other => other.x === x && other.y + other.height === y);
}

function sameRectangle(a: Rectangle, b: Rectangle): boolean {
	return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
