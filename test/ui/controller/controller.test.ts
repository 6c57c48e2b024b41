import { afterEach, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../../source/app/monitor.ts';
import { columnsInMemory } from '../../../source/clients/column-file.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { plainTheme } from '../../../source/presentation/theme.ts';
import { type Controller, createController } from '../../../source/ui/controller/controller.ts';
import { quoted } from '../../../source/words/message.ts';
import { demoConfig } from '../../demo-config.ts';
import { soon } from '../../patience.ts';

let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
let controller: Controller | undefined;
afterEach(async () => {
	controller?.close();
	await monitor?.stop();
	await demo?.close();
});

/** The screen's logic on a monitor, and how often it tried to quit. */
function controllerOn(started: Monitor) {
	let quits = 0;
	const created = createController({
		monitor: started,
		glyphs: glyphSets.unicode,
		theme: plainTheme,
		host: 'test',
		columns: 120,
		rows: 40,
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
		onQuit: () => {
			quits++;
		},
		onProfile: () => undefined,
	});
	controller = created;
	return { controls: created, quits: () => quits };
}

async function opened() {
	demo = await startDemo({ autonomous: false });
	const started = startMonitor({ config: demoConfig(demo) });
	monitor = started;
	const { controls, quits } = controllerOn(started);
	const text = () => {
		controls.drawNow();
		const { overlay, footer, panes, header } = controls.screen.getState();
		return [header, ...Object.values(panes), overlay, footer].map(part => part?.text ?? '').join('\n');
	};
	const sees = (words: RegExp | string) => vi.waitFor(() => expect(text()).toMatch(words), soon);
	await sees(/airflow-redis/);
	return { on: demo, controls, started, sees, text, quits };
}

test('what came just before the first drawing is in it', async () => {
	demo = await startDemo({ autonomous: false });
	const started = startMonitor({ config: demoConfig(demo) });
	monitor = started;
	const { controls } = controllerOn(started);
	const services = () => controls.screen.getState().panes.services?.text ?? '';
	const seen: string[] = [];
	started.store.onChange(state => {
		if (seen.length > 0 || state.feeds.containers.status !== 'live') return;
		seen.push(services());
		controls.drawNow();
		seen.push(services());
	});
	await vi.waitFor(() => expect(seen).toHaveLength(2), soon);
	expect(seen[0]).not.toContain('airflow-redis');
	expect(seen[1]).toContain('airflow-redis');
});

test('what is changed while the screen stands still sets it going again', async () => {
	const { controls, sees } = await opened();
	controls.press('Z');
	await sees(/frozen/);
	controls.press('r');
	await sees(/Restart airflow-postgres\?[\s\S]*Yes, do it/);
	controls.press('y');
	await sees(/✔ Restart airflow-postgres: restarted/);
	expect(controls.view().frozen).toBe(false);
});

test('a user who quits while actions run is asked; Ctrl-C twice does not wait', async () => {
	const { controls, started, sees, text, quits } = await opened();
	started.observe({ type: 'action started', id: 'x', actionId: 'down', title: quoted('take the stack down') });
	controls.press('q');
	await sees(/take the stack down: still running/);
	expect(quits()).toBe(0);
	await sees(/Enter chooses/);
	controls.press('n');
	await vi.waitFor(() => expect(text()).not.toMatch(/still running/), soon);
	controls.press('ctrl-c');
	await sees(/still running[\s\S]*Enter chooses/);
	controls.press('w');
	await sees(/Quits when take the stack down has finished/);
	controls.press('x');
	await sees(/laketop stays open/);
	controls.press('q');
	await sees(/still running[\s\S]*Enter chooses/);
	controls.press('w');
	expect(quits()).toBe(0);
	started.observe({ type: 'action finished', id: 'x', outcome: 'done', message: quoted('done') });
	await vi.waitFor(() => expect(quits()).toBe(1), soon);
	started.observe({ type: 'action started', id: 'y', actionId: 'up', title: quoted('up') });
	controls.press('ctrl-c');
	expect(quits()).toBe(1);
	controls.press('ctrl-c');
	expect(quits()).toBe(2);
});
