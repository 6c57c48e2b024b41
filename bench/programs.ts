/** The measured programs: how each is started, and what its screen shows. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atTheEnd } from './at-the-end.ts';
import { niceWords } from './busy.ts';
import { columns } from './emulator.ts';
import { type Command, type Look, Screen } from './screen.ts';

export type Program = {
	name: string;
	command: string;
	args: readonly string[];
	/** Its version, from the first line of its output; else a text of ours. */
	version: string;
	/** Containers, Airflow's DAGs, or nothing, for comparison. */
	watches: 'containers' | 'both' | 'airflow' | 'nothing';
	/** How many containers its list shows in 120×40. */
	listed: number;
	/** The row shows CPU (the group) and memory. */
	hasFigures?: RegExp;
	/** Input that scrolls to the newest containers. */
	toNewest?: string;
	/** The part of the screen that shows a container's state; it is watched for a change. */
	stateOf?: (name: string) => Look;
	/** It shows health at all. */
	showsHealth?: boolean;
	/** Two alternating keys, and the part of the screen that only they change. */
	keys?: { back: string; forth: string; look: Look };
	/** Opens the log of a container; then its keys. */
	log?: { open: (screen: Screen, name: string) => Promise<void>; keys?: { back: string; forth: string; look: Look } };
};

const down = '\x1b[B';
const up = '\x1b[A';
const end = '\x1b[F';

const rowNaming = (lines: readonly string[], name: string) => lines.find(line => line.includes(name)) ?? '';
/** Words for states, of any program. */
const stateWords = /un\w*healthy|healthy|starting|running|exited \(\d+\)|exited|stopped|dead|Up/g;
const wordsOf =
	(name: string): Look =>
	lines =>
		(rowNaming(lines, name).match(stateWords) ?? []).join(' ');
const presenceOf =
	(name: string): Look =>
	lines =>
		rowNaming(lines, name) === '' ? 'gone' : 'there';
/** If the selection is not visible as text, its style is: the cells of the list's names. */
const styles =
	(left: number, top: number, right: number, bottom: number): Look =>
	(_, screen) =>
		screen.part(left, top, right, bottom);
const lineOf =
	(mark: string): Look =>
	lines =>
		String(lines.findIndex(line => line.includes(mark)));
const firstOf =
	(...marks: string[]): Look =>
	lines =>
		marks.find(mark => lines.some(line => line.includes(mark))) ?? '';

const laketop = (): Omit<Program, 'args' | 'version'> => ({
	name: 'laketop',
	command: process.execPath,
	watches: 'both',
	listed: 12,
	hasFigures: /(\d+\.\d)% .*\d [KMG]iB/,
	stateOf: wordsOf,
	showsHealth: true,
	keys: { back: up, forth: down, look: lineOf('│ ▸ ') },
	log: {
		async open(screen, name) {
			screen.write('3');
			screen.write('d');
			await screen.mustShow('the choice of a log', lines => lines.some(line => line.includes('Choose a container')));
			screen.write(name);
			await screen.mustShow(name, lines => lines.some(line => line.includes(`${name} `) && /running/.test(line)));
			screen.write('\r');
		},
		keys: { back: '3', forth: '2', look: firstOf('▸2 ', '▸3 ') },
	},
});

type Peer = Omit<Program, 'version'> & { asks: readonly string[] };

