import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { commands } from '../../source/commands/table.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { MLOPS_CONTAINERS } from '../../source/demo/world/containers/mlops-containers.ts';
import { fixables, planOfFix } from '../../source/operations/fixes/fix.ts';
import { isRefusal, type Plan } from '../../source/operations/plan/plan.ts';
import { servicesInOrder } from '../../source/selectors/containers/service-groups.ts';
import { commandOfFix } from '../../source/selectors/printed-commands/fix-command.ts';
import type { ViewState } from '../../source/ui/conversation.ts';
import { initialLogs } from '../../source/ui/panes/logs/logs-state.ts';
import { initialView } from '../../source/ui/view-state.ts';
import { addressesOf, patientClock, runLaketop } from '../commands/harness.ts';
import { demoConfig } from '../demo-config.ts';
import { english } from '../english.ts';
import { oneOffs, replicas, secondProject } from '../given/neighbours.ts';
import { allActions, contextOf, plansOf } from '../given/plans-of-keys.ts';
import { soon } from '../patience.ts';

/**
 * Beside the stack is a project with the same services, one service more, and one-offs of the stack whose names come
 * first. Nothing touches them unless they are named.
 */

type World = { readonly demo: DemoStack; readonly monitor: Monitor; readonly close: () => Promise<void> };

async function openWorld(): Promise<World> {
	const demo = await startDemo({ autonomous: false, containers: [...secondProject, ...oneOffs, ...replicas] });
	// Neither of two such projects is chosen automatically.
	const config = { ...demoConfig(demo), discovery: { project: 'mlops' } };
	const monitor = startMonitor({ config, compose: demo.compose });
	await vi.waitFor(() => {
		const { feeds, containers, dagRuns, checkedAt } = monitor.store.current();
		expect([feeds.containers.status, feeds.dags.status, feeds.pipeline.status]).toEqual(['live', 'live', 'live']);
		expect(Object.values(containers).every(({ detail }) => detail !== null)).toBe(true);
		expect(Object.values(dagRuns).flat().length).toBeGreaterThan(0);
		expect(checkedAt.light).not.toBeNull();
	}, soon);
	const close = async () => {
		await monitor.stop();
		await demo.close();
	};
	return { demo, monitor, close };
}

/** A separate world, for a test that changes it. */
async function ownWorld(): Promise<World> {
	const world = await openWorld();
	onTestFinished(world.close);
	return world;
}

let demo: DemoStack;
let monitor: Monitor;
let close: World['close'];
beforeAll(async () => {
	({ demo, monitor, close } = await openWorld());
}, 40_000);
afterAll(() => close());

const laketop = (...argv: string[]) =>
	runLaketop([...addressesOf(demo), '--project', 'mlops', ...argv], { compose: demo.compose });
const neighbours = ({ monitor }: Pick<World, 'monitor'>) =>
	Object.values(monitor.store.current().containers).filter(
		({ container }) => container.project === 'shop' || container.isOneOff,
	);

/** Requests that change one of the neighbours, or run something in it, by their paths. */
function touched(world: Pick<World, 'demo' | 'monitor'> = { demo, monitor }): string[] {
	const keys = neighbours(world).flatMap(({ container: { id, name } }) => [
		`/containers/${id}/`,
		`/containers/${name}/`,
	]);
	return Object.keys(world.demo.scenario.requestCounts('docker')).filter(
		request => !request.startsWith('GET') && keys.some(key => request.includes(key)),
	);
}

const isNeighbour = (text: string) => /\bshop\b|\baaa-airflow/.test(text);
function expectOwn(plan: Pick<Plan, 'title' | 'command' | 'targets' | 'effects'>, what: string): void {
	const words = [english(plan.title), plan.command, ...plan.targets, ...english(plan.effects)];
	expect(words.filter(isNeighbour), what).toEqual([]);
}

const ownNames = [...MLOPS_CONTAINERS.map(({ service }) => service), 'api', 'api-2', 'mlops-api-1'];
const foreignNames = ['airflow-triggerer', 'shop-airflow-worker-1', 'shop-airflow-triggerer-1'];

