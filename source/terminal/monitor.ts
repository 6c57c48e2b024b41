import { hostname } from 'node:os';
import { type Monitor, startMonitor } from '../app/monitor.ts';
import type { ComposeClient } from '../clients/compose.ts';
import { endInTime, writeWithoutWaiting } from '../command-line/exit/ending.ts';
import { storeOf } from '../command-line/show/judged.ts';
import type { Config } from '../config/schema.ts';
import { prepareSecrets } from '../config/secrets.ts';
import { engineHostname } from '../model/engine/engine-address.ts';
import { watchFindings } from '../notify/watch-findings.ts';
import { auditPath, fileAudit } from '../operations/plan/audit.ts';
import { ownProject } from '../selectors/servers/stack.ts';
import type { Suspender } from '../ui/app.tsx';
import type { Controller } from '../ui/controller/controller.ts';
import { TerminalAnswers } from '../ui/terminal-answers.ts';
import type { Language } from '../words/language.ts';
import { render } from '../words/message.ts';
import { write } from '../words/write.ts';
import { type ImageLayer, layerOver } from './image-layer.ts';
import { optimizeWhenBusy } from './optimizer.ts';
import { listenToProcess } from './process-events.ts';
import { columnStoreOf } from './remembered-columns.ts';
import { keepHeapSmall } from './small-heap.ts';
import { holdStrayOutput } from './stray-output.ts';
import { type ProcessTerminal, terminalTools } from './terminal-tools.ts';

/** How the monitor ended: with an exit code, or for another stack. */
export type Left = { readonly exitCode: number } | { readonly profile: string } | { readonly project: string };

/**
 * The first drawing is the most expensive one, because its code is not compiled yet. If the engine answers within this
 * time, ms, the containers are drawn with it.
 */
const discoveryWaitMs = 60;

function containersListed({ store, clock }: Monitor): Promise<unknown> {
	const isKnown = () => store.current().feeds.containers.status !== 'waiting';
	if (isKnown()) return Promise.resolve();
	let stop = () => {};
	const known = new Promise<void>(resolve => {
		stop = store.onChange(() => isKnown() && resolve());
	});
	return Promise.race([known, clock.sleep(discoveryWaitMs)]).finally(() => stop());
}

/** Compose of the demo, and its audit file, which the demo removes at its end. */
type DemoParts = { readonly compose: ComposeClient; readonly auditFile: string };

/** The end of the program, also before there is a screen to remove. */
class Exit {
	left: Left = { exitCode: 0 };
	/** An uncaught error. */
	crash: unknown;
	#isAsked = false;
	#instance: { unmount(): void } | undefined;
	#before = () => {};

	leave(left: Left): void {
		this.left = left;
		this.#isAsked = true;
		this.#before();
		this.#instance?.unmount();
	}

	/** The system asked for it, and does not wait long. */
	end(code: number): void {
		endInTime(code);
		this.leave({ exitCode: code });
	}

	crashed(error: unknown): void {
		this.crash ??= error;
		this.end(1);
	}

