import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { type DemoOptions, type DemoStack, startDemo } from '../../source/demo/index.ts';
import { DAGS } from '../../source/demo/world/airflow/dag-catalogue.ts';
import { defaultDagOf } from '../../source/feeds/airflow/default-dag.ts';
import { addressesOf, patientClock, runLaketop } from '../commands/harness.ts';
import { demoConfig } from '../demo-config.ts';
import { soon } from '../patience.ts';
import { controllerOnDemo } from '../ui/on-demo.ts';

/** What is shown where nobody named a DAG and the stack does not have the guide's. */

const usual = 'ml_pipeline_end_to_end';
const all = DAGS.map(({ dagId }) => dagId);

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing.toReversed()) await close();
	closing = [];
});

async function demoOf(options: DemoOptions): Promise<DemoStack> {
	const demo = await startDemo({ autonomous: false, ...options });
	closing.push(() => demo.close());
	return demo;
}

async function watched(options: DemoOptions, isLeft = true): Promise<Monitor> {
	const demo = await demoOf(options);
	const monitor = startMonitor({ config: { ...demoConfig(demo), leftToStack: isLeft ? ['dag'] : [] } });
	closing.push(() => monitor.stop());
	await vi.waitFor(() => {
		const { feeds, diagnosedAt } = monitor.store.current();
		expect(feeds.dags.status).toBe('live');
		// A request that took too long on a busy machine is sent again; a DAG that is missing fails for good.
		if (isLeft) expect(feeds.pipeline.status).toBe('live');
		else expect(feeds.pipeline.status).not.toBe('waiting');
		expect(diagnosedAt).not.toBeNull();
	}, soon);
	return monitor;
}

const missing = ({ store }: Monitor) => store.current().findings.filter(({ id }) => id.startsWith('dag missing'));

describe.each(['2', '3'] as const)('Airflow %s', airflow => {
	test('without the usual DAG, it is the one with the newest run, and nothing is a finding', async () => {
		const monitor = await watched({ airflow, withoutDags: [usual] });
		await vi.waitFor(() => {
			const { dagId } = monitor.interest.getState();
			expect(all).toContain(dagId);
			const { dagRuns, feeds, defaultDag } = monitor.store.current();
			expect(defaultDag).toBe(dagId);
			expect(dagRuns[dagId]?.length).toBeGreaterThan(0);
			expect(feeds.pipeline.status).toBe('live');
		}, soon);
		expect(missing(monitor)).toEqual([]);
	});

	test('that is configured and missing, it is a finding', async () => {
		const monitor = await watched({ airflow, withoutDags: [usual] }, false);
		await vi.waitFor(() => expect(missing(monitor)).toHaveLength(1), soon);
		expect(monitor.interest.getState().dagId).toBe(usual);
	});

	test('with the usual DAG it is that one', async () => {
		const monitor = await watched({ airflow });
		expect(monitor.interest.getState().dagId).toBe(usual);
		expect(monitor.store.current().defaultDag).toBeNull();
		expect(monitor.store.current().dagRuns[usual]?.length).toBeGreaterThan(0);
	});

	test('without any DAG there is none, and that is no failure', async () => {
		const monitor = await watched({ airflow, withoutDags: all });
		const { feeds, dags, dagRuns } = monitor.store.current();
		expect([feeds.pipeline.status, dags, dagRuns[usual]]).toEqual(['live', [], []]);
		expect(missing(monitor)).toEqual([]);
	});
});

test('the screen follows', async () => {
	const demo = await demoOf({ withoutDags: [usual] });
	const { controls, close } = await controllerOnDemo({ demo, config: { leftToStack: ['dag'] } });
	closing.push(close);
	await vi.waitFor(() => expect(controls.view().dagId).not.toBe(usual), soon);
	expect(all).toContain(controls.view().dagId);
}, 60_000);

test('one that somebody chose meanwhile stays', async () => {
	const demo = await demoOf({ withoutDags: [usual] });
	const monitor = startMonitor({ config: { ...demoConfig(demo), leftToStack: ['dag'] } });
	closing.push(() => monitor.stop());
	monitor.interest.setState({ dagId: 'data_quality_daily' });
	monitor.observe({ type: 'default dag found', dagId: 'another' });
	expect(monitor.interest.getState().dagId).toBe('data_quality_daily');
});

describe('commands that read', () => {
	test.each([['tasks'], ['runs'], ['source'], ['status']])(
		'%s',
		async command => {
			const demo = await demoOf({ withoutDags: [usual] });
			const laketop = (...argv: string[]) =>
				runLaketop([...addressesOf(demo), ...argv, '--json'], { clock: patientClock, compose: demo.compose });
			const { exitCode, stdout, stderr } = await laketop(command);
			expect(exitCode, stderr).toBe(0);
			const { dag_id, pipeline } = JSON.parse(stdout);
			expect(all.filter(id => id !== usual)).toContain(dag_id ?? pipeline.dag_id);
			if (command === 'status') return expect(pipeline.run).not.toBeNull();
			// A name that is given is meant, also the default one.
			expect(await laketop(command, usual)).toMatchObject({ exitCode: 2 });
		},
		60_000,
	);

	const change = async (withoutDags: readonly string[], ...argv: string[]) => {
		const demo = await demoOf({ withoutDags });
		const ran = await runLaketop([...addressesOf(demo), ...argv], { clock: patientClock, compose: demo.compose });
		return { ...ran, requests: demo.scenario.requestCounts('airflow') };
	};
	const changes = [
		'trigger --yes',
		'clear --run newest --all --yes',
		'mark --run newest --state failed --yes',
		'stop-run --run newest --yes',
		'note --run newest --text x --yes',
		'reparse --yes',
		'try',
	];

	test.each(changes)(
		'%s needs a name where Airflow has several DAGs',
		async words => {
			const { exitCode, stdout, stderr, requests } = await change([usual], ...words.split(' '));
			expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
			expect(stderr).toMatch(/no DAG is named, and Airflow has several: .*data_quality_daily/);
			expect(stderr).not.toContain(usual);
			expect(
				Object.keys(requests).filter(request => !/^(GET|POST \S*(\/list|login\/?|auth\/token))/.test(request)),
			).toEqual([]);
		},
		60_000,
	);

	test.each(changes)(
		'%s takes the only DAG',
		async words => {
			const only = 'data_quality_daily';
			const others = all.filter(id => id !== only);
			const { exitCode, stdout, stderr } = await change(
				others,
				...words.split(' '),
				...(words === 'try' ? [] : ['--dry-run']),
			);
			expect(stderr).not.toMatch(new RegExp(`no DAG|${usual}`));
			// A run that has ended cannot be stopped; its file is tried, not its DAG.
			if (words.startsWith('stop-run')) return expect(stderr).toMatch(/already finished|is failed/);
			expect(exitCode, stderr).toBe(0);
			expect(stdout + stderr).toContain(words === 'try' ? 'data_quality' : only);
		},
		60_000,
	);
});

test('without runs it is the first that is not paused', async () => {
	const dag = (dagId: string, isPaused: boolean) => ({ dagId, isPaused, isActive: true });
	const airflow = {
		dag: async () => dag('x', false),
		dags: async () => [dag('a', true), dag('b', false), { ...dag('0', false), isActive: false }],
		newestRuns: async () => [],
	};
	const gone = { ...airflow, dag: async () => ({ ...dag('usual', false), isActive: false }) };
	const { signal } = new AbortController();
	expect(await defaultDagOf(gone as never, 'usual', signal)).toBe('b');
	expect(await defaultDagOf(airflow as never, 'x', signal)).toBe('x');
});
