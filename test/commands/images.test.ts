import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { all, textOf, xmlOf } from '../xml.ts';
import { addressesOf, type RunOptions, runLaketop } from './harness.ts';

/** The pictures of the views over a DAG run, over many, and of metrics, as SVG images. */

let demo: DemoStack;
let folder: string;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
	folder = mkdtempSync(join(tmpdir(), 'laketop-images-'));
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await demo.close();
});
const laketop = (line: string, options: RunOptions = {}) =>
	runLaketop([...addressesOf(demo), ...line.split(' ')], {
		compose: demo.compose,
		workingDirectory: folder,
		...options,
	});

const tasks = ['raw_to_bronze', 'bronze_to_silver', 'silver_to_gold', 'feature_engineering', 'model_training'];

test.each(['gantt', 'grid', 'trend', 'graph'])('%s: every task has its row once', async command => {
	const { stdout, exitCode } = await laketop(`${command} --svg`);
	expect(exitCode).toBe(0);
	const root = xmlOf(stdout);
	expect(textOf(all(root, 'title')[0] ?? root)).toContain('ml_pipeline_end_to_end');
	const words = all(root, 'tspan').map(textOf);
	for (const task of tasks) expect(words.filter(word => word === task)).toHaveLength(1);
});

test('a chart of a metric has its line, and the value in words', async () => {
	const { stdout } = await laketop('chart accuracy --svg --lang ko');
	const root = xmlOf(stdout);
	expect(all(root, 'path').length + all(root, 'circle').length).toBeGreaterThan(0);
	expect(textOf(root)).toContain('마지막 값');
});

test('an image is not cut to the width of a terminal', async () => {
	const { stdout } = await laketop('grid --svg', { columns: 40 });
	expect(xmlOf(stdout).name).toBe('svg');
});

test('a file is written once, and replaced only with --force; its folder holds nothing else', async () => {
	const first = await laketop('gantt --svg --output gantt.svg');
	expect([first.exitCode, first.stdout, first.stderr]).toEqual([0, '', '']);
	const before = readFileSync(join(folder, 'gantt.svg'), 'utf8');
	expect(xmlOf(before).name).toBe('svg');
	const again = await laketop('grid --svg -o gantt.svg');
	expect(again.exitCode).toBe(2);
	expect(again.stderr).toContain('cannot write gantt.svg: it already exists');
	expect(again.stderr).toContain('--force');
	expect(readFileSync(join(folder, 'gantt.svg'), 'utf8')).toBe(before);
	expect((await laketop('grid --svg -o gantt.svg --force')).exitCode).toBe(0);
	expect(readFileSync(join(folder, 'gantt.svg'), 'utf8')).not.toBe(before);
	expect(readdirSync(folder)).toEqual(['gantt.svg']);
});

test('a text in a file has no colours, although the terminal has', async () => {
	await laketop('gantt --output gantt.txt', { columns: 80 });
	const text = readFileSync(join(folder, 'gantt.txt'), 'utf8');
	expect(text).toContain('critical path');
	expect(text).not.toContain('\x1b');
	rmSync(join(folder, 'gantt.txt'));
});

test('a folder that is not there, and an output that never ends, are refused', async () => {
	const absent = await laketop('gantt --svg -o nowhere/gantt.svg');
	expect([absent.exitCode, absent.stderr]).toEqual([1, 'laketop: cannot write nowhere/gantt.svg: no such file.\n']);
	const endless = await laketop('gantt -o gantt.txt --watch');
	expect([endless.exitCode, endless.stderr]).toEqual([
		2,
		expect.stringContaining('--output does not work with --watch'),
	]);
});
