import type { PaneId } from './place.ts';

/** A part of the screen, in cells; the first row of a pane is its upper border with the title. */
export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Layout = {
	readonly columns: number;
	readonly rows: number;
	readonly header: Rectangle | null;
	readonly panes: Readonly<Partial<Record<PaneId, Rectangle>>>;
	readonly footer: Rectangle | null;
};

/**
 * Position in the overview. `upper` panes take the whole width and the rows they need; the first gets its rows before
 * the others. `lower` panes share the rest; if two columns fit, the first takes the left one. `bottom` panes lie below
 * everything, and are hidden without rows or the focus.
 */
export type Area = 'upper' | 'lower' | 'bottom';

export type PaneSize = {
	readonly id: PaneId;
	readonly area: Area;
	/** Rows to show at this width, without the title. */
	readonly rows: number;
};

export type LayoutInput = {
	readonly columns: number;
	readonly rows: number;
	readonly focus: PaneId;
	readonly zoomed: boolean;
	/** In the order of their numbers. */
	readonly panes: readonly PaneSize[];
};

/** Smaller screens show one pane at a time, because each pane would be too small to read. */
export const smallestOverview = { columns: 60, rows: 18 };
/** Width from which lower panes stand side by side. */
const sideBySideColumns = 100;

/** Divides the screen without gaps. Pure. */
export function layoutFor(input: LayoutInput): Layout {
	const { columns, rows, focus, zoomed } = input;
	const hasBars = rows >= 6;
	const header = hasBars ? { x: 0, y: 0, width: columns, height: 1 } : null;
	const footer = rows >= 3 ? { x: 0, y: rows - 1, width: columns, height: 1 } : null;
	const top = header ? 1 : 0;
	const height = rows - top - (footer ? 1 : 0);
	const whole = { x: 0, y: top, width: columns, height };
	const small = columns < smallestOverview.columns || rows < smallestOverview.rows;
	const panes = (zoomed || small ? null : overview(whole, input)) ?? { [focus]: whole };
	return { columns, rows, header, panes, footer };
}

/** null: not all panes fit, or no lower pane takes the rest. */
function overview(area: Rectangle, { panes, focus }: LayoutInput): Layout['panes'] | null {
	const { x, width } = area;
	const [first, ...others] = panes.filter(pane => pane.area === 'upper');
	const lower = panes.filter(pane => pane.area === 'lower');
	const bottom = panes.filter(pane => pane.area === 'bottom' && (pane.rows > 0 || pane.id === focus));
	const bottomHeights = bottom.map(({ rows }) => Math.max(2, Math.min(rows + 1, Math.floor(area.height * 0.2))));
	const height = area.height - sum(bottomHeights);
	const isSideBySide = width >= sideBySideColumns && lower.length > 1;
	// The least rows of the lower panes, titles included.
	const lowerLeast = isSideBySide ? Math.min(8, Math.floor(height / 3)) : 4 * lower.length;
	let taken = 0;
	const otherHeights = others.map(({ rows }) => {
		const own = Math.max(3, Math.min(rows + 1, Math.floor(height * 0.4), height - lowerLeast - 6 - taken));
		taken += own;
		return own;
	});
	const firstHeight = first ? Math.max(4, Math.min(first.rows + 1, height - lowerLeast - taken)) : 0;
	const rest = height - firstHeight - taken;
	const stacked = isSideBySide ? lower.length - 1 : lower.length;
	if (lower.length === 0 || rest < 3 * stacked) return null;

	const places: Partial<Record<PaneId, Rectangle>> = {};
	let { y } = area;
	const add = (pane: PaneSize | undefined, own: number, at = { x, width }) => {
		if (pane) places[pane.id] = { ...at, y, height: own };
		y += own;
	};
	add(first, firstHeight);
	for (const [index, pane] of others.entries()) add(pane, otherHeights[index] ?? 0);
	const leftWidth = isSideBySide ? Math.round(width * 0.6) : 0;
	if (isSideBySide) {
		add(lower[0], rest, { x, width: leftWidth });
		y -= rest;
	}
	let left = rest;
	for (const [index, pane] of lower.slice(isSideBySide ? 1 : 0).entries()) {
		const own = Math.ceil(left / (stacked - index));
		add(pane, own, { x: x + leftWidth, width: width - leftWidth });
		left -= own;
	}
	for (const [index, pane] of bottom.entries()) add(pane, bottomHeights[index] ?? 0);
	return places;
}

function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}

/** The column of the border between lower panes side by side; null if there is none. */
export function columnBorder({ panes }: Pick<Layout, 'panes'>): number | null {
	return Object.values(panes).find(({ x }) => x > 0)?.x ?? null;
}
