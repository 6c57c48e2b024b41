import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { textWidth } from '../../source/presentation/text.ts';
import { runs, seed } from '../random.ts';
import { offendingSequences } from '../terminal/allowed-sequences.ts';
import { controllerOnDemo, type OnDemo } from '../ui/on-demo.ts';
import { type Event, events } from './input.ts';

let on: OnDemo | undefined;
let demo: DemoStack | undefined;
// Random keys save logs in the program's folder.
const folder = mkdtempSync(join(tmpdir(), 'laketop-fuzz-'));
beforeAll(() => process.chdir(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
	await on?.close();
	await demo?.close();
	on = undefined;
	demo = undefined;
});

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** A question that can be answered: only then a key is a confirmation, and may change something. */
const canConfirm = (text: string) => /Yes, do it|to confirm/.test(text);

function take({ controls }: OnDemo, event: Event): Promise<unknown> | undefined {
	switch (event.kind) {
		case 'key':
			controls.press(event.key);
			return undefined;
		case 'paste':
			controls.paste(event.text);
			return undefined;
		case 'resize':
			controls.resize(event.columns, event.rows);
			return undefined;
		case 'wait':
			return pause(event.ms);
	}
}

/** Each part of the screen fills its place, to the cell, and contains only colour sequences. */
function checkScreen({ controls }: OnDemo): void {
	controls.drawNow();
	const screen = controls.screen.getState();
	for (const part of [screen.header, ...Object.values(screen.panes), screen.browse, screen.footer, screen.overlay]) {
		if (!part) continue;
		const rows = part.text.split('\n');
		expect(rows.length).toBeLessThanOrEqual(Math.max(1, part.rectangle.height));
		const widest = Math.max(...rows.map(row => textWidth(row)));
		// Narrower than any frame: the terminal cuts what sticks out.
		if (screen.columns >= 14) expect(widest).toBeLessThanOrEqual(part.rectangle.width);
		expect(offendingSequences(part.text, { csi: 'm', c0: '\n', esc: '', modes: [] })).toEqual([]);
		expect(part.rectangle.x + part.rectangle.width).toBeLessThanOrEqual(Math.max(screen.columns, 10));
	}
}

test.each([
	['may change things', false],
	['read-only', true],
])(
	`random keys, pastes and sizes, %s: nothing breaks, and nothing changes without an answer (seed ${seed})`,
	async (_, readOnly) => {
		const failures: unknown[] = [];
		const onFault = (error: unknown) => failures.push(error);
		process.on('unhandledRejection', onFault);
		try {
			demo = await startDemo({ autonomous: false });
			on = await controllerOnDemo({ readOnly, demo });
			const at = on;
			await at.sees(/airflow 2\.8\.0 ✔/);
			await fc.assert(
				fc.asyncProperty(fc.array(events, { minLength: 20, maxLength: 120 }), async sequence => {
					for (const event of sequence) {
						// Whoever answers a readable question has confirmed it: that is not the subject here.
						if (at.controls.dialog()?.kind === 'confirm' && canConfirm(at.text())) at.controls.press('esc');
						await take(at, event);
					}
					await pause(5);
					checkScreen(at);
					expect(at.changes()).toEqual([]);
					expect(failures).toEqual([]);
					for (let times = 0; times < 12; times++) at.controls.press('esc');
				}),
				{ numRuns: runs(40), endOnFailure: true },
			);
		} finally {
			process.off('unhandledRejection', onFault);
		}
	},
);

test(`a burst of random keys with no time to read: no question is ever answered (seed ${seed})`, async () => {
	on = await controllerOnDemo();
	const at = on;
	await at.sees(/airflow 2\.8\.0 ✔/);
	const all = fc.sample(events, { numRuns: runs(5000) });
	for (const [index, event] of all.entries()) {
		if (event.kind === 'key' || event.kind === 'paste') await take(at, event);
		// The most dangerous keys, wherever they lead.
		for (const key of index % 3 === 0 ? ['r', 'y', 'enter'] : ['y', 'enter']) at.controls.press(key);
		if (index % 200 === 0) {
			await pause(1);
			at.controls.press('esc');
			checkScreen(at);
		}
	}
	expect(at.changes()).toEqual([]);
});
