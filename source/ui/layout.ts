import type { PaneId } from './place.ts';

/** A place on the screen, in cells; a pane's first row is its title, which is also its upper border. */
export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Layout = {
	readonly columns: number;
	readonly rows: number;
	readonly header: Rectangle | null;
	readonly panes: Readonly<Partial<Record<PaneId, Rectangle>>>;
	readonly footer: Rectangle | null;
};

/**
 * Where a pane lies in the overview: `upper` ones over the whole width, as high as their rows, the first of them before
 * the others; `lower` ones share what is left, the first at the left where there is room for two columns; `bottom` ones
 * stand below everything, and only where they have rows or the focus.
 */
export type Area = 'upper' | 'lower' | 'bottom';

export type PaneWish = {
	readonly id: PaneId;
	readonly area: Area;
	/** Rows that it would fill at this width, without its title. */
	readonly rows: number;
};

export type LayoutWishes = {
	readonly columns: number;
	readonly rows: number;
	readonly focus: PaneId;
	readonly zoomed: boolean;
	/** In the order of their numbers. */
	readonly panes: readonly PaneWish[];
};

/** Below this the panes would be too small to tell anything: one at a time is shown. */
export const smallestOverview = { columns: 60, rows: 18 };
/** From this width on, lower panes stand side by side. */
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
	const panes = (zoomed || small ? null : overview(whole, wishes)) ?? { [focus]: whole };
	return { columns, rows, header, panes, footer };
}

/** null: there is no room for all, or no lower pane that would take what is left. */
function overview(area: Rectangle, { panes, focus }: LayoutWishes): Layout['panes'] | null {
	const { x, width } = area;
	const [first, ...others] = panes.filter(pane => pane.area === 'upper');
	const lower = panes.filter(pane => pane.area === 'lower');
	// What is wrong stands below everything, over the whole width; where nothing is, the others have its room.
	const bottom = panes.filter(pane => pane.area === 'bottom' && (pane.rows > 0 || pane.id === focus));
	const bottomHeights = bottom.map(({ rows }) => Math.max(2, Math.min(rows + 1, Math.floor(area.height * 0.2))));
	const height = area.height - sum(bottomHeights);
	const isSideBySide = width >= sideBySideColumns && lower.length > 1;
	// What the lower panes need at the least, titles included.
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
	const add = (pane: PaneWish | undefined, own: number, at = { x, width }) => {
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

/** The column of the border between lower panes that stand side by side; null: there is none. */
export function columnBorder({ panes }: Pick<Layout, 'panes'>): number | null {
	return Object.values(panes).find(({ x }) => x > 0)?.x ?? null;
}
