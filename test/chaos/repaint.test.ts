import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { controlSequences, frameProblems, type OpenTerminal, openTerminal } from '../terminal/harness.ts';

/** The screen is complete again whatever happened to the terminal under it; nothing changes on the shown stack. */
const program = join(import.meta.dirname, '../../dist/cli.js');

let demo: DemoStack | undefined;
const terminals: OpenTerminal[] = [];
afterEach(async () => {
	for (const one of terminals.splice(0)) await one.dispose();
	await demo?.close();
	demo = undefined;
});

const places = [
	['the overview', '', /accuracy/],
	['a dialog', '4d', /Enter chooses, Esc closes/],
] as const;

/** A screen that holds still, at 100×30. */
async function open(keys: string, shows: RegExp): Promise<OpenTerminal> {
	demo ??= await startDemo({ autonomous: false });
	const servers = ['--docker-host', demo.dockerHost, '--airflow-url', demo.airflowUrl, '--mlflow-url', demo.mlflowUrl];
	const term = await openTerminal({
		command: process.execPath,
		args: [program, ...servers],
		cols: 100,
		rows: 30,
		cwd: '/',
		env: { XDG_CONFIG_HOME: '/nonexistent' },
	});
	terminals.push(term);
	await term.waitFor(/airflow-worker .*healthy/);
	await term.waitFor(/accuracy/);
	// The list of experiments may come later than the first metrics.
	const isRefused = (screen: readonly string[]) => screen.join('\n').includes('No experiment list');
	for (;;) {
		term.write(keys);
		await term.waitFor(screen => shows.test(screen.join('\n')) || isRefused(screen));
		if (!isRefused(term.screen())) break;
		// The next key removes the message.
		term.press('esc');
		await term.waitFor(screen => !isRefused(screen));
	}
	return term;
}

/** Without figures and times, and the bars and columns that follow them; nor the row whose words move with its times. */
const shape = (screen: readonly string[]) =>
	screen
		.filter(row => !row.includes('pages:'))
		.map(row => row.replaceAll(/<?[\d.,:]+|[▁-█]/g, '#').replaceAll(/[ #]+/g, ' '));

/** A dialog hides joints of the frame below it: both screens hide the same. */
const isAsWhole = (screen: readonly string[], other: readonly string[]) =>
	isDeepStrictEqual(frameProblems(screen, 100), frameProblems(other, 100));

test.each(places)('a resize there and back leaves %s as a fresh start draws it', async (_name, keys, shows) => {
	const fresh = await open(keys, shows);
	const term = await open(keys, shows);
	// It is random whether Node learns of the size in between.
	for (let round = 0; round < 5; round++) {
		term.resize(60, 12);
		term.resize(100, 30);
		await term.waitFor(screen => shape(screen).join('\n') === shape(fresh.screen()).join('\n'), {
			what: 'the screen of a fresh start',
		});
	}
	// A size that Node learns of late is drawn after the screen was whole already, and once more for the one after it.
	await term.waitFor(screen => isAsWhole(screen, fresh.screen()), { what: 'a whole frame' });
});

test.each(places)('Ctrl-L draws %s again where somebody else has written on it', async (_name, keys, shows) => {
	const term = await open(keys, shows);
	const before = term.screen();
	term.writeOver('\u001B[5;5H\u001B[41mBroadcast message\r\nfrom root\u001B[30;1H\n\n\n');
	await term.waitFor(/Broadcast message/);
	expect(isAsWhole(term.screen(), before)).toBe(false);
	term.press('ctrl-l');
	await term.waitFor(screen => !/Broadcast|from root/.test(screen.join()) && isAsWhole(screen, before));
	await term.waitFor(shows);
	const red = term
		.cells()
		.flat()
		.filter(({ bg }) => bg === 'red');
	expect(red).toEqual([]);
});

test('many signals at once lead to few drawings of the whole screen', async () => {
	const term = await open('', /accuracy/);
	const mark = term.mark();
	for (let count = 0; count < 200; count++) term.signal('SIGWINCH');
	term.write('?');
	await term.waitFor(/Esc closes/);
	const erased = () => controlSequences(term.rawSince(mark)).filter(({ raw }) => raw === '\u001B[J').length;
	// A key may be drawn before the signals are heard.
	await term.waitFor(() => erased() > 0);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('Esc closes'));
	expect(erased()).toBeLessThan(20);
});
