import { expect, test } from 'vitest';
import { cutCell, cutInside, fitName, textWidth } from '../../source/presentation/text.ts';

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

test('names of a column that end differently stay apart when they are cut', () => {
	const names = [
		'mlops-airflow-worker-1',
		'mlops-airflow-worker-2',
		'야간-파이프라인-작업-하나',
		'야간-파이프라인-작업-둘',
	];
	const cut = names.map(name => fitName(name, 16, '…'));
	expect(cut).toEqual(['mlops-ai…orker-1', 'mlops-ai…orker-2', expect.any(String), expect.any(String)]);
	expect(new Set(cut).size).toBe(names.length);
	for (const text of cut) expect(textWidth(text)).toBe(16);
	expect(fitName('short', 8, '…')).toBe('short   ');
	// What has spaces is read from its beginning.
	expect([cutCell('the name of a thing', 10, '…'), cutCell('s3://lake/gold/part-7', 10, '…')]).toEqual([
		'the name …',
		's3://…rt-7',
	]);
});
