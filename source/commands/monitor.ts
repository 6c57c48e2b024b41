import { hostname } from 'node:os';
import type { Config } from '../config/schema.ts';
import { startMonitor } from '../monitor.ts';

/**
 * The full-screen program. The servers are asked first; the screen is loaded while they answer. Returns the exit code
 * when the user has quit; the terminal is then as it was.
 */
export async function runMonitor(config: Config): Promise<number> {
	const { stdin, stdout } = process;
	const monitor = startMonitor({ config });
	const [{ chooseGlyphs }, { createController }, { renderApp }, { themeFor }] = await Promise.all([
		import('../ui/probe-width.ts'),
		import('../ui/controller.ts'),
		import('../ui/app.tsx'),
		import('../ui/theme.ts'),
	]);
	const glyphs = await chooseGlyphs(config.symbols, process.env, stdin, stdout);
	let exitCode = 0;
	let instance: ReturnType<typeof renderApp> | undefined;
	const quit = (code: number) => {
		exitCode = code;
		instance?.unmount();
	};
	const controller = createController({
		monitor,
		glyphs,
		theme: themeFor(process.env),
		host: config.dockerHost.kind === 'unix' ? hostname() : new URL(config.dockerHost.address).hostname,
		columns: stdout.columns,
		rows: stdout.rows,
		onQuit: () => quit(0),
	});
	// 128 + the signal's number, as shells have it.
	process.once('SIGTERM', () => quit(143));
	process.once('SIGHUP', () => quit(129));
	process.once('SIGINT', () => quit(130));
	instance = renderApp(controller);
	try {
		await instance.waitUntilExit();
	} finally {
		controller.close();
		await monitor.stop();
	}
	return exitCode;
}
