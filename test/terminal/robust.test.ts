import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { frameProblems, type OpenTerminal, openTerminal } from './harness.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');

let terminal: OpenTerminal | undefined;
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
});

async function openDemo(more: { env?: Record<string, string>; args?: string[] } = {}) {
	const { env, args = [] } = more;
	terminal = await openTerminal({
		command: process.execPath,
		args: [...args, program, '--demo'],
		cols: 120,
		rows: 40,
		...(env ? { env } : {}),
	});
	await terminal.waitFor(/accuracy/);
	return terminal;
}

test('what was resized while it was stopped is drawn whole again, in raw mode, with its reports', async () => {
	const term = await openDemo();
	term.signal('SIGSTOP');
	await new Promise(resolve => setTimeout(resolve, 200));
	// A stopped process in the background gets no SIGWINCH: the signal that is kept for it is dropped here.
	term.resize(90, 28);
	// As a shell does with the terminal of a stopped job, and as it is used meanwhile.
	term.cookLine();
	const mark = term.mark();
	term.signal('SIGCONT');
	await term.waitFor(
		lines => lines.length === 28 && frameProblems(lines, 90).length === 0 && /quit/.test(lines.join()),
	);
	expect(term.lineNotCooked()).toContain('-icanon');
	const again = term.rawSince(mark).toString();
	for (const mode of ['\u001B[?1049h', '\u001B[?2004h', '\u001B[?1004h']) expect(again).toContain(mode);
	term.write('?');
	await term.waitFor(/Restart the selected or marked services/);
});

test('Ctrl-Z in a shell, another size, fg: all of the screen is drawn for the new size', async () => {
	terminal = await openTerminal({
		command: 'bash',
		args: ['--norc', '--noprofile', '-i'],
		cols: 120,
		rows: 40,
		env: { PS1: 'prompt:' },
	});
	const term = terminal;
	await term.waitFor(/prompt:$/m);
	term.write(`'${process.execPath}' '${program}' --demo\r`);
	await term.waitFor(/accuracy/);
	term.press('ctrl-z');
	await term.waitFor(/Stopped/);
	// The shell is in the foreground: it alone is told of the new size.
	term.resize(100, 30);
	term.write('fg\r');
	await term.waitFor(lines => frameProblems(lines, 100).length === 0 && /quit/.test(lines.at(-1) ?? ''));
	term.write('q');
	await term.waitFor(/prompt:$/m);
	term.write('exit\r');
	expect((await term.exited).exitCode).toBe(0);
	expect(term.leftovers()).toEqual([]);
});

test("Node's warnings and whatever a library prints stay off the screen, and are said when it is left", async () => {
	const noise = `data:text/javascript,${encodeURIComponent(`
		process.on('SIGUSR2', () => {
			process.emitWarning('a warning of Node');
			console.error('a word of a library');
			process.stderr.write('another word\\n');
		});
	`)}`;
	const term = await openDemo({ args: [`--import=${noise}`], env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
	term.signal('SIGUSR2');
	await term.waitFor(/a warning of Node|a word of a library|another word/);
	await new Promise(resolve => setTimeout(resolve, 500));
	expect(frameProblems(term.screen(), 120)).toEqual([]);
	const mark = term.mark();
	term.write('q');
	expect((await term.exited).exitCode).toBe(0);
	const said = term.rawSince(mark).toString();
	for (const words of ['a warning of Node', 'a word of a library', 'another word']) expect(said).toContain(words);
	expect(term.leftovers()).toEqual([]);
});

test('5,000 keys in the queue: SIGTERM ends it within a second all the same', async () => {
	const term = await openDemo();
	term.write('jk'.repeat(2500));
	await new Promise(resolve => setTimeout(resolve, 50));
	const before = performance.now();
	term.signal('SIGTERM');
	expect((await term.exited).exitCode).toBe(143);
	// The harness's own end takes some of it.
	expect(performance.now() - before).toBeLessThan(2500);
	expect(term.leftovers()).toEqual([]);
});

test('5,000 keys are drawn in few frames', async () => {
	const term = await openDemo();
	const mark = term.mark();
	term.write(`${'\u001B[B'.repeat(2500)}${'jk'.repeat(1250)}?`);
	await term.waitFor(/Restart the selected or marked services/);
	expect(term.rawSince(mark).length).toBeLessThan(200_000);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends it also where nobody reads the terminal', async signal => {
	const term = await openDemo();
	term.stopReading();
	// Enough to fill the terminal's buffer.
	for (let times = 0; times < 30; times++) {
		term.write(times % 2 === 0 ? 'z' : '\u001B');
		await new Promise(resolve => setTimeout(resolve, 60));
	}
	const { pid } = term;
	const before = performance.now();
	term.signal(signal);
	await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 10_000, interval: 20 });
	expect(performance.now() - before).toBeLessThan(2500);
	term.goOnReading();
});
