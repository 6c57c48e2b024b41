import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { soon } from '../patience.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

let on: OnDemo;
beforeEach(async () => {
	on = await controllerOnDemo();
	await on.sees(/accuracy/);
});
afterEach(() => on?.close());

const histories = () =>
	Object.entries(on.demo.scenario.requestCounts('mlflow'))
		.filter(([request]) => request.includes('get-history'))
		.reduce((sum, [, count]) => sum + count, 0);

test('marked MLflow runs are charted together, and their histories are fetched once', async () => {
	for (const key of ['4', 'a']) on.controls.press(key);
	await on.sees(/MLflow runs/);
	on.controls.press('/');
	for (const letter of 'model_training') on.controls.press(letter);
	on.controls.press('enter');
	for (const key of ['space', 'space', '.']) on.controls.press(key);
	await on.sees(/loss · by step/);
	expect(stripVTControlCharacters(on.text())).toMatch(/│ b +model_training [0-9a-f]{8} +0\.\d+ +20 /);
	// The first tells that this server has no samples, so that it is asked once more.
	expect(histories()).toBe(3);
	for (const key of ['left', 'left', '+', ']', '*', 'up']) on.controls.press(key);
	await on.sees(/log scale · smoothed 10%/);
	expect(histories()).toBe(3);
	on.controls.press('tab');
	await on.sees(/val_accuracy · by time/);
	await vi.waitFor(() => expect(histories()).toBe(5), soon);
	on.controls.press('esc');
	await vi.waitFor(() => expect(on.controls.dialog()).toBeNull(), soon);
	expect(on.changes()).toEqual([]);
});

test('the MLflow pane asks for the metric', async () => {
	for (const key of ['esc', 'esc', 'esc', '4', '.']) on.controls.press(key);
	await on.sees(/Chart of a metric/);
	for (const letter of 'val_loss') on.controls.press(letter);
	on.controls.press('enter');
	await on.sees(/val_loss · by step/);
});
