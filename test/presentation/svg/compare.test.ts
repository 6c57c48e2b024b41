import { expect, test } from 'vitest';
import { written } from '../../../source/presentation/markup.ts';
import { comparePicture } from '../../../source/presentation/svg/compare.ts';
import { svgOf } from '../../../source/presentation/svg/page.ts';
import { compareFigures } from '../../../source/selectors/mlflow-runs/run-comparison.ts';
import { writer } from '../../../source/words/write.ts';
import { all, textOf, xmlOf } from '../../xml.ts';

const hostile = '</text><script>alert(1)</script>&"\'';
const drawn = (figures: readonly Readonly<Record<string, number>>[], name = 'run') => {
	const { metrics } = compareFigures(figures.map(one => ({ params: [], figures: new Map(Object.entries(one)) })));
	const names = figures.map((_, index) => `${name} ${index}`);
	const texts = [{ title: 'Params', rows: [{ key: hostile, values: [hostile, null] }] }];
	return xmlOf(written(svgOf(comparePicture({ names, metrics, texts }, { say: writer('en'), title: hostile })), ''));
};
/** The bars that stand for values; the page is a rectangle as well. */
const widthsOf = (root: ReturnType<typeof xmlOf>) =>
	all(root, 'rect')
		.filter(rect => rect.attributes.class !== 'page')
		.map(({ attributes }) => Number(attributes.width));

test('bars are as long as the values of a metric are to each other; the verdict stands beside them', () => {
	const root = drawn([{ loss: 0.4 }, { loss: 0.1 }]);
	const [first = 0, second = 0] = widthsOf(root);
	expect(second / first).toBeCloseTo(0.25);
	const texts = all(root, 'text').map(textOf);
	expect(texts.some(text => text.includes('lower is better'))).toBe(true);
	expect(texts.some(text => text.includes('0.1000') && text.includes('better'))).toBe(true);
});

test.each<[readonly Readonly<Record<string, number>>[], number]>([
	[[{ x: -2 }, { x: 3 }], 2],
	[[{ x: Number.NaN }, { x: Number.POSITIVE_INFINITY }], 0],
	[[{ x: 0 }, { x: 0 }], 2],
	[[{ x: -Number.MAX_VALUE }, { x: Number.MAX_VALUE }], 2],
	[[{ x: 1 }, {}], 1],
])('%j has bars for finite values only, all within the picture', (figures, bars) => {
	const root = drawn(figures);
	const widths = widthsOf(root);
	expect(widths).toHaveLength(bars);
	for (const width of widths) expect(width).toBeGreaterThanOrEqual(1);
	for (const { attributes } of [...all(root, 'rect'), ...all(root, 'line')])
		for (const value of [attributes.x, attributes.x1, attributes.width].filter(one => one !== undefined)) {
			expect(Number(value)).toBeGreaterThanOrEqual(0);
			expect(Number(value)).toBeLessThanOrEqual(Number(root.attributes.width));
		}
});

test('outside text is text', () => {
	const root = drawn([{ [hostile]: 1 }, { [hostile]: 2 }], hostile);
	expect(all(root, 'script')).toEqual([]);
	expect(all(root, 'text').map(textOf).join('\n')).toContain('</text><script>');
});
