import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMonitor } from '../../source/app/monitor.ts';
import type { ComposeClient } from '../../source/clients/compose.ts';
import { loadConfig } from '../../source/config/load.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { isRefusal } from '../../source/operations/plan/plan.ts';
import { planCompose } from '../../source/operations/stack/compose.ts';
import { foreignChange } from '../../source/selectors/servers/stack.ts';
import { english } from '../english.ts';
import { soon } from '../patience.ts';
import { runLaketop } from './harness.ts';

/** A folder whose own stack, lab, is down, on an engine where another project has Airflow. */
let demo: DemoStack;
let folder = '';
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
	folder = mkdtempSync(join(tmpdir(), 'laketop-folder-'));
	writeFileSync(join(folder, 'compose.yaml'), 'name: lab\n');
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await demo.close();
});

const limit = { timeout: 60_000 };
const laketop = (...words: string[]) =>
	runLaketop(['--docker-host', demo.dockerHost, ...words], { workingDirectory: folder });

test.each([
	['trigger', '--yes'],
	['trigger', '--dry-run'],
	['pause', 'ml_pipeline_end_to_end', '--yes'],
	['clear', '--run', 'newest', '--yes'],
	['restart', 'airflow-worker', '--yes'],
	['stop', 'mlflow', '--yes'],
	['kill', 'nosuch', '--yes'],
	['reparse', '--yes'],
	['exec', 'mlflow', 'true'],
])("%s is refused: the folder's own project is another one", limit, async (...words) => {
	const changes = () =>
		Object.entries(demo.scenario.requestCounts('airflow')).filter(([key]) => /^(POST|PATCH) \/api/.test(key));
	const before = changes();
	const { exitCode, stderr, stdout } = await laketop(...words);
	expect([exitCode, stdout]).toEqual([4, '']);
	expect(stderr).toBe(
		"laketop: Not changed: mlops is another folder's project; this folder's project lab has no containers. Start the stack of this folder with laketop up, or pass --project mlops to change mlops.\n",
	);
	expect(changes()).toEqual(before);
});

test('a project that is named, also before a service, is meant', limit, async () => {
	expect((await laketop('restart', 'mlflow', '--dry-run', '--project', 'mlops')).exitCode).toBe(0);
	expect((await laketop('restart', 'mlops/mlflow', '--dry-run')).exitCode).toBe(0);
	expect((await laketop('trigger', '--dry-run', '--airflow-url', demo.airflowUrl)).exitCode).toBe(0);
});

test('reads show the other project, and say so', limit, async () => {
	for (const command of ['status', 'services']) {
		const { stderr, stdout } = await laketop(command);
		expect(stderr).toContain("mlops is another folder's project; this folder's project lab has no containers");
		expect(stdout).toContain('airflow-worker');
	}
	for (const command of ['status', 'services', 'doctor', 'df']) {
		const read = async (...words: string[]): Promise<unknown> => JSON.parse((await laketop(...words, '--json')).stdout);
		expect(await read(command)).toMatchObject({ project: 'mlops', folder_project: 'lab' });
		expect(await read(command, '--project', 'mlops')).toMatchObject({ project: 'mlops', folder_project: null });
	}
	expect((await laketop('config')).stdout).toContain("another folder's project (this folder's is lab)");
});

test('up brings up the project of the folder', limit, async () => {
	const { config } = await loadConfig({ dockerHost: demo.dockerHost }, {}, folder);
	const monitor = startMonitor({ config, watch: ['containers'] });
	try {
		await vi.waitFor(() => expect(monitor.store.current().stack?.project).toBe('mlops'), soon);
		const state = monitor.store.current();
		expect(monitor.clients.compose.project()).toMatchObject({ name: 'lab', files: [join(folder, 'compose.yaml')] });
		// Docker Compose itself need not be here.
		const { clients } = monitor;
		const compose: ComposeClient = {
			available: async () => '2.29.0',
			project: () => clients.compose.project(),
			missingFiles: () => clients.compose.missingFiles(),
			command: words => clients.compose.command(words),
			run: async (_words, onLine) => {
				onLine('web');
				return 0;
			},
			services: async () => [],
		};
		const request = { verb: 'up', services: [] } as const;
		const plan = await planCompose({ ...clients, compose }, { state, now: 0 }, request, new AbortController().signal);
		if (isRefusal(plan)) throw new Error(english(plan.refused));
		const program = `docker -H ${demo.dockerHost} compose`;
		expect(plan.command).toBe(`${program} -f ${join(folder, 'compose.yaml')} -p lab up -d`);
		expect(plan.project).toBe('lab');
		expect(foreignChange(state, plan.project)).toBeNull();
		expect(foreignChange(state, undefined)).not.toBeNull();
	} finally {
		await monitor.stop();
	}
});

test.each([['restart'], ['stop'], ['down']])(
	'%s of the whole stack means the own one, which is down',
	limit,
	async verb => {
		const project = {
			name: 'lab',
			files: [join(folder, 'compose.yaml')],
			directory: folder,
			origin: 'default' as const,
		};
		const compose: ComposeClient = {
			available: async () => '2.29.0',
			project: () => project,
			missingFiles: () => [],
			command: words => words.join(' '),
			run: async (_words, onLine) => {
				onLine('web');
				return 0;
			},
			services: async () => [],
		};
		const words = ['--docker-host', demo.dockerHost, verb, '--yes'];
		const { exitCode, stderr } = await runLaketop(words, { workingDirectory: folder, compose });
		expect(exitCode).toBe(4);
		expect(stderr).toContain("mlops is another folder's project; this folder's project lab has no containers");
		expect(stderr).toContain('--project mlops');
	},
);
