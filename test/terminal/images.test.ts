import { expect, test, vi } from 'vitest';
import { imageHeader } from '../../source/presentation/image/image-header.ts';
import { soon } from '../patience.ts';
import type { OpenTerminal } from './harness.ts';
import { hostileSequences, live, open, stack } from './program-on-stack.ts';

const name = 'confusion_matrix.png';
const facts = /PNG image, 320×320 pixels/;
const places = /\x1b_Ga=p,/g;
const transmits = /\x1b_Ga=t,/g;
const deletes = /\x1b_Ga=d,/g;

/** Opens the figure of the newest training from the list of MLflow runs. */
async function openFigure(term: OpenTerminal): Promise<void> {
	term.write('4');
	await term.waitFor('▸4 MLflow');
	term.write('a');
	await term.waitFor('MLFLOW RUN');
	term.write('/');
	await term.waitFor(/Esc cancels|Enter/);
	term.write('model_training');
	await term.waitFor(/filter "model_training/);
	term.press('enter');
	await term.waitFor('% artifacts');
	term.write('%');
	await openFromMenu(term);
}

async function openFromMenu(term: OpenTerminal): Promise<void> {
	await term.waitFor('plots/');
	term.write('plots');
	await term.waitFor('> plots');
	term.press('enter');
	await term.waitFor(name);
	term.press('down', 'enter');
	await term.waitFor(facts);
}

const count = (term: OpenTerminal, pattern: RegExp, mark = 0) =>
	(term.rawSince(mark).toString('latin1').match(pattern) ?? []).length;
const sees = (term: OpenTerminal, pattern: RegExp, times: number, mark = 0) =>
	vi.waitFor(() => expect(count(term, pattern, mark)).toBe(times), soon);

test('a Kitty terminal is sent the file once, shows it in the page, and loses it with the page', async () => {
	const { term } = await live([], {}, { knowsKitty: true });
	expect(count(term, /\x1b_G/g)).toBe(0);
	await openFigure(term);
	await sees(term, places, 1);
	const raw = term.raw().toString('latin1');
	const data = [...raw.matchAll(/\x1b_G(?:a=t,[^;]*|q=2,m=[01]);([^\x1b]*)\x1b\\/g)].map(match => match[1]).join('');
	expect(imageHeader(Buffer.from(data, 'base64'))).toEqual({ format: 'PNG', width: 320, height: 320 });
	// At the cell below the facts, in the proportions of the image, and the cursor is put back.
	const [, row, column, columns, rows] =
		/\x1b7\x1b\[(\d+);(\d+)H\x1b_Ga=p,i=\d+,p=1,c=(\d+),r=(\d+),C=1,q=2\x1b\\\x1b8/.exec(raw)?.map(Number) ?? [];
	expect(columns).toBe((rows ?? 0) * 2);
	const screen = term.screen();
	expect(screen[(row ?? 0) - 3]).toMatch(facts);
	expect(column).toBe((screen[(row ?? 0) - 3] ?? '').indexOf('PNG') + 1);
	expect(screen[(row ?? 0) - 1 + (rows ?? 0)]).toMatch(/W save/);

	// Repainted: in its place again, but not sent again.
	let mark = term.mark();
	term.press('ctrl-l');
	await vi.waitFor(() => expect(count(term, places, mark)).toBeGreaterThan(0), soon);
	expect(count(term, transmits, mark)).toBe(0);
	// Another size: another place.
	term.resize(90, 30);
	await vi.waitFor(() => expect(count(term, /c=(?!40)\d+,r=\d+,C=1/g, mark)).toBeGreaterThan(0), soon);
	expect(count(term, transmits)).toBe(1);

	// Stopped and continued: the terminal has forgotten it.
	mark = term.mark();
	term.signal('SIGCONT');
	await sees(term, transmits, 1, mark);
	await vi.waitFor(() => expect(count(term, places, mark)).toBeGreaterThan(0), soon);

	// Behind a question there is no image; and none when the page is left.
	mark = term.mark();
	term.write('W');
	await term.waitFor('Save the artifact to');
	await sees(term, deletes, 1, mark);
	expect(count(term, places, mark)).toBe(0);
	term.press('esc');
	await term.waitFor('MLFLOW RUN');
	term.press('ctrl-c');
	expect(await term.exited).toMatchObject({ exitCode: 0 });
	expect(term.leftovers()).toEqual([]);
});

test('where an image is in the cells, leaving the page draws the screen again', async () => {
	const { term } = await live([], { LC_TERMINAL: 'iTerm2' });
	await openFigure(term);
	const images = /\x1b\]1337;File=inline=1;size=\d+;width=\d+;height=\d+;[^:]*:[A-Za-z0-9+/=]+\x07/g;
	await sees(term, images, 1);
	expect(count(term, /\x1b_G/g)).toBe(0);
	const mark = term.mark();
	term.press('esc');
	await term.waitFor('Artifacts of model_training plots');
	await term.waitFor(() => term.rawSince(mark).includes('\x1b[H\x1b[J'));
	expect(count(term, images, mark)).toBe(0);
	term.press('down', 'enter');
	await term.waitFor(facts);
	await sees(term, images, 1, mark);
});

test('another terminal is asked once, and shows blocks; the answer is no key', async () => {
	const { term } = await live();
	await openFigure(term);
	await term.waitFor('▀');
	expect(count(term, /a=q/g)).toBe(1);
	expect(count(term, /\x1b_Ga=[tp]|\x1b\]1337/g)).toBe(0);
	expect(term.text()).toMatch(facts);
	term.press('esc');
	await term.waitFor('Artifacts of model_training plots');
	term.press('down', 'enter');
	await term.waitFor(facts);
	expect(count(term, /a=q/g)).toBe(1);
});

test('without images the page has the size and how to save the file', async () => {
	const { term } = await live(['--images', 'none']);
	await openFigure(term);
	await term.waitFor('This terminal shows no images');
	// The command is longer than a row.
	expect(term.text()).toMatch(/laketop --docker-host/);
	expect(term.text()).toMatch(/[0-9a-f]{32} plots\/confusion_matrix\.png/);
	expect(count(term, /\x1b_G|\x1b\]1337|\x1b\[c/g)).toBe(0);
});

const command = ['artifacts', 'model_training', 'plots/confusion_matrix.png'];

test('the command shows the image below itself, as the terminal that was asked can', async () => {
	const on = await stack();
	const kitty = await open(on, command, {}, { knowsKitty: true });
	expect(await kitty.exited).toMatchObject({ exitCode: 0 });
	expect(kitty.raw().toString('latin1')).toMatch(/\x1b_Ga=T,c=32,r=16,f=100,t=d,q=2,m=0;[A-Za-z0-9+/=]+\x1b\\\r?\n/);
	expect(kitty.leftovers()).toEqual([]);

	const blocks = await open(on, command, { TMUX: '/tmp/tmux' });
	expect(await blocks.exited).toMatchObject({ exitCode: 0 });
	expect(blocks.text()).toContain('▀');
	expect(hostileSequences(blocks.raw())).toEqual([]);

	const none = await open(on, command, { NO_COLOR: '1' });
	expect(await none.exited).toMatchObject({ exitCode: 1 });
	expect(none.text()).toContain('neither text nor an image');
	expect(none.text()).toContain('--output FILE');
});
