import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type OpenTerminal, openTerminal, type TerminalOptions } from './harness.ts';

const opened: OpenTerminal[] = [];

async function open(options: TerminalOptions): Promise<OpenTerminal> {
	const terminal = await openTerminal(options);
	opened.push(terminal);
	return terminal;
}

const shell = (script: string, options: Partial<TerminalOptions> = {}) =>
	open({ command: 'sh', args: ['-c', script], ...options });

const fullScreen = () =>
	open({ command: process.execPath, args: [join(import.meta.dirname, 'fixtures/full-screen.ts')], cols: 50, rows: 10 });

afterEach(async () => {
	await Promise.all(opened.splice(0).map(terminal => terminal.dispose()));
});

describe('the screen', () => {
	test('shows what the program printed, by rows', async () => {
		const terminal = await shell(String.raw`printf 'one\n  two  \n'`, { cols: 20, rows: 4 });
		await terminal.exited;
		expect(terminal.screen()).toEqual(['one', '  two', '', '']);
	});

	test('has colours and attributes by cell', async () => {
		const terminal = await shell(
			String.raw`printf '\033[1;31;44mA\033[0m\033[2;7mB\033[0m\033[38;2;1;2;255mC\033[38;5;200mD\033[0mE'`,
		);
		await terminal.exited;
		expect(terminal.cell(0, 0)).toMatchObject({ char: 'A', fg: 'red', bg: 'blue', bold: true, width: 1 });
		expect(terminal.cell(0, 1)).toMatchObject({ char: 'B', fg: 'default', dim: true, inverse: true });
		expect(terminal.cell(0, 2)).toMatchObject({ char: 'C', fg: '#0102ff' });
		expect(terminal.cell(0, 3)).toMatchObject({ char: 'D', fg: 'ansi-200' });
		expect(terminal.cell(0, 4)).toMatchObject({ char: 'E', fg: 'default', bold: false, dim: false });
	});

	test('gives wide characters, emoji and marks the cells that today’s terminals give them', async () => {
		const terminal = await shell(`printf '한글|🪵|é|가|✔|'`, { cols: 30, rows: 2 });
		await terminal.exited;
		expect(terminal.screen()[0]).toBe('한글|🪵|é|가|✔|');
		expect(terminal.cell(0, 0)).toMatchObject({ char: '한', width: 2 });
		expect(terminal.cell(0, 1)).toMatchObject({ char: '', width: 0 });
		expect([4, 7, 9, 12, 14].map(column => terminal.cell(0, column).char)).toEqual(['|', '|', '|', '|', '|']);
	});

	test('can be of a terminal that draws ambiguous characters wide', async () => {
		const narrow = await shell(`printf '●─|'`);
		const wide = await shell(`printf '●─|'`, { ambiguousWide: true });
		await Promise.all([narrow.exited, wide.exited]);
		expect(narrow.cell(0, 2).char).toBe('|');
		expect(wide.cell(0, 0)).toMatchObject({ char: '●', width: 2 });
		expect(wide.cell(0, 4).char).toBe('|');
	});
});

describe('questions of the program', () => {
	test('are answered: cursor position, with ambiguous characters of either width', async () => {
		// Reads the answer in raw mode up to its last letter, as a program would that measures a symbol.
		const ask = String.raw`stty raw -echo; printf '\r●\033[6n'; answer=$(dd bs=1 count=6 2>/dev/null | tr -d '\033'); stty sane; printf '\r\n<%s>' "$answer"`;
		const narrow = await shell(ask);
		const wide = await shell(ask, { ambiguousWide: true });
		await narrow.waitFor('<[1;2R>');
		await wide.waitFor('<[1;3R>');
	});

	test('are answered: device attributes', async () => {
		const terminal = await shell(
			String.raw`stty raw -echo; printf '\033[c'; dd bs=1 count=3 2>/dev/null | tr '\033' E`,
		);
		await terminal.waitFor('E[?');
	});
});

describe('waiting', () => {
	test('resolves with the screen once it is there, by text, pattern or predicate', async () => {
		const terminal = await shell('echo ready; read line; echo "got $line"; read line');
		expect((await terminal.waitFor('ready'))[0]).toBe('ready');
		terminal.write('milk\r');
		await terminal.waitFor(/^got m.lk$/m);
		await terminal.waitFor(screen => screen.includes('got milk'));
	});

	test('shows the screen when it times out', async () => {
		const terminal = await shell('echo something else; read line', { cols: 20, rows: 3 });
		await terminal.waitFor('something else');
		await expect(terminal.waitFor('the words', { timeoutMs: 1 })).rejects.toThrow(
			/waited for the words, but it did not come within 1 ms[\s\S]*│something else[\s\S]*20×3/,
		);
		await expect(terminal.waitFor(() => false, { timeoutMs: 1, what: 'a miracle' })).rejects.toThrow(
			'waited for a miracle',
		);
	});

	test('gives up at once when the program ends, or has ended', async () => {
		const terminal = await shell('echo oops; exit 7');
		await expect(terminal.waitFor('never')).rejects.toThrow(/the program ended \(exit code 7\)[\s\S]*oops/);
		await expect(terminal.waitFor('never')).rejects.toThrow('the program had ended (exit code 7)');
		await terminal.waitFor('oops');
	});

	test('says when a condition throws', async () => {
		const terminal = await shell('read line');
		const throwing = () => {
			throw new Error('no such row');
		};
		await expect(terminal.waitFor(throwing)).rejects.toThrow('no such row');
	});

	test('does not see a half-drawn synchronized update', async () => {
		const terminal = await shell(
			String.raw`stty -echo; echo ready; printf '\033[?2026hhalf'; read line; printf ' whole\033[?2026l'; read line`,
		);
		await terminal.waitFor('ready');
		expect(terminal.text()).not.toContain('half');
		const screen = terminal.waitFor('half');
		terminal.write('\r');
		expect((await screen)[1]).toBe('half whole');
	});
});

