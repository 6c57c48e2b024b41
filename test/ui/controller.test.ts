import { afterEach, expect, test, vi } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { type Monitor, startMonitor } from '../../source/monitor.ts';
import { type Controller, createController } from '../../source/ui/controller.ts';
import { glyphSets } from '../../source/ui/glyphs.ts';
import { plainTheme } from '../../source/ui/theme.ts';
import { demoConfig } from '../demo-config.ts';

let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
let controller: Controller | undefined;
afterEach(async () => {
	controller?.close();
	await monitor?.stop();
	await demo?.close();
});

test('what came just before the first drawing is in it', async () => {
	demo = await startDemo({ autonomous: false });
	const started = startMonitor({ config: demoConfig(demo) });
	monitor = started;
	const created = createController({
		monitor: started,
		glyphs: glyphSets.unicode,
		theme: plainTheme,
		host: 'test',
		columns: 120,
		rows: 40,
		audit: () => null,
		auditFile: null,
		environment: {},
		terminal: {
			copy: () => undefined,
			open: async () => null,
			shell: async () => null,
			page: async () => null,
			suspend: () => undefined,
		},
		onQuit: () => undefined,
		onProfile: () => undefined,
	});
	controller = created;
	const services = () => created.screen.getState().panes.services?.text ?? '';
	const seen: string[] = [];
	started.store.onChange(state => {
		if (seen.length > 0 || state.feeds.containers.status !== 'live') return;
		seen.push(services());
		created.drawNow();
		seen.push(services());
	});
	await vi.waitFor(() => expect(seen).toHaveLength(2), { timeout: 8000, interval: 20 });
	expect(seen[0]).not.toContain('airflow-redis');
	expect(seen[1]).toContain('airflow-redis');
});
