import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { frameProblems, type OpenTerminal, offendingSequences, openTerminal } from '../terminal/harness.ts';
import { terminalRows } from './rows/terminal.ts';
import { ProgramWatch } from './watched-program.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');

let terminal: OpenTerminal | undefined;
let folder: string;
let watch: ProgramWatch;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-chaos-'));
	watch = new ProgramWatch(folder);
});
afterEach(async () => {
	await terminal?.dispose();
	terminal = undefined;
	rmSync(folder, { recursive: true, force: true });
});

type Opened = { env?: Record<string, string | undefined>; nodeArguments?: readonly string[]; whenOpen?: RegExp };

async function open({ env = {}, nodeArguments = [], whenOpen = /accuracy/ }: Opened = {}): Promise<OpenTerminal> {
	const args = [...watch.nodeArguments, ...nodeArguments, program, '--demo'];
	const all = { ...env, ...watch.env };
	terminal = await openTerminal({ command: process.execPath, args, cols: 120, rows: 40, env: all });
	await terminal.waitFor(whenOpen, { timeoutMs: 60_000 });
	watch.opened();
	return terminal;
}

const isWhole = (columns: number) => (lines: string[]) =>
	frameProblems(lines, columns).length === 0 && /quit/.test(lines.at(-1) ?? '');

/** If another key follows before Esc is read, both look like Alt and that key: wait until Esc has closed something. */
async function pressEsc(term: OpenTerminal, closes: RegExp): Promise<void> {
	term.press('esc');
	await term.waitFor(lines => !closes.test(lines.join('\n')));
}

/** It responds to keys, its frame is complete, and q leaves the terminal clean, with only known sequences written. */
async function worksAndLeavesClean(term: OpenTerminal): Promise<void> {
	term.write('?');
	await term.waitFor(/Restart the selected/);
	await pressEsc(term, /Esc closes/);
	await term.waitFor(isWhole(term.cols));
	term.write('q');
	expect((await term.exited).exitCode).toBe(0);
	expect(term.leftovers()).toEqual([]);
	// Also queries of the start: the cursor's position, and the background colour.
	expect(offendingSequences(term.raw()).filter(one => !/\[6n|\]11;\?/.test(one))).toEqual([]);
}

async function unread(signal: NodeJS.Signals): Promise<void> {
	const term = await open();
	term.stopReading();
	// Enough to fill the terminal's buffer.
	for (let times = 0; times < 30; times++) {
		term.write(times % 2 === 0 ? 'z' : '\u001B');
		await pause(60);
	}
	await watch.endsWithinSecond(term, signal);
	term.goOnReading();
}