/** Each peer's keys and screen, from its documentation and by trial. */
const peers: readonly Peer[] = [
	{
		name: 'docker stats',
		command: 'docker',
		args: ['stats'],
		asks: ['--version'],
		watches: 'containers',
		listed: 39,
		hasFigures: /(\d+\.\d\d)% +[1-9][\d.]*[KMG]iB \//,
		stateOf: presenceOf,
	},
	{
		name: 'ctop',
		command: 'ctop',
		args: [],
		asks: ['-v'],
		watches: 'containers',
		listed: 36,
		hasFigures: /(\d+)% +[1-9]\d*[KMG] \//,
		// Icons and their colours.
		stateOf: name => (_, screen) => screen.rowOf(`${name} `, 0, 4),
		showsHealth: true,
		keys: { back: up, forth: down, look: styles(5, 4, 30, 38) },
		log: {
			// It starts with the first container, and the noisy one is first by name.
			async open(screen) {
				screen.write('l');
			},
		},
	},
	{
		name: 'oxker',
		command: 'oxker',
		args: [],
		asks: ['--version'],
		watches: 'containers',
		listed: 5,
		hasFigures: /(\d+\.\d\d)% +[1-9]\d*\.\d\d [kM]B \//,
		toNewest: end,
		stateOf: wordsOf,
		showsHealth: true,
		keys: { back: up, forth: down, look: lineOf('⚪') },
		log: {
			async open(screen) {
				screen.write(end);
			},
			// From panel to panel: the border of the list changes its colour.
			keys: { back: '\x1b[Z', forth: '\t', look: styles(0, 1, 3, 2) },
		},
	},
	{
		name: 'lazydocker',
		command: 'lazydocker',
		args: [],
		asks: ['--version'],
		watches: 'containers',
		listed: 5,
		stateOf: wordsOf,
		showsHealth: true,
		keys: { back: up, forth: down, look: styles(0, 1, 38, 20) },
	},
	{
		name: 'dry',
		command: 'dry',
		args: [],
		asks: ['--version'],
		watches: 'containers',
		listed: 20,
		stateOf: wordsOf,
		showsHealth: true,
		keys: { back: up, forth: down, look: styles(0, 5, columns, 38) },
	},
	{ name: 'flowrs', command: 'flowrs', args: [], asks: ['--version'], watches: 'airflow', listed: 0 },
];

/** Nobody: the CPU that is used anyway. And bare Node: what Node itself needs. */
export const nobody: Program = {
	name: 'nobody',
	command: 'sh',
	args: ['-c', 'echo ready; exec sleep 100000'],
	version: '',
	watches: 'nothing',
	listed: 0,
};
export const bareNode: Program = {
	name: 'bare Node',
	command: process.execPath,
	args: ['-e', 'process.stdout.write("ready"); setInterval(() => {}, 1 << 30)'],
	version: process.version,
	watches: 'nothing',
	listed: 0,
};

/** Where peers are searched: the folders of LAKETOP_BENCH_PEERS, then PATH. */
function folders(): string[] {
	const { LAKETOP_BENCH_PEERS = '', PATH = '' } = process.env;
	return [...LAKETOP_BENCH_PEERS.split(delimiter), ...PATH.split(delimiter)].filter(Boolean);
}

function findProgram(name: string): string | null {
	for (const folder of folders()) {
		try {
			accessSync(join(folder, name), constants.X_OK);
			return join(folder, name);
		} catch {
			// Perhaps in the next one.
		}
	}
	return null;
}

function askVersion(command: string, args: readonly string[]): string {
	try {
		const output = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 5000 });
		// The version of Go or of a protocol may follow.
		return /(?:^|version |^\S+ )v?(\d+\.\d[\w.-]*)/m.exec(output)?.[1] ?? /dev-build/.exec(output)?.[0] ?? 'unknown';
	} catch {
		return 'unknown';
	}
}

/** laketop as built in a checkout. Throws if it was not built. */
export function buildIn(checkout: string, name = 'laketop'): Program {
	const built = join(checkout, 'dist/cli.js');
	const version = askVersion(process.execPath, [built, '--version']);
	if (version === 'unknown')
		throw new Error(`the program in ${checkout} is not built, or does not start: npm run build there`);
	return { ...laketop(), name, args: [built], version };
}

/** laketop as built here, and the peers that are found. Throws if it was not built. */
export function foundPrograms(): Program[] {
	const ours = buildIn(join(import.meta.dirname, '..'));
	const found = peers.flatMap(({ asks, ...peer }) => {
		const command = findProgram(peer.command);
		return command === null ? [] : { ...peer, command, version: askVersion(command, asks) };
	});
	return [ours, ...found];
}

let ownFolder: string | undefined;

