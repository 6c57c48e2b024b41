import { expect, test } from 'vitest';
import { LineSplitter } from '../../source/clients/line-splitter.ts';
import { cpuMs } from '../patience.ts';

test('lines come whole, however the text was cut', () => {
	const splitter = new LineSplitter(100);
	expect(splitter.push('one\ntw')).toEqual(['one']);
	expect(splitter.push('o')).toEqual([]);
	expect(splitter.push('\n\nthree')).toEqual(['two', '']);
	expect(splitter.end()).toBe('three');
	expect(splitter.end()).toBe('');
});

test('an endless line keeps only its beginning', () => {
	const splitter = new LineSplitter(5);
	splitter.push('123');
	expect(splitter.isOverlong).toBe(false);
	splitter.push('4567');
	expect(splitter.isOverlong).toBe(true);
	expect(splitter.push('89\nnext')).toEqual(['12345']);
	expect(splitter.end()).toBe('next');
});

test('64 MB without a line break take the time of 64 MB', () => {
	const piece = 'x'.repeat(16 * 1024);
	let end = '';
	const ms = cpuMs(() => {
		const splitter = new LineSplitter(1024 * 1024);
		for (let count = 0; count < 4096; count++) splitter.push(piece);
		end = splitter.end();
	});
	// Quadratic, it took minutes.
	expect(ms).toBeLessThan(10_000);
	expect(end).toHaveLength(1024 * 1024);
});
