import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { momentOf, UsageError } from '../../source/command-line/arguments/given.ts';
import { globalOptions } from '../../source/command-line/rows/options.ts';
import { commandNamed, globalsOf, parseCommandLine } from '../../source/commands/parse.ts';
import { commands } from '../../source/commands/table.ts';
import { nearest } from '../../source/model/text/nearest.ts';
import { momentOfWords } from '../../source/ui/actions/jump.ts';
import { durationMs } from '../../source/words/amounts.ts';
import { render } from '../../source/words/message.ts';

async function complaint(...argv: string[]): Promise<string> {
	try {
		const parsed = await parseCommandLine(argv);
		return `no complaint: ${parsed.kind}`;
	} catch (error) {
		if (error instanceof UsageError) return `${error.message} | ${render(error.fix, 'en')}`;
		throw error;
	}
}

async function command(...argv: string[]) {
	const parsed = await parseCommandLine(argv);
	if (parsed.kind !== 'command') throw new Error(parsed.kind);
	return parsed;
}

test('without a command it is the monitor', async () => {
	const parsed = await parseCommandLine(['--dag', 'x', '--read-only']);
	expect(parsed.kind).toBe('monitor');
	if (parsed.kind !== 'monitor') return;
	expect(parsed.given.text('dag')).toBe('x');
	expect(parsed.given.choice('read-only')).toBe(true);
	expect(parsed.given.choice('demo')).toBeUndefined();
});

test('each letter is that of the command which it is given to', async () => {
	for (const { name, options = [] } of commands) {
		for (const option of options) {
			if (option.short === undefined) continue;
			const value = !option.value ? [] : [option.value.kind === 'choice' ? (option.value.choices?.[0] ?? '') : '5'];
			const required = options.flatMap(one => (one.required && one !== option ? [`--${one.name}`, '5'] : []));
			const parsed = await parseCommandLine([name, `-${option.short}`, ...value, ...required]).catch(String);
			// Other requirements of a command do not matter here; an option of another command does.
			expect(JSON.stringify(parsed), `${name} -${option.short}`).not.toMatch(/has no option/);
		}
	}
	expect((await command('logs', 'mlflow', '-n', '5')).given.count('tail')).toBe(5);
	expect((await command('-n', '5', 'logs', 'mlflow')).given.count('tail')).toBe(5);
	expect((await command('runs', '-n', '5')).given.count('limit')).toBe(5);
});

test.each([
	[['--dag', 'x', 'runs', '-n', '5']],
	[['runs', '--dag=x', '--limit=5']],
	[['runs', '-n5', '--dag', 'x']],
	[['--limit', '5', 'runs', '--dag', 'x']],
])('%j: options stand before or behind the command', async argv => {
	const { command: asked, given } = await command(...argv);
	expect(asked.name).toBe('runs');
	expect(given.text('dag')).toBe('x');
	expect(given.count('limit')).toBe(5);
	expect(given.words).toEqual([]);
});

test('words, repeated options, negations, and what looks like an option behind --', async () => {
	const { given } = await command('runs', '--state', 'failed', '-s', 'running', '--no-read-only', '--', '-odd-dag');
	expect(given.list('state')).toEqual(['failed', 'running']);
	expect(given.choice('read-only')).toBe(false);
	expect(given.words).toEqual(['-odd-dag']);
});

test('numbers and quotes stay as they are written', async () => {
	expect((await command('runs', '007')).given.words).toEqual(['007']);
	expect((await command('runs', '1e3')).given.words).toEqual(['1e3']);
	expect((await command('runs', '--dag', '"quoted"')).given.text('dag')).toBe('"quoted"');
	expect((await command('runs', '--dag', '-')).given.text('dag')).toBe('-');
});

