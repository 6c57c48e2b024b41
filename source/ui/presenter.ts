import type { Config } from '../config/schema.ts';
import type { StackState } from '../model/state.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import { runName } from '../presentation/run-name.ts';
import type { Line } from '../presentation/text.ts';
import { paint, type Theme } from '../presentation/theme.ts';
import { shownPipeline } from '../selectors/shown-pipeline.ts';
import { ownProject } from '../selectors/stack.ts';
import { type Action, type ActionContext, placeOf } from './actions/action.ts';
import { footerLine, headerLine, message } from './bars.ts';
import { browseView } from './browse/browse-view.ts';
import type { ViewState } from './conversation.ts';
import { type Dialog, drawDialog } from './dialogs/dialogs.ts';
import { framed, innerWidth } from './frame.ts';
import { keyOfAction } from './keys.ts';
import { type Layout, layoutFor, type PaneId, paneIds, type Rectangle } from './layout.ts';
import { findingRowCount, findingsView } from './panes/findings/findings-view.ts';
import type { LogReader } from './panes/logs/log-reader.ts';
import { logScreen, logsView } from './panes/logs/logs-view.ts';
import { shownLog } from './panes/logs/shown-log.ts';
import { mlflowView } from './panes/mlflow/mlflow-view.ts';
import { pipelineNoticeRows, pipelineRowCount, pipelineView } from './panes/pipeline/pipeline-view.ts';
import { serviceRowCount, servicesView } from './panes/services/services-view.ts';
import type { PaneView } from './panes/view-context.ts';

/** A painted part of the screen; its text has exactly the rows and cells of its rectangle. */
export type Painted = { readonly rectangle: Rectangle; readonly text: string };

/** The whole screen as text. Parts that look the same are the same objects: what did not change is not drawn. */
export type Screen = {
	readonly columns: number;
	readonly rows: number;
	readonly header: Painted | null;
	readonly panes: Readonly<Partial<Record<PaneId, Painted>>>;
	/** The list that lies over all panes. */
	readonly browse: Painted | null;
	readonly footer: Painted | null;
	readonly overlay: Painted | null;
};

export type PresentInput = {
	readonly state: StackState;
	readonly reader: LogReader;
	readonly view: ViewState;
	/** What lies over the panes. */
	readonly dialog: Dialog | null;
	readonly config: Pick<Config, 'discovery' | 'experiment' | 'readOnly' | 'demo' | 'language' | 'profile'>;
	readonly host: string;
	readonly actions: readonly Action[];
	readonly now: number;
	/** When the last key was pressed, ms since the epoch. */
	readonly keyPressedAt: number;
	/** Whether a key that is pressed now answers the question on the screen. */
	readonly isAnswerable: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
};

/** Where the panes lie for what is to be shown. */
export function layoutOf({ state, view, config, now, columns, rows }: PresentInput): Layout {
	const pipeline = shownPipeline(state, view.dagId, view.dagRunId);
	return layoutFor({
		columns,
		rows,
		focus: view.focus,
		zoomed: view.zoomed || view.browse !== null,
		serviceRows: serviceRowCount(state, ownProject(state, config.discovery.project)),
		findingRows: findingRowCount(state),
		pipelineRows:
			pipelineRowCount(pipeline.stages.length, columns - 4) +
			pipelineNoticeRows(state, pipeline, { now, project: ownProject(state, config.discovery.project) }),
	});
}

/** What actions are decided from, for the screen as it is. */
export function actionContext(input: PresentInput): ActionContext {
	const { state, view, now, config } = input;
	const project = ownProject(state, config.discovery.project);
	const layout = layoutOf(input);
	const page = (layout.panes[view.focus]?.height ?? 2) - 1;
	const shown = shownLog(state, view.logs.selection, project);
	const log = logScreen(input.reader, shown, view.logs, logPlace(input, layout));
	return { state, view, ownProject: project, now, page, log, shownLog: shown };
}

/** Where the log lies; where it is not on the screen, as if it had all of it. */
function logPlace({ view, now, glyphs, columns, rows }: PresentInput, layout: Layout) {
	const rectangle = layout.panes.logs ?? { x: 0, y: 0, width: columns, height: rows };
	return { width: innerWidth(rectangle), height: rectangle.height - 1, zoomed: view.zoomed, glyphs, now };
}

const paneTitles: Readonly<Record<PaneId, string>> = {
	services: 'Services',
	pipeline: 'Pipeline',
	logs: 'Logs',
	mlflow: 'MLflow',
	findings: 'Findings',
};

