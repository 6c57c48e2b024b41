/** The whole program on a demo: the configuration of `laketop demo`, the monitor, the controller, and Ink's drawing. */
import { render } from 'ink-testing-library';
import { expect, vi } from 'vitest';
import type { MonitorOptions } from '../../source/app/monitor.ts';
import { Given } from '../../source/command-line/arguments/given.ts';
import { configOf } from '../../source/command-line/configure/config-of.ts';
import { configOn } from '../../source/command-line/configure/demo-stack.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoOptions, startDemo } from '../../source/demo/index.ts';
import type { StackState } from '../../source/model/state.ts';
import type { Clock } from '../../source/model/time/clock.ts';
import { verdictOf } from '../../source/selectors/findings/verdict.ts';
import { App } from '../../source/ui/app.tsx';
import { TerminalAnswers } from '../../source/ui/terminal-answers.ts';
import { soon } from '../patience.ts';
import { controllerOnDemo } from './on-demo.ts';

export type ScreenOnStack = Awaited<ReturnType<typeof screenOnStack>>;

/** @param clock of the demo and of the monitor; the system's where left out */
export async function screenOnStack(demoOptions: DemoOptions, { language = 'en', clock, watch }: Options = {}) {
	const demo = await startDemo({ autonomous: false, ...demoOptions, ...(clock && { now: clock.now }) });
	const given = new Given({ demo: true, lang: language }, []);
	const { config } = await configOf(given, { XDG_CONFIG_HOME: '/nonexistent', HOME: '/nonexistent' }, '/');
	const here = await controllerOnDemo({ demo, clock, watch, config: { ...configOn(demo, config), language } });
	// The terminal of ink-testing-library has no rows; Ink would start `tput` for them, five times a picture.
	Object.assign(process.env, { COLUMNS: '120', LINES: '40' });
	const app = render(<App controller={here.controls} onSuspender={() => undefined} answers={new TerminalAnswers()} />);
	return {
		...here,
		state: (): StackState => here.monitor.store.current(),
		/** Resolves when every pane has its facts, and the checks that a screen makes by itself are made. */
		async untilAllIsThere() {
			const { store, clock: time } = here.monitor;
			await vi.waitFor(() => expect(hasFacts(store.current())).toBe(true), soon);
			await here.monitor.dueChecks();
			await vi.waitFor(() => expect(verdictOf(store.current(), time.now()).notChecked).toEqual([]), soon);
			await vi.waitFor(() => expect(this.frame()).toMatch(/✔ (no findings|문제 없음)/), soon);
		},
		/** Rows of the newest frame that Ink wrote, without styles. */
		frame(): string {
			here.controls.drawNow();
			// Other writes are the terminal's focus reporting.
			const frame = app.frames.findLast(text => text.includes('\n')) ?? '';
			const plain = frame.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '').split('\n');
			return `${plain.map(row => row.trimEnd()).join('\n')}\n`;
		},
		type: (text: string) => app.stdin.write(text),
		async close() {
			app.unmount();
			delete process.env.COLUMNS;
			delete process.env.LINES;
			await here.close();
			await demo.close();
		},
	};
}

type Options = {
	readonly language?: Config['language'];
	readonly clock?: Clock;
	/** Everything where left out. */
	readonly watch?: MonitorOptions['watch'];
};

/** Whether every pane has its facts. */
function hasFacts(state: StackState): boolean {
	const { dags, taskInstances, containers, endpoints, stack, sources } = state;
	const hasMlflow = stack !== null && stack.servers.mlflow.url !== null;
	const isMlflow3 = sources.mlflow?.version?.startsWith('3') ?? false;
	return (
		Boolean(dags?.length) &&
		Object.keys(taskInstances).length > 0 &&
		Object.values(containers).every(({ detail }) => detail) &&
		(!state.hasEngine || Object.keys(containers).length > 0) &&
		(!hasMlflow || (Boolean(state.mlflowRuns?.length) && Boolean(state.modelVersions?.length))) &&
		(!isMlflow3 || (state.traces !== null && state.prompts !== null)) &&
		state.airflowHealth !== null &&
		endpoints.length > 0 &&
		endpoints.every(({ check }) => check?.ok)
	);
}
