import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { backgroundOf, chooseAppearance, chooseGlyphs } from '../../source/presentation/probe-terminal.ts';
import { keyNames } from '../../source/ui/keys.ts';

/** A terminal as far as queries need it: it responds to those that it supports, in order. */
function terminal(knows: { readonly background?: string; readonly column?: number } = {}) {
	const input = new PassThrough();
	const state = { written: '', raw: [] as boolean[] };
	const stdin = Object.assign(input, { isRaw: false, setRawMode: (mode: boolean) => state.raw.push(mode) });
	const stdout = {
		write(text: string) {
			state.written += text;
			for (const [question] of text.matchAll(/\u001B\]11;\?\u001B\\|\u001B\[6n/g)) {
				if (question.endsWith('n')) input.write(`\u001B[1;${knows.column ?? 2}R`);
				else if (knows.background) input.write(`\u001B]11;${knows.background}\u001B\\`);
			}
		},
	};
	return { stdin, stdout, state };
}

const utf8 = { LANG: 'ko_KR.UTF-8', TERM: 'xterm-256color' };
afterEach(() => {
	vi.useRealTimers();
});

const options = { symbols: 'auto', theme: 'auto', colours: {} } as const;

test('one visit asks for the width and the background, and leaves the terminal as it was', async () => {
	const { stdin, stdout, state } = terminal({ background: 'rgb:ffff/ffff/ffff', column: 3 });
	const { glyphs, theme } = await chooseAppearance(options, utf8, stdin, stdout);
	expect([glyphs.name, theme.name]).toEqual(['narrow', 'light']);
	expect(state.raw).toEqual([true, false]);
	expect(stdin.read()).toBeNull();
	expect(state.written.endsWith('\r\u001B[K')).toBe(true);
});

test('a terminal that does not report its background is not waited for: its next response shows that none comes', async () => {
	const { stdin, stdout } = terminal();
	// The time limit never passes.
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const { glyphs, theme } = await chooseAppearance(options, utf8, stdin, stdout);
	expect([glyphs.name, theme.name]).toEqual(['unicode', 'terminal']);
});

test('without a report, COLORFGBG counts', async () => {
	const { stdin, stdout } = terminal();
	expect((await chooseAppearance(options, { ...utf8, COLORFGBG: '0;15' }, stdin, stdout)).theme.name).toBe('light');
	const dark = terminal({ background: 'rgb:0000/0000/0000' });
	expect((await chooseAppearance(options, { ...utf8, COLORFGBG: '0;15' }, dark.stdin, dark.stdout)).theme.name).toBe(
		'terminal',
	);
});

test('a terminal that answers nothing at all is taken for an ordinary one', async () => {
	const { stdin, state } = terminal();
	const { glyphs, theme } = await chooseAppearance(options, utf8, stdin, { write: () => undefined });
	expect([glyphs.name, theme.name]).toEqual(['unicode', 'terminal']);
	expect(state.raw).toEqual([true, false]);
});

test.each([
	['a theme that does not depend on it', { theme: 'dark' }, {}],
	['NO_COLOR', {}, { NO_COLOR: '1' }],
	['the Linux console', {}, { TERM: 'linux' }],
	['GNU screen', {}, { TERM: 'screen-256color' }],
] as const)('the background is not asked for with %s', async (_, more, environment) => {
	const { stdin, stdout, state } = terminal({ background: 'rgb:ffff/ffff/ffff' });
	await chooseAppearance({ ...options, ...more }, { ...utf8, ...environment }, stdin, stdout);
	expect(state.written).not.toContain(']11');
});

test('tmux is asked, although it calls itself screen', async () => {
	const { stdin, stdout } = terminal({ background: '#fdf6e3' });
	const environment = { ...utf8, TERM: 'screen-256color', TMUX: '/tmp/tmux' };
	expect((await chooseAppearance({ ...options, theme: 'colour-blind' }, environment, stdin, stdout)).theme.name).toBe(
		'colour-blind light',
	);
});

test('nothing is asked where nothing depends on the answer', async () => {
	const { stdin, stdout, state } = terminal();
	await chooseAppearance({ symbols: 'ascii', theme: 'mono', colours: {} }, utf8, stdin, stdout);
	await chooseGlyphs('narrow', utf8, stdin, stdout);
	expect(state).toEqual({ written: '', raw: [] });
});

test('without UTF-8 no character is drawn to measure it', async () => {
	const { stdin, stdout, state } = terminal({ background: 'rgb:ffff/ffff/ffff' });
	const { glyphs, theme } = await chooseAppearance(options, { LANG: 'C', TERM: 'xterm' }, stdin, stdout);
	expect([glyphs.name, theme.name]).toEqual(['ascii', 'light']);
	expect(state.written).toMatch(/^[\x00-\x7f]*$/);
});

test.each([
	['\u001B]11;rgb:ffff/ffff/ffff\u0007', 'light'],
	['\u001B]11;rgb:1e/1e/2e\u001B\\', 'dark'],
	['\u001B]11;rgba:fd/f6/e3/ff\u0007', 'light'],
	['\u001B]11;rgb:f/f/f\u0007', 'light'],
	['\u001B]11;#ffffff\u0007', 'light'],
	['\u001B]11;rgb:ffff/ff', null],
	['\u001B]11;nonsense\u0007', null],
	['\u001B]10;rgb:ffff/ffff/ffff\u0007', null],
	['', null],
])('the answer %j means a background that is %s', (bytes, background) => {
	expect(backgroundOf(bytes)).toBe(background);
});

test('an answer that comes too late is no key press', () => {
	expect(keyNames('11;rgb:ffff/ffff/ffff\u0007', {})).toEqual([]);
	expect(keyNames('11', {})).toEqual(['1', '1']);
});
