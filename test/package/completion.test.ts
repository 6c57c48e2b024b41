import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bashCompletion } from '../../source/commands/completion/bash.ts';
import { fishCompletion } from '../../source/commands/completion/fish.ts';
import { zshCompletion } from '../../source/commands/completion/zsh.ts';
import { commands } from '../../source/commands/table.ts';
import { type OpenTerminal, openTerminal } from '../terminal/harness.ts';

/**
 * The completion scripts in the shells themselves: what Tab inserts reaches the program as the very name that it offered,
 * whatever characters the name has, and nothing in it is run by the shell. The program is replaced by one that offers such
 * names and keeps its arguments: `test/terminal/completion.test.ts` measures the real one.
 */

const folder = mkdtempSync(join(tmpdir(), 'laketop-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hacked = join(folder, 'hacked');
const argumentsFile = join(folder, 'arguments');

/** Names that a stack may have, by what is typed of each. */
const names: Readonly<Record<string, string>> = {
	plain: 'plain-name_1.2',
	spa: 'spaces between words',
	quo: `quo'te "double"`,
	dol: `dollar$(touch ${hacked})$HOME`,
	tic: `tick\`touch ${hacked}\``,
	sem: `semi;touch ${hacked}&`,
	bac: 'back\\slash',
	sta: 'star*?[x]{a,b}',
	exc: 'exclamation!mark',
	col: 'colon:and=equals',
	한국: '한국어 모델 이름',
	모: "모델'(특수)",
};

const fakeProgram = `#!/bin/sh
if [ "$1" = __complete ]; then cat '${join(folder, 'names')}'; exit; fi
printf '%s\\n' "$@" >'${argumentsFile}.new'
mv '${argumentsFile}.new' '${argumentsFile}'
`;
writeFileSync(join(folder, 'names'), `${Object.values(names).join('\n')}\n`);
writeFileSync(join(folder, 'laketop'), fakeProgram);
chmodSync(join(folder, 'laketop'), 0o755);

const scripts = {
	bash: bashCompletion(commands),
	zsh: zshCompletion(commands, 'ko'),
	fish: fishCompletion(commands, 'ko'),
} as const;
type Shell = keyof typeof scripts;
for (const [shell, script] of Object.entries(scripts)) writeFileSync(join(folder, `laketop.${shell}`), script);
writeFileSync(join(folder, 'bashrc'), `PS1='> '\nset +o history\nsource '${join(folder, 'laketop.bash')}'\n`);
writeFileSync(
	join(folder, '.zshrc'),
	`PS1='> '\nunsetopt prompt_sp\nautoload -Uz compinit && compinit -D -u\nsource '${join(folder, 'laketop.zsh')}'\n`,
);
writeFileSync(
	join(folder, 'config.fish'),
	`function fish_prompt; printf '> '; end\nfunction fish_greeting; end\nset -g fish_autosuggestion_enabled 0\nsource '${join(folder, 'laketop.fish')}'\n`,
);

const ways: Readonly<Record<Shell, readonly string[]>> = {
	bash: ['--noprofile', '--rcfile', join(folder, 'bashrc'), '-i'],
	zsh: ['-i'],
	fish: ['--no-config', '--init-command', `source '${join(folder, 'config.fish')}'`, '-i'],
};

const isInstalled = (shell: Shell) => spawnSync(shell, ['-c', 'true']).status === 0;
const isRequired = process.env.SHELLS_REQUIRED === '1';

function start(shell: Shell): Promise<OpenTerminal> {
	return openTerminal({
		command: shell,
		args: [...ways[shell]],
		cols: 200,
		rows: 20,
		cwd: folder,
		env: {
			PATH: `${folder}:${process.env.PATH}`,
			HOME: folder,
			ZDOTDIR: folder,
			XDG_CONFIG_HOME: folder,
			XDG_DATA_HOME: folder,
			LANG: 'C.UTF-8',
			TERM: 'xterm-256color',
		},
	});
}

const lineOf = (screen: readonly string[]) => screen.findLast(row => row.startsWith('>')) ?? '';

describe.each(Object.keys(scripts).filter((name): name is Shell => name in scripts))('%s', shell => {
	test.runIf(isRequired)('is installed', () => {
		expect(isInstalled(shell)).toBe(true);
	});

	test.runIf(isInstalled(shell))('inserts each name so that the program gets it as it is', async () => {
		const terminal = await start(shell);
		try {
			await terminal.waitFor(screen => lineOf(screen).trim() === '>');
			const times: number[] = [];
			for (const [typed, name] of Object.entries(names)) {
				rmSync(argumentsFile, { force: true });
				terminal.write(`laketop models ${typed}`);
				await terminal.waitFor(screen => lineOf(screen).includes(typed));
				const before = lineOf(terminal.screen());
				const began = performance.now();
				terminal.write('\t');
				await terminal.waitFor(screen => lineOf(screen) !== before);
				times.push(performance.now() - began);
				terminal.write('\r');
				await expect.poll(() => existsSync(argumentsFile), { timeout: 20_000, interval: 10 }).toBe(true);
				expect(readFileSync(argumentsFile, 'utf8').split('\n'), name).toEqual(['models', name, '']);
				await terminal.waitFor(screen => lineOf(screen).trim() === '>');
			}
			// Others keep the machine busy: the best of them all is the shell's own time.
			expect(Math.min(...times), times.map(Math.round).join(', ')).toBeLessThan(300);
			expect(existsSync(hacked)).toBe(false);
		} finally {
			await terminal.dispose();
		}
	});

	test.runIf(isInstalled(shell))('lists commands, options and values', async () => {
		const terminal = await start(shell);
		try {
			await terminal.waitFor(screen => lineOf(screen).trim() === '>');
			for (const [typed, inserted] of [
				['laketop dooc', null],
				['laketop doct', 'doctor'],
				['laketop models --js', '--json'],
				['laketop --lang k', 'ko'],
				['laketop completion zs', 'zsh'],
			] as const) {
				// A letter behind it: what was inserted ends before.
				terminal.write(`${typed}\t`);
				const whole = inserted === null ? typed : `${typed.slice(0, typed.lastIndexOf(' '))} ${inserted}`;
				await terminal.waitFor(screen => lineOf(screen).includes(whole));
				terminal.write('X');
				await terminal.waitFor(screen => new RegExp(`${whole} ?X`).test(lineOf(screen)));
				terminal.write('\u0015');
				await terminal.waitFor(screen => lineOf(screen).trim() === '>');
			}
		} finally {
			await terminal.dispose();
		}
	});
});
