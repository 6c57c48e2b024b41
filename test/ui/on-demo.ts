/** The screen's logic on a demo that does nothing by itself, and the requests that reached the demo's servers. */

import channel from 'node:diagnostics_channel';
import { expect, vi } from 'vitest';
import { type MonitorOptions, startMonitor } from '../../source/app/monitor.ts';
import { type ColumnStore, columnsInMemory } from '../../source/clients/column-file.ts';
import type { ComposeClient } from '../../source/clients/compose.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import type { Clock } from '../../source/model/time/clock.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { plainTheme } from '../../source/presentation/theme.ts';
import { copyOf } from '../../source/ui/clipboard.ts';
import { createController } from '../../source/ui/controller/controller.ts';
import type { TerminalTools } from '../../source/ui/controller/options.ts';
import { demoConfig } from '../demo-config.ts';
import { bePatient, soon } from '../patience.ts';

const servers = ['docker', 'airflow', 'mlflow'] as const;

/**
 * Requests that are not GET but change nothing: searches with a body, the login, and the commands of checks in a
 * container (`docker exec`). A clear's dry run is recognised by its body, see `clears`.
 */
const reading =
	/^(GET|HEAD) |^POST \S+\/clearTaskInstances$|^POST \S+\/backfills\/dry_run$|^POST \/(login|auth\/token)|^POST \/api\/.*\/(list|search|get-by-name|get-latest-versions|traces\/metrics)\/?$|^POST .*\/exec(\/|$)/;

/** Commands of Docker Compose that only read. */
const composeReads = new Set(['config', 'ps', 'ls', 'version', 'images']);

export type OnDemo = Awaited<ReturnType<typeof controllerOnDemo>>;

export async function controllerOnDemo(
	more: {
		readonly readOnly?: boolean;
		readonly terminal?: Partial<TerminalTools>;
		readonly demo?: DemoStack;
		/** Of the screen, and of a demo that is started here; the system's where left out. */
		readonly clock?: Clock;
		readonly environment?: Readonly<Record<string, string>>;
		/** Settings that differ from `demoConfig`. */
		readonly config?: Partial<Config>;
		readonly columnStore?: ColumnStore;
		/** What the monitor watches; everything where left out. */
		readonly watch?: MonitorOptions['watch'];
	} = {},
) {
	const demo = more.demo ?? (await startDemo({ autonomous: false, ...(more.clock && { now: more.clock.now }) }));
	const composed: string[] = [];
	const compose: ComposeClient = {
		...bound(demo.compose),
		run(words, ...others) {
			if (!words.some(word => composeReads.has(word))) composed.push(words.join(' '));
			return demo.compose.run(words, ...others);
		},
	};
	const isOver = bePatient();
	const monitor = startMonitor({
		config: { ...demoConfig(demo), readOnly: more.readOnly ?? false, ...more.config },
		compose,
		...(more.clock && { clock: more.clock }),
		...(more.watch && { watch: more.watch }),
	});
	const clears: string[] = [];
	const onRequest = (message: unknown) => {
		if (typeof message !== 'object' || message === null || !('request' in message)) return;
		const { request } = message;
		if (typeof request !== 'object' || request === null || !('path' in request) || !('body' in request)) return;
		const isClear = String(request.path).endsWith('/clearTaskInstances');
		if (isClear && !/"dry_run":\s*true/.test(String(request.body))) clears.push(`airflow: POST ${request.path}`);
	};
	channel.subscribe('undici:request:create', onRequest);
	const shells: string[] = [];
	const copied: string[] = [];
	let quits = 0;
	const controls = createController({
		monitor,
		glyphs: glyphSets.unicode,
		theme: plainTheme,
		host: 'test',
		columns: 120,
		rows: 40,
		audit: () => null,
		auditFile: '/nonexistent/audit.jsonl',
		columnStore: more.columnStore ?? columnsInMemory(),
		environment: more.environment ?? {},
		terminal: {
			copy: text => {
				copied.push(text);
				return copyOf(text);
			},
			open: async () => null,
			shell: async (_id, name) => {
				shells.push(name);
				return null;
			},
			page: async () => null,
			suspend: () => undefined,
			repaint: () => undefined,
			drawn: async () => undefined,
			images: async () => ({ shows: 'none', cell: { width: 10, height: 20 } }),
			...more.terminal,
		},
		onQuit: () => {
			quits++;
		},
		onProfile: () => undefined,
	});
	const text = () => {
		controls.drawNow();
		const { overlay, footer, panes, header, browse } = controls.screen.getState();
		return [header, ...Object.values(panes), browse, overlay, footer].map(part => part?.text ?? '').join('\n');
	};
	const sees = (words: RegExp | string) => vi.waitFor(() => expect(text()).toMatch(words), soon);
	return {
		demo,
		monitor,
		controls,
		shells,
		copied,
		quits: () => quits,
		text,
		sees,
		/** Requests to the servers that change anything, and calls of Compose. */
		changes: () => [
			...servers.flatMap(server =>
				Object.entries(demo.scenario.requestCounts(server))
					.filter(([request]) => !reading.test(request))
					.map(([request, count]) => `${server}: ${request} (${count})`),
			),
			...clears,
			...composed.map(words => `compose: ${words}`),
			...shells.map(name => `shell: ${name}`),
		],
		async close() {
			channel.unsubscribe('undici:request:create', onRequest);
			controls.close();
			await monitor.stop();
			isOver();
			if (!more.demo) await demo.close();
		},
	};
}

function bound(compose: ComposeClient): ComposeClient {
	return {
		available: () => compose.available(),
		project: () => compose.project(),
		missingFiles: () => compose.missingFiles(),
		command: words => compose.command(words),
		run: (...all) => compose.run(...all),
		services: signal => compose.services(signal),
	};
}