/** The screen for a state and a view. Pure. */
export function present(input: PresentInput, before?: Screen): Screen {
	const { state, view, config, now, glyphs, theme, columns, rows } = input;
	const layout = layoutOf(input);
	const project = ownProject(state, config.discovery.project);
	const painted = (rectangle: Rectangle, lines: readonly Line[], old: Painted | null | undefined): Painted => {
		const text = lines.map(line => paint(line, theme)).join('\n');
		return old && old.text === text && sameRectangle(old.rectangle, rectangle) ? old : { rectangle, text };
	};
	const panes: Partial<Record<PaneId, Painted>> = {};
	const besideAt = layout.panes.mlflow && layout.panes.mlflow.x > 0 ? layout.panes.mlflow.x : null;
	let browse: Painted | null = null;
	for (const id of paneIds) {
		const rectangle = layout.panes[id];
		if (!rectangle) continue;
		if (view.browse) {
			// It takes the place of the zoomed pane.
			const context = viewContext(input, rectangle, true);
			const { title, rows: content } = browseView({ ...context, view, browse: view.browse, ownProject: project });
			const [heading = [], ...others] = title;
			const frame = {
				rectangle,
				columns,
				hasAbove: false,
				hasLeft: false,
				heading,
				title: others,
				focused: input.dialog === null,
			};
			browse = painted(rectangle, framed(frame, content, glyphs), before?.browse);
			continue;
		}
		const focused = view.focus === id && input.dialog === null;
		const { title, rows: content } = paneView(id, input, rectangle, project);
		const frame = {
			rectangle,
			columns,
			hasAbove: rectangle.y > (layout.header ? 1 : 0),
			hasLeft: rectangle.x > 0,
			heading: [{ text: `${paneIds.indexOf(id) + 1} ${paneTitles[id]}` }],
			title,
			focused,
			footAt: id === 'findings' ? besideAt : null,
		};
		panes[id] = painted(rectangle, framed(frame, content, glyphs), before?.panes[id]);
	}
	const headerInput = {
		state,
		now,
		glyphs,
		width: columns,
		project,
		host: input.host,
		crumbs: crumbsOf(input),
		profile: config.profile,
		frozen: view.frozen,
		unfreezeKey: keyOfAction(input.actions, 'freeze'),
		stackKey: keyOfAction(input.actions, 'profile'),
		demo: config.demo,
		readOnly: config.readOnly,
	};
	const said = message(state.actions, view.hint, input.keyPressedAt, now, glyphs, columns);
	const teeAt = layout.panes.findings ? null : besideAt;
	const over =
		input.dialog &&
		drawDialog(input.dialog, {
			actions: input.actions,
			place: placeOf(view),
			running: state.actions,
			now,
			isAnswerable: input.isAnswerable,
			columns,
			rows,
			glyphs,
		});
	return {
		columns,
		rows,
		header: layout.header && painted(layout.header, [headerLine(headerInput)], before?.header),
		panes,
		browse,
		footer:
			layout.footer &&
			painted(layout.footer, [footerLine(input.actions, { view }, said, columns, glyphs, teeAt)], before?.footer),
		overlay: over && painted(over.rectangle, over.rows, before?.overlay),
	};
}

/** Where the user is: the opened pane or list, and what is picked in it. */
function crumbsOf({ state, view, now, config }: PresentInput): string[] {
	if (view.browse)
		return {
			dags: ['DAGs'],
			runs: ['DAGs', view.dagId, 'runs'],
			timeline: ['timeline'],
			'mlflow-runs': ['MLflow', view.experiment ?? config.experiment, 'runs'],
		}[view.browse.kind];
	if (view.focus === 'pipeline' && (view.zoomed || view.taskId !== null || view.dagRunId !== null)) {
		const { run, runs } = shownPipeline(state, view.dagId, view.dagRunId);
		return [view.dagId, ...(run ? [runName(run, now, runs)] : []), ...(view.taskId === null ? [] : [view.taskId])];
	}
	return view.zoomed ? [paneTitles[view.focus]] : [];
}

function viewContext(input: PresentInput, rectangle: Rectangle, focused: boolean) {
	const { state, view, now, glyphs } = input;
	return {
		state,
		now,
		glyphs,
		width: innerWidth(rectangle),
		height: rectangle.height - 1,
		focused,
		zoomed: view.zoomed,
		keyOf: (actionId: string) => keyOfAction(input.actions, actionId),
	};
}

function paneView(id: PaneId, input: PresentInput, rectangle: Rectangle, project: string | null): PaneView {
	const { state, view } = input;
	const context = viewContext(input, rectangle, view.focus === id);
	switch (id) {
		case 'services':
			return servicesView({ ...context, ownProject: project, selected: view.selectedService, marks: view.marks });
		case 'pipeline':
			return pipelineView({
				...context,
				dagId: view.dagId,
				dagRunId: view.dagRunId,
				taskId: view.taskId,
				instance: view.instance,
				marks: view.marks,
				project,
				language: input.config.language,
			});
		case 'logs': {
			const shown = shownLog(state, view.logs.selection, project);
			const screen = logScreen(input.reader, shown, view.logs, context);
			return logsView({ ...context, shown, logs: view.logs, screen });
		}
		case 'mlflow':
			return mlflowView({
				...context,
				experimentName: view.experiment ?? input.config.experiment,
				scroll: view.mlflowScroll,
			});
		case 'findings':
			return findingsView({
				...context,
				selected: view.selectedFinding,
				scroll: view.findingScroll,
				language: input.config.language,
			});
	}
}

function sameRectangle(a: Rectangle, b: Rectangle): boolean {
	return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
