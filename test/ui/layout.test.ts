import { expect, test } from 'vitest';
import { columnBorder, type LayoutInput, layoutFor, type PaneSize, type Rectangle } from '../../source/ui/layout.ts';
import { paneIds, panes } from '../../source/ui/panes/panes.ts';

/** Sizes of panes that want the given numbers of rows. */
const wanted = (rows: Readonly<Record<string, number>>): PaneSize[] =>
	panes.map(({ id, area }) => ({ id, area, rows: rows[id] ?? 0 }));

const sizes = [
	[80, 24],
	[120, 40],
	[250, 70],
	[100, 30],
	[60, 18],
	[59, 17],
	[40, 10],
	[20, 4],
	[10, 2],
] as const;

test.each(sizes)('at %i×%i the rectangles fill the screen, each cell once', (columns, rows) => {
	for (const [zoomed, findingRows] of [
		[false, 0],
		[true, 0],
		[false, 2],
		[false, 40],
	] as const) {
		const layout = layoutFor({
			columns,
			rows,
			focus: 'logs',
			zoomed,
			panes: wanted({ services: 9, pipeline: 6, findings: findingRows }),
		});
		const all: Rectangle[] = [layout.header, layout.footer, ...paneIds.map(id => layout.panes[id])].filter(
			one => one != null,
		);
		const cells = new Set<string>();
		let count = 0;
		for (const { x, y, width, height } of all) {
			for (let row = y; row < y + height; row++)
				for (let column = x; column < x + width; column++) cells.add(`${row},${column}`);
			count += width * height;
		}
		expect(count).toBe(columns * rows);
		expect(cells.size).toBe(columns * rows);
	}
});

test('at 80×24 all panes have their place', () => {
	const { panes } = layoutFor({
		columns: 80,
		rows: 24,
		focus: 'services',
		zoomed: false,
		panes: wanted({ services: 8, pipeline: 4, findings: 1 }),
	});
	expect(panes.findings?.height).toBe(2);
	for (const id of paneIds.slice(0, 4)) expect(panes[id]?.height).toBeGreaterThanOrEqual(3);
});

test('without findings nothing is wasted on them, unless they are looked at', () => {
	const inputOf = (findings: number, focus: LayoutInput['focus']): LayoutInput => ({
		columns: 120,
		rows: 40,
		zoomed: false,
		focus,
		panes: wanted({ services: 8, pipeline: 4, findings }),
	});
	expect(layoutFor(inputOf(0, 'services')).panes.findings).toBeUndefined();
	expect(layoutFor(inputOf(0, 'findings')).panes.findings?.height).toBe(2);
	expect(layoutFor(inputOf(3, 'services')).panes.findings?.height).toBe(4);
});

test('side by side, one border divides the lower panes, however many there are', () => {
	const lower: PaneSize[] = [
		{ id: 'logs', area: 'lower', rows: 0 },
		{ id: 'mlflow', area: 'lower', rows: 0 },
		{ id: 'findings', area: 'lower', rows: 0 },
	];
	const layout = layoutFor({ columns: 120, rows: 40, focus: 'logs', zoomed: false, panes: lower });
	const { logs, mlflow, findings } = layout.panes;
	expect([logs?.width, mlflow?.x, findings?.x, columnBorder(layout)]).toEqual([72, 72, 72, 72]);
	expect([logs?.height, (mlflow?.height ?? 0) + (findings?.height ?? 0)]).toEqual([38, 38]);
	const narrow = layoutFor({ columns: 80, rows: 24, focus: 'logs', zoomed: false, panes: lower });
	expect(columnBorder(narrow)).toBeNull();
	expect(Object.values(narrow.panes).map(({ height }) => height)).toEqual([8, 7, 7]);
});

test('where there is no room for all panes, one is shown', () => {
	const many = ['services', 'pipeline', 'logs', 'mlflow', 'findings'] as const;
	const layout = layoutFor({
		columns: 80,
		rows: 18,
		focus: 'mlflow',
		zoomed: false,
		panes: many.map(id => ({ id, area: 'upper', rows: 9 })),
	});
	expect(Object.keys(layout.panes)).toEqual(['mlflow']);
});