describe('commands', () => {
	// In another order, an earlier test may have just stopped and started Airflow.
	beforeEach(async () => {
		await vi.waitFor(async () => expect((await fetch(`${demo.airflowUrl}/health`)).status).toBe(200), soon);
	});

	test('of several stacks one has to be named before anything is changed', async () => {
		const unnamed = (...argv: string[]) => runLaketop([...addressesOf(demo), ...argv], { compose: demo.compose });
		const refused = await unnamed('restart', 'mlflow', '--yes');
		expect(refused).toMatchObject({ exitCode: 4, stdout: '' });
		expect(refused.stderr).toMatch(
			/Several projects run Airflow or MLflow: (mlops, shop|shop, mlops)\. Pass --project /,
		);
		expect(touched()).toEqual([]);
		expect((await unnamed('restart', 'mlflow', '--dry-run')).exitCode).toBe(0);
	});

	const onServices = ['restart', 'stop', 'start', 'kill'];
	test.each(onServices)(
		'%s with names of the stack',
		async command => {
			for (const name of ownNames) {
				const { exitCode, stdout, stderr } = await laketop(command, name, '--yes', '--json');
				expect([name, exitCode, stderr.includes('no service')], stderr).toEqual([name, 0, false]);
				const { targets, title, equivalent, effects, project } = JSON.parse(stdout);
				expectOwn({ title, command: equivalent, targets, effects }, `${command} ${name}`);
				expect(project).toBe('mlops');
				// What one name stopped may be what the next one means.
				if (command !== 'start') await laketop('start', name, '--yes');
			}
			expect(touched()).toEqual([]);
		},
		60_000,
	);

	test.each([...onServices, 'exec', 'inspect', 'top', 'logs', 'services'])(
		'%s with names of the other project',
		async command => {
			const yes = onServices.includes(command) ? ['--yes'] : [];
			for (const name of foreignNames) {
				const { exitCode, stderr } = await laketop(command, ...yes, name);
				expect([name, exitCode]).toEqual([name, 2]);
				expect(stderr).toContain(`${name} is not in project mlops, but in shop`);
				expect(stderr).toContain(`shop/${name}`);
				expect(stderr).toContain('--project shop');
			}
			expect(touched()).toEqual([]);
		},
		60_000,
	);

	/** Changing commands that name no container, in their usual form. */
	const others: Readonly<Record<string, readonly string[]>> = {
		trigger: [],
		pause: ['ml_pipeline_end_to_end'],
		unpause: ['ml_pipeline_end_to_end'],
		clear: ['--run', 'newest', '--all'],
		mark: ['--run', 'newest', '--state', 'failed'],
		'stop-run': ['--run', 'newest'],
		note: ['--run', 'newest', '--text', 'x'],
		reparse: [],
		up: ['airflow-worker', 'api'],
		down: [],
		init: [],
		fix: [],
	};

	test('every changing command is tried here', () => {
		// They need Airflow 3 or MLflow, and name no container.
		const onServers = ['backfill', 'answer', 'materialize', 'edit-model'];
		const changing = commands.filter(({ changes }) => changes).map(({ name }) => name);
		expect([...Object.keys(others), ...onServices, ...onServers].toSorted()).toEqual(changing.toSorted());
	});

	test.each(Object.entries(others))(
		'%s',
		async (command, words) => {
			const { stdout, stderr } = await laketop(command, ...words, '--dry-run', '--json');
			if (stdout === '') return expect(isNeighbour(stderr), stderr).toBe(false);
			const { targets, title, equivalent, effects } = JSON.parse(stdout);
			if (title === undefined) return;
			// `down` says which one-offs stay.
			const others = effects.filter((text: string) => command !== 'down' || !/^Keeps 3 one-off containers/.test(text));
			expectOwn({ title, command: equivalent, targets, effects: others }, command);
		},
		60_000,
	);

	test('reparse, for real', async () => {
		const { exitCode, stdout } = await laketop('reparse', '--yes', '--json');
		expect([exitCode, JSON.parse(stdout).targets[0]]).toEqual([0, 'container airflow-scheduler']);
		expect(touched()).toEqual([]);
	}, 60_000);

	test('completion offers nothing of the other project', async () => {
		const complete = async (...words: string[]) =>
			(
				await runLaketop(
					[
						'__complete',
						'service',
						...words,
						'--project=mlops',
						...addressesOf(demo).flatMap((word, index, all) => (index % 2 === 0 ? [`${word}=${all[index + 1]}`] : [])),
					],
					{ clock: patientClock },
				)
			).stdout
				.trim()
				.split('\n');
		for (const command of [...onServices, 'logs']) {
			const offered = await complete(command);
			expect(offered).toEqual(expect.arrayContaining(['airflow-worker', 'api', 'api-1', 'api-2']));
			expect(offered.filter(name => /shop|triggerer/.test(name))).toEqual([]);
			expect(offered.indexOf('airflow-worker')).toBeGreaterThan(-1);
		}
	}, 60_000);
});