	/** The screen to remove at the end: at once if the end was requested before. */
	isShown(instance: { unmount(): void }, before: () => void): void {
		this.#instance = instance;
		this.#before = before;
		if (this.#isAsked) instance.unmount();
	}
}

/**
 * The full-screen program. The screen is loaded while the servers answer. Resolves when the user has quit or chosen another
 * profile; the terminal is restored by then.
 */
export async function runMonitor(config: Config, demoParts?: DemoParts): Promise<Left> {
	const { stdin, stdout } = process;
	const exit = new Exit();
	let instance: ReturnType<typeof renderApp> | undefined;
	let suspender: Suspender | undefined;
	let terminal: ProcessTerminal | undefined;
	let controller: Controller | undefined;
	// Before the terminal changes its mode, which a signal must restore.
	const stopListening = listenToProcess({
		onEnd: code => exit.end(code),
		onCrash: error => exit.crashed(error),
		onContinued: () => terminal?.continued(),
		// The terminal may have cut or wrapped rows for a size that Node never reported.
		onResized: () => terminal?.repaint(),
	});
	const monitor = startMonitor({
		config,
		compose: demoParts?.compose,
		acknowledgements: storeOf(config, process.env),
	});
	const [{ chooseAppearance }, { createController }, { renderApp }] = await Promise.all([
		import('../presentation/probe-terminal.ts'),
		import('../ui/controller/controller.ts'),
		import('../ui/app.tsx'),
	]);
	keepHeapSmall();
	const optimizer = optimizeWhenBusy();
	await prepareSecrets(config, line => console.error(`laketop: ${render(line, config.language)}`));
	const stray = holdStrayOutput(line => controller?.hint(line));
	writeWithoutWaiting(stdout);
	const appearance = await chooseAppearance(config, process.env, stdin, stdout);
	const answers = new TerminalAnswers();
	const images = layerOver(() => instance, stdout);
	const auditFile = demoParts?.auditFile ?? auditPath(process.env);
	terminal = terminalTools({
		monitor,
		stdin,
		stdout,
		suspend: () => suspender,
		drawn: () => instance?.waitUntilRenderFlush() ?? Promise.resolve(),
		repaint: () => images.repaint(),
		answers,
	});
	const host = engineHostname(config.dockerHost) ?? hostname();
	const screen = createController({
		monitor,
		...appearance,
		host,
		columns: stdout.columns,
		rows: stdout.rows,
		audit: fileAudit(auditFile),
		auditFile,
		columnStore: columnStoreOf(config, process.env),
		environment: process.env,
		terminal,
		onQuit: () => exit.leave({ exitCode: 0 }),
		onInput: optimizer.wake,
		onProfile: profile => exit.leave({ profile }),
		onProject: project => exit.leave({ project }),
	});
	controller = screen;
	const [warning] = stray.lines();
	if (warning !== undefined) screen.hint(warning);
	const stopNotices = startNotifications(monitor, host, screen);
	await containersListed(monitor);
	screen.drawNow();
	instance = renderApp(screen, given => (suspender = withoutImages(given, images)), answers);
	screen.screen.subscribe(({ image }) => images.show(image));
	exit.isShown(instance, () => images.leave());
	try {
		await instance.waitUntilExit();
	} finally {
		optimizer.stop();
		stopNotices();
		screen.close();
		stray.release();
		await monitor.stop();
	}
	// If the program continues with another stack, the next monitor listens itself.
	if (!('exitCode' in exit.left)) stopListening();
	reportAtExit(stray.lines(), exit.crash, config.language);
	return exit.left;
}

/** Another program gets the terminal without an image of laketop. */
function withoutImages(suspender: Suspender, images: ImageLayer): Suspender {
	return async callback => {
		images.leave();
		try {
			await suspender(callback);
		} finally {
			images.back();
		}
	};
}

/** Sends notifications of new findings. Returns a function that stops it. */
function startNotifications(monitor: Monitor, host: string, screen: Controller): () => void {
	const { config, store } = monitor;
	return watchFindings({
		monitor,
		notify: config.notify,
		language: config.language,
		host,
		project: () => ownProject(store.current(), config.discovery.project),
		write: sequence => void process.stdout.write(sequence),
		complain: problem => screen.hint(render(problem, config.language)),
	});
}

/** After the terminal is restored, so that the text stays visible. */
function reportAtExit(lines: readonly string[], crash: unknown, language: Language): void {
	for (const line of lines) console.error(`laketop: ${line}`);
	if (crash === undefined) return;
	const words = crash instanceof Error ? (crash.stack ?? crash.message) : String(crash);
	const lead = write(
		[
			'laketop {version} crashed. This is a bug in laketop.',
			'laketop {version}이(가) 비정상 종료되었습니다. laketop의 버그입니다.',
		],
		{ version: LAKETOP_VERSION },
		language,
	);
	console.error(`${lead}\n${words}`);
}