/** A folder for their configuration and traces, so that the user's own is neither read nor written. */
function folder(): string {
	if (ownFolder !== undefined) return ownFolder;
	const made = mkdtempSync(join(tmpdir(), 'laketop-bench-'));
	ownFolder = made;
	atTheEnd(() => rmSync(made, { recursive: true, force: true }));
	configureFlowrs('http://localhost:8082');
	return made;
}

let ownNode: string | undefined;

/**
 * A copy of Node for the measured programs. They would share the pages of a file that this process runs too, and half
 * of them would not be counted (PSS).
 */
function node(): string {
	if (ownNode === undefined) {
		ownNode = join(folder(), 'node');
		copyFileSync(process.execPath, ownNode, constants.COPYFILE_FICLONE);
	}
	return ownNode;
}

/** flowrs reads Airflow's address from a file. */
export function configureFlowrs(airflowUrl: string): void {
	const config = join(folder(), 'flowrs');
	mkdirSync(config, { recursive: true });
	const lines = [
		'active_server = "stack"',
		'[[servers]]',
		'name = "stack"',
		`endpoint = "${airflowUrl}"`,
		'version = "V2"',
		'[servers.auth.Basic]',
		'username = "admin"',
		'password = "admin"',
	];
	writeFileSync(join(config, 'config.toml'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Where Node keeps compiled code, or undefined for other programs: that of a build that has been used before. */
function compileCache(program: Program): string | undefined {
	return program.command === process.execPath ? join(folder(), `compiled ${program.name}`) : undefined;
}

/** Starts a program of Node and ends it in order, which is when Node writes its compiled code. Nothing for the others. */
export async function warmUp(program: Program, options: StartOptions = {}): Promise<void> {
	if (compileCache(program) === undefined) return;
	const screen = start(program, options);
	await screen.mustShow('the first screen', lines => lines.some(line => /\w/.test(line)));
	// Also what is loaded just after it.
	await delay(3000);
	await screen.end('SIGTERM');
}

export type StartOptions = {
	args?: readonly string[];
	/** By default that of this process. */
	dockerHost?: string;
} & Pick<Command, 'line' | 'onOutput'>;

export function start(program: Program, { args = [], dockerHost, line, onOutput }: StartOptions = {}): Screen {
	const { PATH = '', HOME = '/' } = process.env;
	const DOCKER_HOST = dockerHost ?? process.env.DOCKER_HOST;
	const compiled = compileCache(program);
	const words = [program.command === process.execPath ? node() : program.command, ...program.args, ...args];
	const [command = '', ...rest] = [...niceWords(), ...words];
	return new Screen({
		command,
		args: rest,
		cwd: folder(),
		env: {
			...{ PATH, HOME, TERM: 'xterm-256color', COLORTERM: '', LANG: 'C.UTF-8', TZ: 'UTC' },
			...{ XDG_CONFIG_HOME: folder(), XDG_STATE_HOME: folder() },
			...(DOCKER_HOST === undefined ? {} : { DOCKER_HOST }),
			...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
		},
		line,
		onOutput,
	});
}

/** How many of the containers it can show. */
export const shownOf = (program: Program, names: readonly string[]) => Math.min(names.length, program.listed);

/** The screen shows as many container names as fit; for a program without containers: it shows anything. */
export function isReady(program: Program, names: readonly string[], enough = shownOf(program, names)) {
	return (lines: readonly string[]) =>
		program.listed === 0
			? lines.some(line => /ready|ml_pipeline|big_dag/.test(line))
			: names.filter(name => lines.some(line => line.includes(name))).length >= enough;
}

/** This many of the named rows have figures other than the zeros that some programs start with. */
export function showsFigures(program: Program, names: readonly string[], enough = shownOf(program, names)) {
	const { hasFigures } = program;
	return (lines: readonly string[]) => {
		if (hasFigures === undefined) return false;
		const rows = lines.filter(line => names.some(name => line.includes(name)));
		const percents = rows.flatMap(line => hasFigures.exec(line)?.[1] ?? []);
		return percents.length >= enough && percents.some(percent => Number(percent) > 0);
	};
}