/** Views with each row selected, and each place. */
function views(name: string): Partial<ViewState>[] {
	return [
		{ focus: 'services', selectedService: name },
		{ focus: 'logs', selectedService: name, logs: { ...initialLogs, selection: { kind: 'container', name } } },
		{ focus: 'pipeline', selectedService: name },
		{ focus: 'mlflow', selectedService: name },
		{ focus: 'findings', selectedService: name },
	];
}

describe('keys', () => {
	const rows = () => servicesInOrder(monitor.store.current(), 'mlops').map(({ container }) => container);

	test('with any row of the stack selected, no plan touches a neighbour', async () => {
		let plans = 0;
		const own = rows().filter(({ project, isOneOff }) => project === 'mlops' && !isOneOff);
		expect(own.length).toBe(8);
		for (const { name } of own) {
			for (const view of views(name)) {
				for (const action of allActions.filter(({ kind }) => kind === 'change')) {
					if (action.places && !action.places.some(place => place === view.focus)) continue;
					for (const { plan, way } of await plansOf(monitor, action, view)) {
						plans++;
						const effects = plan.effects.filter(ask => !/^Keeps 3 one-off containers/.test(english(ask)));
						expectOwn({ ...plan, effects }, `${name}: ${way.join(' > ')}`);
					}
				}
			}
		}
		expect(plans).toBeGreaterThan(200);
	}, 120_000);

	test('with a row of the other project selected, question, title and record name the project', async () => {
		const foreign = rows().filter(({ project }) => project === 'shop');
		expect(foreign.length).toBe(7);
		for (const { name } of foreign) {
			for (const action of allActions.filter(({ id }) => ['restart', 'stop', 'kill', 'pause-service'].includes(id))) {
				const plans = await plansOf(monitor, action, { focus: 'services', selectedService: name });
				expect(plans).toHaveLength(1);
				for (const { plan } of plans) {
					expect(english(plan.title)).toMatch(/ shop\//);
					expect(plan.effects.map(effect => english(effect)).join(' ')).toMatch(/of project shop/);
					expect(plan.targets).toEqual([`container shop/${name}`]);
					expect(plan.project).toBe('shop');
				}
			}
		}
	});

	test('the palette names the project of what it would change, and no two of its rows read the same', async () => {
		const action = allActions.find(({ id }) => id === 'palette');
		if (!action) throw new Error('no palette');
		const plans = await plansOf(monitor, action, { focus: 'services', selectedService: 'mlflow' });
		expect(plans.length).toBeGreaterThan(50);
		const rows = choicesOf('palette').map(row => row.join('  '));
		expect(rows.filter(isNeighbour).length).toBeGreaterThan(5);
		expect(rows).toEqual([...new Set(rows)]);
		for (const { plan, way } of plans) {
			if (plan.actionId.startsWith('down')) continue;
			const isNamed = way.some(isNeighbour);
			if (!isNamed) expectOwn(plan, way.join(' > '));
		}
	}, 60_000);
});

/** The rows of the choice that an action opens, as on the screen. */
function choicesOf(actionId: string): [label: string, hint: string][] {
	const action = allActions.find(({ id }) => id === actionId);
	if (!action || action.kind === 'view') throw new Error(`no action ${actionId}`);
	const view = { ...initialView(monitor.config.dag), focus: 'services' as const, selectedService: 'mlflow' };
	const effect = action.begin(contextOf(monitor, view));
	if (effect.kind !== 'choose') throw new Error(`${actionId} opens no choice`);
	return effect.question.choices.map(({ label, hint }) => [label, hint]);
}

test('the palette has a row for each container and for a service of several, and no two rows read the same', () => {
	const rows = choicesOf('palette').flatMap(([label, hint]) =>
		/^(service|one-off container), /.test(hint) ? [label] : [],
	);
	expect(rows).toHaveLength(Object.keys(monitor.store.current().containers).length + 1);
	expect(rows).toEqual([...new Set(rows)]);
	expect(rows).toEqual(
		expect.arrayContaining(['airflow-worker', 'shop/airflow-worker', 'aaa-airflow-worker-run', 'api', 'api-2']),
	);
});

describe('fixes', () => {
	test('act only on the stack for every problem of it, and neighbours cause no findings', async () => {
		const { demo, monitor } = await ownWorld();
		for (const { name } of secondProject) demo.scenario.stopContainer(name);
		demo.scenario.stopContainer('aaa-airflow-scheduler-run');
		const broken: [string, (name: string) => void][] = [
			['airflow-worker', name => demo.scenario.stopContainer(name)],
			['mlflow', name => demo.scenario.pauseContainer(name)],
			['airflow-redis', name => demo.scenario.setHealth(name, 'unhealthy', 'x')],
			['airflow-scheduler', name => demo.scenario.disconnectContainer(name)],
			['mlops-api-2', name => demo.scenario.stopContainer(name)],
		];
		for (const [name, breaks] of broken) breaks(name);
		const wanted = ['airflow-worker', 'mlflow', 'api'];
		await vi.waitFor(
			() =>
				expect(monitor.store.current().findings.map(({ subject }) => subject)).toEqual(expect.arrayContaining(wanted)),
			soon,
		);
		const state = monitor.store.current();
		expect(state.findings.filter(({ subject }) => isNeighbour(subject))).toEqual([]);
		let plans = 0;
		for (const finding of state.findings) {
			for (const { action } of finding.fixes) {
				expect(isNeighbour(commandOfFix(action, { state }) ?? ''), finding.id).toBe(false);
			}
			for (const { action } of fixables(finding)) {
				const plan = await planOfFix(action, {
					clients: monitor.clients,
					facts: { state, now: monitor.clock.now() },
					signal: new AbortController().signal,
					project: 'mlops',
					airflowLogin: { username: 'admin', password: 'admin' },
				});
				if (isRefusal(plan)) continue;
				plans++;
				expectOwn(plan, finding.id);
			}
		}
		expect(plans).toBeGreaterThan(5);
	}, 60_000);
});

test('what is named is done: with its project, or with --project', async () => {
	const world = await ownWorld();
	const { demo } = world;
	const named = ['shop-airflow-worker-1', 'shop-airflow-triggerer-1'];
	for (const name of named) demo.scenario.stopContainer(name);
	const start = async (...argv: string[]) => {
		const argvs = [...addressesOf(demo), 'start', ...argv, '--yes', '--json'];
		return JSON.parse((await runLaketop(argvs, { compose: demo.compose })).stdout);
	};
	expect(await start('shop/airflow-worker', '--project', 'mlops')).toMatchObject({
		title: 'start shop/airflow-worker',
		project: 'shop',
		targets: ['container shop/shop-airflow-worker-1'],
		outcome: 'done',
	});
	expect(await start('airflow-triggerer', '--project', 'shop')).toMatchObject({
		title: 'start airflow-triggerer',
		project: 'shop',
		targets: ['container shop-airflow-triggerer-1'],
	});
	expect(touched(world)).toHaveLength(named.length);
}, 60_000);
