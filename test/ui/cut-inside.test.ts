import { expect, test } from 'vitest';
import { cutInside, textWidth } from '../../source/presentation/text.ts';

test.each([
	['short', 10],
	['airflow-worker has exited', 16],
	['최근 실행에서 작업이 실패했습니다', 20],
])('%s in %d cells keeps its beginning and its end', (text, width) => {
	const cut = cutInside(text, width, '…');
	expect(textWidth(cut)).toBeLessThanOrEqual(width);
	if (textWidth(text) <= width) return expect(cut).toBe(text);
	const [start = '', end = ''] = cut.split('…');
	expect([text.startsWith(start), text.endsWith(end)]).toEqual([true, true]);
	expect(textWidth(end)).toBeGreaterThan(width / 3);
});

test.each([0, 1, 2, 3])('in %d cells nothing sticks out', width => {
	expect(textWidth(cutInside('실패했습니다', width, '…'))).toBeLessThanOrEqual(width);
});
