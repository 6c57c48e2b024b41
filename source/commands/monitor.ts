import { hostname } from 'node:os';
import { type Monitor, startMonitor } from '../app/monitor.ts';
import type { ComposeClient } from '../clients/compose.ts';
import type { Config } from '../config/schema.ts';
import { prepareSecrets } from '../config/secrets.ts';
import { engineHostname } from '../model/engine-address.ts';
import { watchFindings } from '../notify/watch-findings.ts';
import { auditPath, fileAudit } from '../operations/audit.ts';
import { ownProject } from '../selectors/stack.ts';
import type { Suspender } from '../ui/app.tsx';
import type { Controller } from '../ui/controller/controller.ts';
import { endInTime, writeWithoutWaiting } from './ending.ts';
import { storeOf } from './judged.ts';
import { listenToProcess } from './process-events.ts';
import { holdStrayOutput } from './stray-output.ts';
import { type ProcessTerminal, terminalTools } from './terminal-tools.ts';

/** How the program was left: with an exit code, or for another stack. */
export type Left = { readonly exitCode: number } | { readonly profile: string } | { readonly project: string };

/**
 * The first drawing is the most expensive one, as all of its code is new: where the engine is about to answer it is worth
 * to wait, ms, and to draw the containers with it.
 */
const worthWaitingMs = 60;

function containersListed({ store, clock }: Monitor): Promise<unknown> {
	const isKnown = () => store.current().feeds.containers.status !== 'waiting';
	if (isKnown()) return Promise.resolve();
	let stop = () => {};
	const known = new Promise<void>(resolve => {
		stop = store.onChange(() => isKnown() && resolve());
	});
	return Promise.race([known, clock.sleep(worthWaitingMs)]).finally(() => stop());
}

/** What a demo brings along: its own Compose, and its record of actions, which is gone with it. */
type Brought = { readonly compose: ComposeClient; readonly auditFile: string };

/** How the program is being left, from the first moment on: there may be no screen yet that could be taken down. */
class Exit {
	left: Left = { exitCode: 0 };
	/** What went wrong in the program itself. */
	crash: unknown;
	#isAsked = false;
	#instance: { unmount(): void } | undefined;

	leave(left: Left): void {
		this.left = left;
		this.#isAsked = true;
		this.#instance?.unmount();
	}

	/** Told to by the system, which does not wait for long. */
	end(code: number): void {
		endInTime(code);
		this.leave({ exitCode: code });
	}

	crashed(error: unknown): void {
		this.crash ??= error;
		this.end(1);
	}

	/** What is to be taken down from now on: at once where that was asked for before. */
	isShown(instance: { unmount(): void }): void {
		this.#instance = instance;
		if (this.#isAsked) instance.unmount();
	}
}

/**
 * The full-screen program. The servers are asked first; the screen is loaded while they answer. Resolves when the user
 * has quit, or has chosen another profile; the terminal is then as it was.
 */
export async function runMonitor(config: Config, brought?: Brought): Promise<Left> {
	const { stdin, stdout } = process;
	const exit = new Exit();
	let instance: ReturnType<typeof renderApp> | undefined;
	let suspender: Suspender | undefined;
	let terminal: ProcessTerminal | undefined;
	let controller: Controller | undefined;
	// Before the terminal is put into another mode, which a signal must not leave behind.
	const stopListening = listenToProcess({
		onEnd: code => exit.end(code),
		onCrash: error => exit.crashed(error),
		onContinued: () => terminal?.continued(),
		// The terminal cut or wrapped its rows for the size in between, which Node does not tell of where it is over.
		onResized: () => terminal?.repaint(),
	});
	const monitor = startMonitor({
		config,
		compose: brought?.compose,
		acknowledgements: storeOf(config, process.env),
	});
	const [{ chooseLooks }, { createController }, { renderApp }] = await Promise.all([
		import('../presentation/probe-terminal.ts'),
		import('../ui/controller/controller.ts'),
		import('../ui/app.tsx'),
	]);
	await prepareSecrets(config, line => console.error(`laketop: ${line}`));
	const stray = holdStrayOutput(line => controller?.hint(line));
	writeWithoutWaiting(stdout);
	const looks = await chooseLooks(config, process.env, stdin, stdout);
	const auditFile = brought?.auditFile ?? auditPath(process.env);
	terminal = terminalTools({
		monitor,
		stdin,
		stdout,
		suspend: () => suspender,
		drawn: () => instance?.waitUntilRenderFlush() ?? Promise.resolve(),
		paintAnew: () => instance?.paintAnew(),
	});
	const host = engineHostname(config.dockerHost) ?? hostname();
	const screen = createController({
		monitor,
		...looks,
		host,
		columns: stdout.columns,
		rows: stdout.rows,
		audit: fileAudit(auditFile),
		auditFile,
		environment: process.env,
		terminal,
		onQuit: () => exit.leave({ exitCode: 0 }),
		onProfile: profile => exit.leave({ profile }),
		onProject: project => exit.leave({ project }),
	});
	controller = screen;
	const [warning] = stray.lines();
	if (warning !== undefined) screen.hint(warning);
	const stopNotices = giveNotice(monitor, host, screen);
	await containersListed(monitor);
	screen.drawNow();
	instance = renderApp(screen, given => {
		suspender = given;
	});
	exit.isShown(instance);
	try {
		await instance.waitUntilExit();
	} finally {
		stopNotices();
		screen.close();
		stray.release();
		await monitor.stop();
	}
	// Where the program goes on with another stack, the next run listens for itself.
	if (!('exitCode' in exit.left)) stopListening();
	sayAtLast(stray.lines(), exit.crash);
	return exit.left;
}

/** Tells the user of new findings beside the screen. Returns what ends it. */
function giveNotice(monitor: Monitor, host: string, screen: Controller): () => void {
	const { config, store } = monitor;
	return watchFindings({
		monitor,
		notify: config.notify,
		language: config.language,
		host,
		project: () => ownProject(store.current(), config.discovery.project),
		write: sequence => void process.stdout.write(sequence),
		complain: problem => screen.hint(problem),
	});
}

/** Said only when the terminal is as it was and the words stay. */
function sayAtLast(lines: readonly string[], crash: unknown): void {
	for (const line of lines) console.error(`laketop: ${line}`);
	if (crash === undefined) return;
	const words = crash instanceof Error ? (crash.stack ?? crash.message) : String(crash);
	console.error(`laketop ${LAKETOP_VERSION} failed: this is a fault of laketop's own.\n${words}`);
}
