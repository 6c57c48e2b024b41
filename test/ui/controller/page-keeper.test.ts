import { expect, test } from 'vitest';
import { PageKeeper } from '../../../source/ui/controller/page-keeper.ts';
import type { Page } from '../../../source/ui/conversation.ts';
import type { Dialog } from '../../../source/ui/dialogs/dialogs.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import { HandClock } from '../../given/hand-clock.ts';

/** Pages on a screen of ten rows, and a clock that the test moves. */
function keeper() {
	const clock = new HandClock();
	const closed = new AbortController();
	let dialog: Dialog | null = null;
	const stage = {
		get dialog() {
			return dialog;
		},
		show(next: { dialog?: Dialog | null }) {
			if (next.dialog !== undefined) dialog = next.dialog;
		},
		drawn: (of: Dialog) => ({
			rectangle: { x: 0, y: 0, width: 80, height: 10 },
			rows: [],
			page: 10,
			limit: of.kind === 'page' ? Math.max(0, of.page.lines.length - 10) : 0,
			isWhole: true,
			hidden: 0,
		}),
	};
	return { clock, stage, pages: new PageKeeper(stage, clock, closed.signal, 'en'), close: () => closed.abort() };
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => ({ text: String(index) }));

/** A page with five more lines at each request, once a second. */
function growing(asked: { times: number }, more: Partial<Page> = {}, count = 20): Page {
	const ask = async () => {
		asked.times++;
		return growing(asked, more, count + 5);
	};
	return { title: 'top', lines: lines(count), again: { everyMs: 1000, ask }, ...more };
}

test('a page is asked for again while it is open, and stays where it was scrolled to', async () => {
	const { clock, stage, pages } = keeper();
	const asked = { times: 0 };
	pages.open(growing(asked));
	expect(stage.dialog).toMatchObject({ scroll: 0, page: { lines: { length: 20 } } });
	stage.show({ dialog: stage.dialog?.kind === 'page' ? { ...stage.dialog, scroll: 3 } : null });
	await clock.advance(2000);
	expect(stage.dialog).toMatchObject({ scroll: 3, page: { lines: { length: 30 } } });
	stage.show({ dialog: null });
	await clock.advance(5000);
	expect(asked.times).toBe(2);
	expect(stage.dialog).toBeNull();
});

test('one that is read from its end stays at its end, unless it was scrolled up', async () => {
	const { clock, stage, pages } = keeper();
	pages.open(growing({ times: 0 }, { fromEnd: true }));
	expect(stage.dialog).toMatchObject({ scroll: 10 });
	await clock.advance(1000);
	expect(stage.dialog).toMatchObject({ scroll: 15 });
	stage.show({ dialog: stage.dialog?.kind === 'page' ? { ...stage.dialog, scroll: 2 } : null });
	await clock.advance(1000);
	expect(stage.dialog).toMatchObject({ scroll: 2 });
});

test('what came too late opens nothing', async () => {
	const { clock, stage, pages } = keeper();
	let come: (page: Page) => void = () => {};
	const ask = () => new Promise<Page>(resolve => (come = resolve));
	pages.open({ title: 'top', lines: [], again: { everyMs: 1000, ask } });
	await clock.advance(1000);
	stage.show({ dialog: helpDialog });
	come({ title: 'late', lines: [] });
	await clock.advance(1);
	expect(stage.dialog).toBe(helpDialog);
});

test('a failed refresh of a page is reported below it, and repeated', async () => {
	const { clock, stage, pages } = keeper();
	let fails = 0;
	const ask = () => {
		fails++;
		return Promise.reject(new Error('the engine is away'));
	};
	pages.open({ title: 'top', lines: lines(3), again: { everyMs: 1000, ask } });
	await clock.advance(1000);
	expect(stage.dialog).toMatchObject({ page: { note: 'the engine is away', lines: { length: 3 } } });
	await clock.advance(1000);
	expect(fails).toBe(2);
});

test('nothing is asked after the end', async () => {
	const { clock, stage, pages, close } = keeper();
	const asked = { times: 0 };
	pages.open(growing(asked));
	stage.show({ dialog: null });
	close();
	await clock.advance(5000);
	expect(asked.times).toBe(0);
});