test('a character that is cut between two reads is whole on the screen', async () => {
	const terminal = await shell(
		String.raw`stty -echo; printf 'cut\342'; read line; printf '\200'; read line; printf '\246 whole'; read line`,
	);
	for (const byte of [0xe2, 0x80]) {
		await terminal.waitFor(() => terminal.raw().at(-1) === byte);
		terminal.write('\r');
	}
	await terminal.waitFor('cut… whole');
});

describe('keys, size and signals', () => {
	test('reach the program', async () => {
		const terminal = await fullScreen();
		await terminal.waitFor('ready 50x10');
		const keys = [
			['up', '\x1b[A'],
			['enter', '\r'],
			['esc', '\x1b'],
			['tab', '\t'],
			['ctrl-c', '\x03'],
			['pagedown', '\x1b[6~'],
		] as const;
		for (const [key, bytes] of keys) {
			terminal.press(key);
			await terminal.waitFor(`key ${JSON.stringify(bytes)}`);
		}
		terminal.paste('two words');
		await terminal.waitFor(String.raw`key "\u001b[200~two words\u001b[201~"`);
	});

	test('cursor keys follow application mode', async () => {
		const terminal = await fullScreen();
		await terminal.waitFor('ready');
		terminal.write('a');
		await terminal.waitFor('application cursor keys');
		terminal.press('up');
		await terminal.waitFor(String.raw`key "\u001bOA"`);
		expect(terminal.modes().applicationCursor).toBe(true);
	});

	test('a new size reaches the program', async () => {
		const terminal = await fullScreen();
		await terminal.waitFor('ready 50x10');
		terminal.resize(31, 7);
		await terminal.waitFor('resized 31x7');
		expect(terminal.screen()).toHaveLength(7);
	});

	test('an exit code and a signal are distinguished', async () => {
		const coded = await shell('exit 143');
		expect(await coded.exited).toEqual({ exitCode: 143, signal: undefined });
		const signalled = await shell('echo ready; exec sleep 1000');
		await signalled.waitFor('ready');
		signalled.signal('SIGTERM');
		expect(await signalled.exited).toEqual({ exitCode: 143, signal: 'SIGTERM' });
	});

	test('hanging up reaches the program as SIGHUP', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'harness-'));
		const file = join(folder, 'said');
		const terminal = await shell(
			`trap 'echo hung up > ${file}; exit 5' HUP; echo ready; while read line; do :; done; sleep 1000 & wait`,
		);
		await terminal.waitFor('ready');
		terminal.hangUp();
		expect((await terminal.exited).exitCode).toBe(5);
		expect(await readFile(file, 'utf8')).toBe('hung up\n');
		await rm(folder, { recursive: true });
	});
});

describe('what is left behind', () => {
	test('is nothing when the program gives the terminal back', async () => {
		const terminal = await fullScreen();
		await terminal.waitFor('ready');
		expect(terminal.modes()).toMatchObject({
			alternateScreen: true,
			cursorHidden: true,
			bracketedPaste: true,
			mouse: ['buttons', 'sgr form'],
			focusReporting: true,
			applicationCursor: false,
		});
		expect(terminal.lineNotCooked()).toContain('-icanon');
		expect(() => terminal.leftovers()).toThrow('still running');
		terminal.write('q');
		expect(await terminal.exited).toEqual({ exitCode: 0, signal: undefined });
		expect(terminal.leftovers()).toEqual([]);
	});

	test('is listed when the program is killed', async () => {
		const terminal = await fullScreen();
		await terminal.waitFor('ready');
		terminal.signal('SIGKILL');
		await terminal.exited;
		expect(terminal.leftovers()).toEqual([
			'alternate screen',
			'cursor hidden',
			'bracketed paste',
			'mouse (buttons, sgr form)',
			'focus reporting',
			expect.stringMatching(/^terminal line: -icanon -echo/),
		]);
	});

	test('includes colours, the kitty keyboard, autowrap and a scroll region', async () => {
		const terminal = await shell(String.raw`printf '\033[38;5;0m\033[>1u\033[?7l\033[2;5r'`);
		await terminal.exited;
		expect(terminal.leftovers()).toEqual(['autowrap off', 'kitty keyboard', 'colours or attributes', 'scroll region']);
	});

	test('raw output can be had from a mark on', async () => {
		const terminal = await shell('stty -echo; echo one; read line; echo two');
		await terminal.waitFor('one');
		const mark = terminal.mark();
		terminal.write('\r');
		await terminal.exited;
		expect(terminal.rawSince(mark).toString()).toBe('two\r\n');
		expect(terminal.raw().toString()).toBe('one\r\ntwo\r\n');
	});

	test('the caller’s environment is not', async () => {
		process.env.HARNESS_LEAK = '1';
		const terminal = await shell('echo "$TERM/$HARNESS_LEAK/$CI/$GIVEN/$ABSENT/"', {
			env: { GIVEN: 'yes', ABSENT: undefined },
		});
		await terminal.waitFor('xterm-256color///yes//');
		delete process.env.HARNESS_LEAK;
	});
});
