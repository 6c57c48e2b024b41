import { expect, test } from 'vitest';
import { layoutFor, paneIds, type Rectangle } from '../../source/ui/layout.ts';

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
		const layout = layoutFor({ columns, rows, focus: 'logs', zoomed, serviceRows: 9, pipelineRows: 6, findingRows });
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
		serviceRows: 8,
		pipelineRows: 4,
		findingRows: 1,
	});
	expect(panes.findings?.height).toBe(2);
	for (const id of paneIds.slice(0, 4)) expect(panes[id]?.height).toBeGreaterThanOrEqual(3);
});

test('without findings nothing is wasted on them, unless they are looked at', () => {
	const wishes = { columns: 120, rows: 40, zoomed: false, serviceRows: 8, pipelineRows: 4, findingRows: 0 };
	expect(layoutFor({ ...wishes, focus: 'services' }).panes.findings).toBeUndefined();
	expect(layoutFor({ ...wishes, focus: 'findings' }).panes.findings?.height).toBe(2);
	expect(layoutFor({ ...wishes, focus: 'services', findingRows: 3 }).panes.findings?.height).toBe(4);
});
