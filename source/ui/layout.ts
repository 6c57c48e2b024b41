export type PaneId = 'services' | 'pipeline' | 'logs' | 'mlflow' | 'findings';
export const paneIds: readonly PaneId[] = ['services', 'pipeline', 'logs', 'mlflow', 'findings'];

/** A place on the screen, in cells; a pane's first row is its title, which is also its upper border. */
export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Layout = {
	readonly columns: number;
	readonly rows: number;
	readonly header: Rectangle | null;
	readonly panes: Readonly<Partial<Record<PaneId, Rectangle>>>;
	readonly footer: Rectangle | null;
};

export type LayoutWishes = {
	readonly columns: number;
	readonly rows: number;
	readonly focus: PaneId;
	readonly zoomed: boolean;
	/** Rows that the services pane would fill, without its title. */
	readonly serviceRows: number;
	/** Rows that the pipeline pane would fill at this width, without its title. */
	readonly pipelineRows: number;
	/** Rows that the findings would fill, without their title; 0: none, they get no pane unless they have the focus. */
	readonly findingRows: number;
};

/** Below this the panes would be too small to tell anything: one at a time is shown. */
export const smallestOverview = { columns: 60, rows: 18 };
/** From this width on, logs and MLflow stand side by side. */
const sideBySideColumns = 100;

/** Divides the screen. Pure: the same wishes give the same rectangles; together they fill the screen without a gap. */
export function layoutFor(wishes: LayoutWishes): Layout {
	const { columns, rows, focus, zoomed } = wishes;
	const hasBars = rows >= 6;
	const header = hasBars ? { x: 0, y: 0, width: columns, height: 1 } : null;
	const footer = rows >= 3 ? { x: 0, y: rows - 1, width: columns, height: 1 } : null;
	const top = header ? 1 : 0;
	const height = rows - top - (footer ? 1 : 0);
	const whole = { x: 0, y: top, width: columns, height };
	const small = columns < smallestOverview.columns || rows < smallestOverview.rows;
	const panes = zoomed || small ? { [focus]: whole } : overview(whole, wishes);
	return { columns, rows, header, panes, footer };
}

function overview(area: Rectangle, wishes: LayoutWishes): Layout['panes'] {
	const { x, y, width } = area;
	// What is wrong stands below everything, over the whole width; where nothing is, the others have its room.
	const hasFindings = wishes.findingRows > 0 || wishes.focus === 'findings';
	const findingsHeight = hasFindings ? Math.max(2, Math.min(wishes.findingRows + 1, Math.floor(area.height * 0.2))) : 0;
	const height = area.height - findingsHeight;
	const findings = hasFindings ? { findings: { x, y: y + height, width, height: findingsHeight } } : {};
	const isSideBySide = width >= sideBySideColumns;
	// What the lower panes need at the least, titles included.
	const lower = isSideBySide ? Math.min(8, Math.floor(height / 3)) : 8;
	const pipelineHeight = Math.max(3, Math.min(wishes.pipelineRows + 1, Math.floor(height * 0.4), height - lower - 6));
	const servicesHeight = Math.max(4, Math.min(wishes.serviceRows + 1, height - lower - pipelineHeight));
	const rest = height - servicesHeight - pipelineHeight;
	const services = { x, y, width, height: servicesHeight };
	const pipeline = { x, y: y + servicesHeight, width, height: pipelineHeight };
	const lowerY = y + servicesHeight + pipelineHeight;
	if (isSideBySide) {
		const logsWidth = Math.round(width * 0.6);
		return {
			services,
			pipeline,
			logs: { x, y: lowerY, width: logsWidth, height: rest },
			mlflow: { x: x + logsWidth, y: lowerY, width: width - logsWidth, height: rest },
			...findings,
		};
	}
	const logsHeight = Math.ceil(rest / 2);
	return {
		services,
		pipeline,
		logs: { x, y: lowerY, width, height: logsHeight },
		mlflow: { x, y: lowerY + logsHeight, width, height: rest - logsHeight },
		...findings,
	};
}
