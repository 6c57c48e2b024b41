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

/**
 * The full-screen program. The servers are asked first; the screen is loaded while they answer. Resolves when the user
 * has quit, or has chosen another profile; the terminal is then as it was.
 */
export async function runMonitor(config: Config, brought?: Brought): Promise<Left> {
	const { stdin, stdout } = process;
	let left: Left = { exitCode: 0 };
	let instance: ReturnType<typeof renderApp> | undefined;
	let suspender: Suspender | undefined;
	let terminal: ProcessTerminal | undefined;
	let controller: Controller | undefined;
	let hasQuit = false;
	let crash: unknown;
	const quit = (code: number) => {
		hasQuit = true;
		left = { exitCode: code };
		instance?.unmount();
	};
	const end = (code: number) => {
		endInTime(code);
		quit(code);
	};
	// Before the terminal is put into another mode, which a signal must not leave behind.
	const stopListening = listenToProcess({
		onEnd: end,
		onCrash(error) {
			crash ??= error;
			end(1);
		},
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
		onQuit: () => quit(0),
		onProfile: profile => {
			left = { profile };
			instance?.unmount();
		},
		onProject: project => {
			left = { project };
			instance?.unmount();
		},
	});
	controller = screen;
	const [warning] = stray.lines();
	if (warning !== undefined) screen.hint(warning);
	const stopNotices = watchFindings({
		monitor,
		notify: config.notify,
		language: config.language,
		host,
		project: () => ownProject(monitor.store.current(), config.discovery.project),
		write: sequence => void stdout.write(sequence),
		complain: problem => screen.hint(problem),
	});
	await containersListed(monitor);
	screen.drawNow();
	instance = renderApp(screen, given => {
		suspender = given;
	});
	// Told to end before there was anything to take down.
	if (hasQuit) instance.unmount();
	try {
		await instance.waitUntilExit();
	} finally {
		stopNotices();
		screen.close();
		stray.release();
		await monitor.stop();
	}
	// Where the program goes on with another stack, the next run listens for itself.
	if (!('exitCode' in left)) stopListening();
	// Said only now, when the terminal is as it was and the words stay.
	for (const line of stray.lines()) console.error(`laketop: ${line}`);
	if (crash !== undefined) {
		const words = crash instanceof Error ? (crash.stack ?? crash.message) : String(crash);
		console.error(`laketop ${LAKETOP_VERSION} failed: this is a fault of laketop's own.\n${words}`);
	}
	return left;
}