test('an option whose value may be left out takes the next word only when it is one', async () => {
	expect((await command('status', '--watch')).given.durationMs('watch')).toBe(2000);
	expect((await command('status', '--watch', '5')).given.durationMs('watch')).toBe(5000);
	expect((await command('runs', '-w', 'my_dag')).given.words).toEqual(['my_dag']);
	expect((await command('status', '--watch=1m')).given.durationMs('watch')).toBe(60_000);
});

test.each([
	[['--frobnicate'], 'unknown option --frobnicate | See laketop --help'],
	[['--dmo'], 'unknown option --dmo; did you mean --demo? | See laketop --help'],
	[['stauts'], 'unknown command "stauts"; did you mean status? | See laketop --help'],
	[['findings'], 'unknown command "findings"; did you mean doctor? | See laketop --help'],
	[['valueOf'], 'unknown command "valueOf" | See laketop --help'],
	[['status', '--jsn'], 'status has no option --jsn; did you mean --json? | See laketop status --help'],
	[['status', '-x'], 'status has no option -x | See laketop status --help'],
	[['--json'], /^option --json requires a command that has it: status, /],
	[
		['runs', '--state', 'odd'],
		'--state: invalid value "odd" (one of: queued, running, success, failed) | See laketop runs --help',
	],
	[['source', '--dag-version', '0'], '--dag-version: invalid number "0" (1 or more) | See laketop source --help'],
	[['runs', '--limit', 'x'], '--limit: invalid number "x" (a whole number from 1 to 10000) | See laketop runs --help'],
	[['grid', '--runs', '0'], '--runs: invalid number "0" (a whole number from 1 to 1000) | See laketop grid --help'],
	[
		['trend', '--runs', '1001'],
		'--runs: invalid number "1001" (a whole number from 1 to 1000) | See laketop trend --help',
	],
	[
		['chart', 'loss', '--smooth', '100'],
		'--smooth: invalid number "100" (a whole number from 0 to 99) | See laketop chart --help',
	],
	[['logs', '--after', 'x'], '--after: invalid number "x" (a whole number) | See laketop logs --help'],
	[['runs', '--limit'], 'option --limit requires a value | See laketop runs --help'],
	[['runs', '--limit', '1', '--limit', '2'], 'option --limit was given more than once | See laketop runs --help'],
	[['status', '--json=1'], 'option --json takes no value | See laketop status --help'],
	[['status', '--watch=x'], /^--watch: invalid duration "x" \(examples: 90, 5m, 1h30m\)/],
	[['logs', '--since', '999999999d'], /^--since: invalid time "999999999d" \(examples: .*5m/],
	[['runs', '--since', `${'9'.repeat(17)}d`], /^--since: invalid time "9+d" \(examples: .*5m/],
	[['runs', '--since', `${'9'.repeat(400)}d`], /^--since: invalid time "9+d" \(examples: .*5m/],
	[['status', 'x'], 'unexpected argument "x": status takes no arguments | See laketop status --help'],
	[
		['runs', 'a', 'b'],
		'unexpected argument "b": runs takes 1 argument (quote values that contain spaces) | See laketop runs --help',
	],
	[['runs', ''], 'DAG: the value is empty | See laketop runs --help'],
])('%j is refused with one line that says how to fix it', async (argv, words) => {
	const said = await complaint(...argv);
	if (typeof words === 'string') expect(said).toBe(words);
	else expect(said).toMatch(words);
});

test.each([
	[['--lang', 'ko', 'status', '--json', '--jsn'], 'status'],
	[['--profile', 'prod', '--json', 'logs', '--tail', 'x'], 'logs'],
	[['--json'], ''],
])('%j: the error document names the command', async (argv, name) => {
	expect(await commandNamed(argv)).toBe(name);
});

test('a usage error is in the language of the command line', async () => {
	expect(globalsOf(['status', '--lang', 'ko', '--jsn']).text('lang')).toBe('ko');
	const error = await parseCommandLine(['runs', '--limit', 'x']).catch((thrown: unknown) => thrown);
	expect(error instanceof UsageError && render(error.what, 'ko')).toBe(
		'--limit: 올바르지 않은 수 "x"(1부터 10000까지의 정수)',
	);
});

test('help and version', async () => {
	expect((await parseCommandLine(['--help'])).kind).toBe('help');
	expect((await parseCommandLine(['help', 'runs'])).kind).toBe('help');
	const parsed = await parseCommandLine(['runs', '--help', '--limit', '3']);
	expect(parsed).toMatchObject({ kind: 'help', command: { name: 'runs' } });
	expect((await parseCommandLine(['--version'])).kind).toBe('version');
});

test('one name of an option means one thing everywhere, and no letter means two in a command', () => {
	const takesValue = new Map<string, boolean>();
	for (const option of [...globalOptions, ...commands.flatMap(one => one.options ?? [])]) {
		expect(takesValue.get(option.name) ?? option.value !== undefined, option.name).toBe(option.value !== undefined);
		takesValue.set(option.name, option.value !== undefined);
	}
	for (const one of commands) {
		const letters = [...globalOptions, ...(one.options ?? [])].flatMap(option => option.short ?? []);
		expect(new Set(letters).size, one.name).toBe(letters.length);
		const names = [...globalOptions, ...(one.options ?? [])].map(option => option.name);
		expect(new Set(names).size, one.name).toBe(names.length);
	}
	expect(new Set(commands.map(one => one.name)).size).toBe(commands.length);
});

test('every example of the table is a valid command line', async () => {
	for (const row of commands) {
		for (const { line } of row.examples) {
			const [, words = ''] = /laketop ([^|>&;]*)/.exec(line) ?? [];
			const argv = [...words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
			const parsed = await parseCommandLine(argv);
			if ('opensScreen' in row) expect(parsed.kind, line).toBe('monitor');
			else expect(parsed, line).toMatchObject({ kind: 'command', command: { name: row.name } });
		}
	}
});

test('lengths of time and moments', () => {
	expect(['90', '90s', '1h30m', '1.5h', '250ms', '2d'].map(durationMs)).toEqual([
		90_000, 90_000, 5_400_000, 5_400_000, 250, 172_800_000,
	]);
	expect(['', 'x', '5x', '-5', '5m5', '1 h'].map(durationMs)).toEqual([null, null, null, null, null, null]);
	expect(momentOf('5m', 600_000)).toBe(300_000);
	expect(momentOf('2026-01-31T14:03:00Z', 0)).toBe(Date.UTC(2026, 0, 31, 14, 3));
	expect(momentOf('yesterday', 0)).toBeNull();
	// Nobody means more than a hundred years; each server understands a time within them.
	expect([momentOf('999999999d', 0), momentOf(`${'9'.repeat(400)}d`, 0)]).toEqual([null, null]);
	expect([momentOf('90y', 0), momentOf('30000d', 600_000), momentOf('0001-01-01', 0)]).toEqual([null, 0, 0]);
	expect(momentOfWords('999999999d', Date.UTC(2026, 0, 31), true)).toBeNull();
});

test('the nearest name', () => {
	const names = ['status', 'services', 'dags', 'runs', 'logs'];
	expect(['stat', 'stauts', 'serivces', 'log', 'RUNS', 'frobnicate', 'xy'].map(word => nearest(word, names))).toEqual([
		'status',
		'status',
		'services',
		'logs',
		'runs',
		undefined,
		undefined,
	]);
});

test('every row that stands in a folder of a command is in the table', async () => {
	const folder = join(import.meta.dirname, '../../source/commands');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('row.ts'));
	const rows = await Promise.all(files.map(async file => Object.values<unknown>(await import(join(folder, file)))));
	expect(new Set(rows.flat())).toEqual(new Set(commands));
	for (const command of commands) if ('load' in command) expect(await command.load()).toHaveProperty('run');
});
