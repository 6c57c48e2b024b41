import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { columnsInMemory } from '../../source/clients/column-file.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import type { FeedName } from '../../source/model/source.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { plainTheme } from '../../source/presentation/theme.ts';
import { type Controller, createController } from '../../source/ui/controller/controller.ts';
import { demoConfig } from '../demo-config.ts';
import { type FaultyProxy, type Place, startProxy } from './proxy.ts';

export const serverNames = ['docker', 'airflow', 'mlflow', 'page'] as const;
export type ServerName = (typeof serverNames)[number];

/** The feeds in which a fault of each server shows. */
export const feedsOf: Readonly<Record<ServerName, readonly FeedName[]>> = {
	docker: ['containers'],
	airflow: ['pipeline', 'dags'],
	mlflow: ['experiment', 'models'],
	page: [],
};

const paneOf = { docker: 'services', airflow: 'pipeline', mlflow: 'mlflow', page: 'services', logs: 'logs' } as const;

/** Pauses of feeds and their backoff are shortened by this factor. */
const haste = 8;
/** Long time limits of requests are shortened by this factor. */
const impatience = 3;
const longLimitMs = 10_000;

/** Shortens the time limits of requests; returns a function that restores them. */
export function hurryLimits(): () => void {
	const usual = AbortSignal.timeout;
	AbortSignal.timeout = ms => usual.call(AbortSignal, ms >= longLimitMs ? Math.round(ms / impatience) : ms);
	return () => {
		AbortSignal.timeout = usual;
	};
}

const hastyClock: Clock = {
	now: systemClock.now,
	sleep: (ms, signal) => systemClock.sleep(ms >= 200 ? ms / haste : ms, signal),
};

/** The program, up to what it paints, on a demo whose servers it reaches through proxies. */
export type WatchedStack = {
	readonly demo: DemoStack;
	readonly monitor: Monitor;
	readonly controller: Controller;
	readonly proxies: Readonly<Record<ServerName, FaultyProxy>>;
	/** The text of the pane that shows a server, or of the logs: one line, without the frame. */
	pane(server: ServerName | 'logs'): string;
	close(): Promise<void>;
};

/** A demo whose servers are reached through proxies. */
export async function startProxiedDemo() {
	const demo = await startDemo({ autonomous: false });
	const folder = mkdtempSync(join(tmpdir(), 'laketop-faults-'));
	const portOf = (url: string): Place => ({ port: Number(new URL(url).port), host: '127.0.0.1' });
	const socket = join(folder, 'docker.sock');
	const proxies = {
		docker: await startProxy({ path: demo.dockerHost.slice('unix://'.length) }, socket),
		airflow: await startProxy(portOf(demo.airflowUrl)),
		mlflow: await startProxy(portOf(demo.mlflowUrl)),
		page: await startProxy(portOf(demo.pageUrls.grafana)),
	};
	const urlOf = ({ place }: FaultyProxy) => `http://127.0.0.1:${'port' in place ? place.port : 0}`;
	return {
		demo,
		proxies,
		dockerHost: `unix://${socket}`,
		airflowUrl: urlOf(proxies.airflow),
		mlflowUrl: urlOf(proxies.mlflow),
		pageUrl: `${urlOf(proxies.page)}/api/health`,
		async close() {
			await Promise.all(Object.values(proxies).map(proxy => proxy.close()));
			await demo.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

export async function watchStack(): Promise<WatchedStack> {
	const { demo, proxies, close, ...addresses } = await startProxiedDemo();
	const config = {
		...demoConfig(demo),
		dockerHost: { kind: 'unix' as const, address: addresses.dockerHost, origin: 'test', tlsDirectory: null },
		discovery: {
			airflowUrl: addresses.airflowUrl,
			mlflowUrl: addresses.mlflowUrl,
			pages: [{ name: 'Chaos', url: addresses.pageUrl }],
		},
	};
	const monitor = startMonitor({ config, clock: hastyClock, compose: demo.compose });
	const controller = createController({
		monitor,
		glyphs: glyphSets.unicode,
		theme: plainTheme,
		host: 'test',
		columns: 240,
		rows: 70,
		audit: () => null,
		auditFile: '/nonexistent/audit.jsonl',
		columnStore: columnsInMemory(),
		environment: {},
		terminal: {
			copy: text => ({ text, isWhole: true }),
			open: async () => null,
			shell: async () => null,
			page: async () => null,
			suspend: () => undefined,
			repaint: () => undefined,
			drawn: async () => undefined,
			images: async () => ({ shows: 'none', cell: { width: 10, height: 20 } }),
		},
		onQuit: () => undefined,
		onProfile: () => undefined,
	});
	return {
		demo,
		monitor,
		controller,
		proxies,
		pane(server) {
			controller.drawNow();
			const text = controller.screen.getState().panes[paneOf[server]]?.text ?? '';
			return stripVTControlCharacters(text).replaceAll(/[│┃|]/g, ' ').replaceAll(/\s+/g, ' ');
		},
		async close() {
			controller.close();
			await monitor.stop();
			await close();
		},
	};
}