/** Loaded before laketop: runs `code` on SIGUSR2. */
const onSignal = (code: string) => [
	`--import=data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${code} })`)}`,
];

const trials: Readonly<Record<string, (screen: string) => Promise<void>>> = {
	'terminal-unread-sigterm': () => unread('SIGTERM'),
	'terminal-unread-sighup': () => unread('SIGHUP'),

	async 'terminal-gone'() {
		const term = await open({ env: { TMPDIR: folder } });
		const demos = () => readdirSync(folder).filter(name => name.startsWith('laketop-demo'));
		expect(demos()).toHaveLength(1);
		const { pid } = term;
		term.hangUp();
		await vi.waitFor(() => expect(demos()).toEqual([]), { timeout: 10_000, interval: 20 });
		await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 10_000, interval: 20 });
	},

	async 'terminal-tiny'() {
		const term = await open();
		for (const [columns, rows] of [
			[1, 1],
			[2, 80],
			[200, 1],
			[5, 3],
		] as const) {
			term.resize(columns, rows);
			for (const key of ['?', '\u001B', ':', '\u001B', 'r', '\u001B', 'z', 'z', 't', '\u001B']) {
				term.write(key);
				await pause(30);
			}
		}
		term.resize(120, 40);
		await term.waitFor(isWhole(120));
		await worksAndLeavesClean(term);
	},

	async 'terminal-resize-storm'() {
		const term = await open();
		for (let times = 0; times < 200; times++) {
			term.resize(40 + ((times * 37) % 160), 10 + ((times * 13) % 50));
			await pause(5);
		}
		term.resize(100, 30);
		await term.waitFor(isWhole(100));
		await worksAndLeavesClean(term);
	},

	async 'terminal-answers-late'() {
		const term = await open();
		const answers = [
			...['\u001B[12;34R', '\u001B]11;rgb:ffff/ffff/ffff\u001B\\', '\u001B]11;rgb:0000/0000/0000\u0007'],
			...['\u001B[?62;22c', '\u001B[>41;354;0c', '\u001B[?1u', '\u001B[?2026;2$y', '\u001B[I', '\u001B[O'],
			...['\u001B[<0;10;10M', '\u001B[<0;10;10m', '\u001B[97;5u', '\u001BP1$r0m\u001B\\', '\u001B[8;40;120t'],
		];
		const before = term.text();
		for (const answer of answers) {
			term.write(answer);
			await pause(40);
		}
		await pause(300);
		// They opened, asked and moved nothing.
		expect(term.text()).not.toMatch(/Esc (closes|cancels)|Yes, do it/);
		expect(/▸ \S+/.exec(term.text())?.[0]).toBe(/▸ \S+/.exec(before)?.[0]);
		await worksAndLeavesClean(term);
	},

	async 'terminal-foreign-output'(screen) {
		const term = await open({
			nodeArguments: onSignal(
				"process.emitWarning('a warning of Node'); console.error('a word of a library'); process.stderr.write('another word\\n');",
			),
			env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
		});
		term.signal('SIGUSR2');
		await term.waitFor(new RegExp(`${screen}|a word of a library|another word`));
		await pause(500);
		expect(frameProblems(term.screen(), 120)).toEqual([]);
		const mark = term.mark();
		await worksAndLeavesClean(term);
		const said = term.rawSince(mark).toString();
		for (const words of [screen, 'a word of a library', 'another word']) expect(said).toContain(words);
	},

	async 'terminal-dumb'() {
		terminal = await openTerminal({ command: process.execPath, args: [program, '--demo'], env: { TERM: 'dumb' } });
		expect((await terminal.exited).exitCode).toBe(2);
		expect(terminal.text()).toMatch(/TERM=dumb/);
		const piped = spawnSync(process.execPath, [program, '--demo'], { encoding: 'utf8', input: '' });
		expect(piped).toMatchObject({ status: 2, stdout: '' });
		expect(piped.stderr.trim().split('\n')).toHaveLength(1);
	},

	async 'signal-stopped-and-resized'() {
		const term = await open();
		term.signal('SIGSTOP');
		await pause(200);
		term.resize(90, 28);
		// As a shell does with the terminal of a stopped job.
		term.cookLine();
		const mark = term.mark();
		term.signal('SIGCONT');
		await term.waitFor(isWhole(90));
		const again = () => term.rawSince(mark).toString();
		await vi.waitFor(() => expect(again()).toContain('\u001B[?1004h'), { timeout: 10_000 });
		expect(term.lineNotCooked()).toContain('-icanon');
		for (const mode of ['\u001B[?1049h', '\u001B[?2004h', '\u001B[?1004h']) expect(again()).toContain(mode);
		await worksAndLeavesClean(term);
	},

	async 'signal-shell-job'() {
		terminal = await openTerminal({
			command: 'bash',
			args: ['--norc', '--noprofile', '-i'],
			cols: 120,
			rows: 40,
			env: { PS1: 'prompt:', ...watch.env },
		});
		const term = terminal;
		await term.waitFor(/prompt:$/m);
		term.write(`'${process.execPath}' '${watch.nodeArguments.join("' '")}' '${program}' --demo\r`);
		await term.waitFor(/accuracy/);
		watch.opened();
		term.press('ctrl-z');
		await term.waitFor(/Stopped/);
		// The shell is in the foreground: only it gets the signal of the new size.
		term.resize(100, 30);
		term.write('fg\r');
		await term.waitFor(isWhole(100));
		term.write('q');
		await term.waitFor(/prompt:$/m);
		term.write('exit\r');
		expect((await term.exited).exitCode).toBe(0);
		expect(term.leftovers()).toEqual([]);
	},

	async 'signal-behind-keys'() {
		const term = await open();
		term.write('jk'.repeat(2500));
		await pause(50);
		await watch.endsWithinSecond(term, 'SIGTERM');
		expect((await term.exited).exitCode).toBe(143);
		expect(term.leftovers()).toEqual([]);
	},

	async 'signal-storm'() {
		const term = await open();
		for (let times = 0; times < 500; times++) {
			term.signal(times % 2 === 0 ? 'SIGWINCH' : 'SIGCONT');
			if (times % 10 === 0) await pause(5);
		}
		await term.waitFor(isWhole(120));
		await pause(500);
		await worksAndLeavesClean(term);
	},

	async 'input-burst'() {
		const term = await open();
		const mark = term.mark();
		term.write(`${'\u001B[B'.repeat(2500)}${'jk'.repeat(1250)}?`);
		await term.waitFor(/Restart the selected/);
		expect(term.rawSince(mark).length).toBeLessThan(300_000);
		await pressEsc(term, /Esc closes/);
		await worksAndLeavesClean(term);
	},

	async 'input-typed-ahead'(screen) {
		const term = await open();
		term.write('r');
		term.write('y');
		await term.waitFor(screen);
		await term.waitFor(/y Yes, do it/);
		await pause(300);
		expect(term.text()).not.toMatch(/[✔●] Restart airflow-postgres/);
		await pressEsc(term, /Yes, do it/);
		await worksAndLeavesClean(term);
	},

	async 'input-garbage'() {
		const term = await open();
		const before = /▸ \S+/.exec(term.text())?.[0];
		const pieces = [
			...['\u0000', '\u001B[', '\u001B[999999999999~', '\u001B[1;2;3;4;5;6X', '\u001BO', '\u001B]0;title\u0007'],
			...['\u001B[27;5;106~', '\u009B1A', '\uFFFD', '\u001B[200', '\u001B\u001B\u001B', '\u001B[[A', '\u001B[2$'],
		];
		for (const piece of pieces) {
			term.write(piece);
			await pause(60);
		}
		term.writeBytes(Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f]));
		await pause(300);
		await pressEsc(term, /Esc (closes|cancels)|Enter continues/);
		await pause(500);
		await term.waitFor(isWhole(120));
		expect(/▸ \S+/.exec(term.text())?.[0]).toBe(before);
		await worksAndLeavesClean(term);
	},

	async 'input-endless-paste'() {
		const term = await open();
		term.write(`\u001B[200~${'y\r'.repeat(1000)}`);
		await pause(1000);
		// Still a paste: no key.
		term.write('q');
		await pause(5500);
		await worksAndLeavesClean(term);
	},

	async 'input-huge-paste'(screen) {
		const term = await open();
		term.write('3/');
		await term.waitFor(/RE2 syntax/);
		term.paste('x(+'.repeat(13_333));
		await term.waitFor(screen);
		term.press('enter');
		await term.waitFor(/searching for plain text/);
		term.write(':');
		await term.waitFor(/Run an action or go to/);
		term.paste('a b'.repeat(17_000));
		await term.waitFor(screen);
		await pressEsc(term, /Run an action or go to/);
		term.write('1');
		await worksAndLeavesClean(term);
	},

	async 'input-slow-pattern'() {
		const term = await open();
		term.write('3/');
		await term.waitFor(/RE2 syntax/);
		term.write('(a+)+$|(.*.*)*=x');
		await term.waitFor(/=x/);
		term.press('enter');
		await term.waitFor(lines => !lines.join().includes('RE2 syntax'));
		term.write('1');
		await worksAndLeavesClean(term);
	},

	async 'file-config-pipe'() {
		const pipe = join(folder, 'pipe');
		execFileSync('mkfifo', [pipe]);
		const huge = join(folder, 'huge');
		execFileSync('truncate', ['-s', '10G', huge]);
		for (const [path, words] of [
			[pipe, 'it is a named pipe'],
			['/dev/zero', 'it is a device'],
			[folder, 'it is a directory'],
			[huge, 'it is larger than 32 kB'],
		] as const) {
			const options = { encoding: 'utf8', timeout: 20_000 } as const;
			const ran = spawnSync(process.execPath, [program, '--config', path, 'status'], options);
			expect(ran).toMatchObject({ status: 2, stdout: '' });
			expect(ran.stderr).toContain(words);
			expect(ran.stderr.trim().split('\n')).toHaveLength(1);
		}
	},

	async 'file-audit-full'(screen) {
		// A folder where the record should be: root may write anywhere else. A real stack, as a demo keeps its own record.
		writeFileSync(join(folder, 'laketop'), 'a file in place of the folder');
		const { startDemo } = await import('../../source/demo/index.ts');
		const demo = await startDemo({ autonomous: false });
		try {
			const address = [
				'--docker-host',
				demo.dockerHost,
				'--airflow-url',
				demo.airflowUrl,
				'--mlflow-url',
				demo.mlflowUrl,
			];
			terminal = await openTerminal({
				command: process.execPath,
				args: [...watch.nodeArguments, program, ...address],
				cols: 120,
				rows: 40,
				cwd: '/',
				env: { XDG_STATE_HOME: folder, XDG_CONFIG_HOME: '/nonexistent', ...watch.env },
			});
			await terminal.waitFor(/airflow-redis/);
			watch.opened();
			terminal.write('r');
			await terminal.waitFor(/y Yes, do it/);
			terminal.write('y');
			await terminal.waitFor(screen);
			const restarts = Object.keys(demo.scenario.requestCounts('docker')).filter(what => /restart/.test(what));
			expect(restarts).toEqual([]);
			expect(terminal.screen().at(-1)).toContain(screen);
			// A failure replaces the key bar until a key is pressed half a second after it, and no longer.
			await pause(600);
			await worksAndLeavesClean(terminal);
		} finally {
			await demo.close();
		}
	},

	async 'environment-empty'() {
		const term = await open({
			env: { HOME: undefined, PATH: undefined, TZ: 'Nowhere/Atlantis', LANG: 'xx_XX.NOPE', COLUMNS: '0', LINES: '0' },
		});
		expect(frameProblems(term.screen(), 120)).toEqual([]);
		term.write('q');
		expect((await term.exited).exitCode).toBe(0);
		expect(term.leftovers()).toEqual([]);
	},

	async 'environment-unwritable'() {
		const nowhere = '/dev/null/nowhere';
		const term = await open({
			env: {
				XDG_CONFIG_HOME: nowhere,
				XDG_STATE_HOME: nowhere,
				XDG_CACHE_HOME: nowhere,
				XDG_RUNTIME_DIR: nowhere,
				NODE_COMPILE_CACHE: nowhere,
			},
		});
		await worksAndLeavesClean(term);
	},
};

test('every row has its trial, and every trial its row', () => {
	expect(Object.keys(trials).toSorted()).toEqual(terminalRows.map(({ id }) => id).toSorted());
});

describe.each(terminalRows.map(row => [row.id, row] as const))('%s', (id, { fault, outcome, screen }) => {
	test(`${fault}: ${outcome}`, async () => {
		await trials[id]?.(screen);
		watch.expectLight();
	});
});
