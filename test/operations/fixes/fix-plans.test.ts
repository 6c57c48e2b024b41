import { afterEach, beforeEach, test } from 'vitest';
import type { FixAction } from '../../../source/model/finding.ts';
import { type ChangingAction, isChanging } from '../../../source/model/finding.ts';
import { planOfFix } from '../../../source/operations/fixes/fix.ts';
import { isRefusal } from '../../../source/operations/plan/plan.ts';
import { commandOfFix } from '../../../source/selectors/printed-commands/fix-command.ts';
import { expect } from '../../english.ts';
import { type Bench, dagId, losing, planOf, startBench } from '../../ui/actions/support.ts';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const planned = async (action: ChangingAction) =>
	planOfFix(action, {
		clients: bench.clients,
		facts: await bench.facts(),
		signal: new AbortController().signal,
		project: 'mlops',
		airflowLogin: { username: 'admin', password: 'admin' },
	});

test('a pool gets its slots', async () => {
	bench.demo.scenario.setPoolSlots(0);
	const plan = planOf(await planned({ kind: 'pool', pool: 'default_pool', slots: 128 }));
	expect(plan.command).toBe("docker exec airflow-scheduler airflow pools set default_pool 128 ''");
	expect(await bench.perform(plan)).toMatchObject({
		outcome: 'done',
		message: 'default_pool has 128 slots, 128 open',
	});
	expect(await bench.airflow.pools()).toMatchObject([{ name: 'default_pool', slots: 128 }]);
	const none = planOf(await planned({ kind: 'pool', pool: 'no_such', slots: 1 }));
	expect(await bench.perform(none)).toMatchObject({ outcome: 'failed', failure: 'nothing' });
});

test('a lost answer about a pool is looked up, and nothing is sent twice', async () => {
	const plan = planOf(await planned({ kind: 'pool', pool: 'default_pool', slots: 7 }));
	const airflow = losing(bench.airflow, 'setPoolSlots', { after: true });
	const outcome = await bench.perform(plan, { ...bench.clients, airflow });
	expect(outcome).toMatchObject({ outcome: 'done', message: 'default_pool has 7 slots; the response was lost' });
	expect(airflow.calls).toBe(1);
});

test('a container is attached to its network again', async () => {
	bench.demo.scenario.disconnectContainer('airflow-worker');
	const action = {
		kind: 'connect' as const,
		network: 'mlops_default',
		container: 'airflow-worker',
		alias: 'airflow-worker',
	};
	const plan = planOf(await planned(action));
	expect(plan.command).toBe('docker network connect --alias airflow-worker mlops_default airflow-worker');
	expect(await bench.perform(plan)).toMatchObject({ outcome: 'done' });
	const { container } = await bench.container('airflow-worker');
	expect((await bench.clients.docker.setup(container.id)).networks).toMatchObject([{ name: 'mlops_default' }]);
	// Already done: the engine declines.
	expect(await bench.perform(plan)).toMatchObject({ outcome: 'failed' });
});

test('a command in a container: what it says, how it ends', async () => {
	const argv = ['redis-cli', 'config', 'set', 'maxmemory', '0'];
	const plan = planOf(await planned({ kind: 'exec', container: 'airflow-redis', argv, user: null }));
	expect(plan.command).toBe('docker exec airflow-redis redis-cli config set maxmemory 0');
	expect(await bench.perform(plan)).toMatchObject({ outcome: 'done', message: 'OK' });
	const missing = planOf(await planned({ kind: 'exec', container: 'airflow-redis', argv: ['nothing'], user: '0' }));
	expect(missing.effects[0]).toMatch(/as root: nothing/);
	expect(await bench.perform(missing)).toMatchObject({ outcome: 'failed', failure: 'refused' });
	bench.demo.scenario.pauseContainer('airflow-redis');
	const refused = await planned({ kind: 'exec', container: 'airflow-redis', argv, user: null });
	expect(isRefusal(refused) && refused.refused).toMatch(/is not running \(paused\)/);
});

test('a container that is gone by then is a refusal', async () => {
	const refused = await planned({ kind: 'container', verb: 'start', container: 'gone' });
	expect(isRefusal(refused) && refused.refused).toBe('Container gone no longer exists');
});

test('the same plans as behind keys and commands', async () => {
	bench.demo.scenario.stopContainer('mlflow');
	expect(planOf(await planned({ kind: 'container', verb: 'start', container: 'mlflow' })).title).toBe('start mlflow');
	expect(planOf(await planned({ kind: 'compose', verb: 'up', services: ['mlflow'] })).title).toBe('up mlflow');
	expect(planOf(await planned({ kind: 'init' })).title).toBe('initialise Airflow');
	bench.demo.scenario.pauseDag(dagId);
	expect(planOf(await planned({ kind: 'unpause', dagId })).title).toMatch(/unpause/);
	const dagRunId = bench.demo.scenario.triggerRun({ pace: 60 });
	expect(planOf(await planned({ kind: 'stop run', dagId, dagRunId })).title).toBe(`stop ${dagRunId}`);
	expect(planOf(await planned({ kind: 'reparse', dagId })).title).toBe(`re-parse ${dagId}`);
	const once = {
		kind: 'run once' as const,
		service: 'airflow-scheduler',
		argv: ['chown', '-R', '50000:0', '/x'],
		user: '0',
	};
	expect(planOf(await planned(once)).command).toMatch(
		/run --rm -T --no-deps --user 0 --entrypoint chown airflow-scheduler -R 50000:0 \/x$/,
	);
});

test.each<[FixAction, string | null, boolean]>([
	[{ kind: 'container', verb: 'restart', container: 'a b' }, "docker restart 'a b'", true],
	[{ kind: 'type', command: 'timedatectl' }, 'timedatectl', false],
	[{ kind: 'look', at: 'log', subject: 'mlflow', dagId: null, dagRunId: null }, 'laketop logs mlflow', false],
	[{ kind: 'advice' }, null, false],
	[{ kind: 'check' }, 'laketop doctor --deep', false],
])('%j is %s', (action, command, changes) => {
	expect(isChanging(action)).toBe(changes);
	const state = { containers: {}, sources: {} } as never;
	expect(commandOfFix(action, { state })).toBe(command);
});

test('a fix of several replicas names each, and is refused where one of them is gone', async () => {
	const action = {
		kind: 'container' as const,
		verb: 'restart' as const,
		container: 'airflow-worker',
		others: ['mlflow'],
	};
	const plan = planOf(await planned(action));
	expect(plan.command).toBe('docker restart airflow-worker mlflow');
	expect(plan.targets).toEqual(['container airflow-worker', 'container mlflow']);
	expect(await bench.perform(plan)).toMatchObject({ outcome: 'done' });
	expect(await planned({ ...action, others: ['no-such'] })).toMatchObject({ kind: 'nothing' });
});
