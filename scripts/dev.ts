/**
 * `npm run dev`: bundles at every change and restarts the program, on the embedded stack; other arguments replace
 * `--demo`. The program has the terminal to itself while it runs: nothing is printed here before it has released it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BuildResult, context, formatMessages } from 'esbuild';
import { bundleOptions } from './bundle.ts';
import { root } from './root.ts';
import { writeBundle } from './write-bundle.ts';

const given = process.argv.slice(2);
const command = ['--enable-source-maps', join(root, 'dist/cli.js'), ...(given.length > 0 ? given : ['--demo'])];

/** Time for the program to restore the terminal. */
const patienceMs = 3000;

let running: ChildProcess | undefined;
let isStopping = false;

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/**
 * Turns mouse, paste and focus reports off, shows the cursor, the main screen and line editing: for a program that
 * exited without doing so.
 */
function restoreTerminal(): void {
	process.stdout.write('\x1b[?2026l\x1b[?1000;1002;1003;1006;1004;2004l\x1b[?25h\x1b[?1049l\x1b[0m');
	spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] });
}

async function stop(): Promise<void> {
	const program = running;
	if (program === undefined || hasEnded(program)) {
		return;
	}
	isStopping = true;
	const ended = once(program, 'exit');
	program.kill('SIGTERM');
	const impatience = setTimeout(() => program.kill('SIGKILL'), patienceMs);
	await ended;
	clearTimeout(impatience);
	isStopping = false;
	if (program.signalCode !== null) {
		restoreTerminal();
	}
}

function start(): void {
	const program = spawn(process.execPath, command, { stdio: 'inherit' });
	running = program;
	program.on('exit', code => {
		if (isStopping) {
			return;
		}
		if (code === 0) {
			// Left with q: the user wants to stop, not to see it restart.
			void quit(0);
			return;
		}
		restoreTerminal();
		console.error(`dev: the program ended with ${program.signalCode ?? code}; it starts again at the next change`);
	});
}

async function afterBuild(result: BuildResult<{ write: false }>): Promise<void> {
	await stop();
	if (result.errors.length > 0) {
		const messages = await formatMessages(result.errors, {
			kind: 'error',
			color: process.stderr.hasColors?.() ?? false,
		});
		console.error(messages.join('\n'));
		return;
	}
	await writeBundle(result.outputFiles, join(root, 'dist'));
	start();
}

const options = bundleOptions({ sourcemap: true });
const building = await context({
	...options,
	// Only errors are printed, and only when the terminal is free; see afterBuild.
	logLevel: 'silent',
	plugins: [
		...(options.plugins ?? []),
		// esbuild waits for this before it builds again, so that restarts are sequential.
		{
			name: 'restart',
			setup: build => build.onEnd(result => afterBuild({ ...result, outputFiles: result.outputFiles ?? [] })),
		},
	],
});

async function quit(code: number): Promise<void> {
	await stop();
	await building.dispose();
	process.exit(code);
}

// Ctrl-C is a key of the program while it runs; here it arrives only when none does.
process.on('SIGINT', () => {
	if (running === undefined || hasEnded(running)) {
		void quit(130);
	}
});
process.on('SIGTERM', () => void quit(143));
process.on('SIGHUP', () => void quit(129));

await building.watch();
