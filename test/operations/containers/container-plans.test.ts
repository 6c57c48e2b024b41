import { afterEach, beforeEach, describe, test } from 'vitest';
import type { Container } from '../../../source/model/engine/container.ts';
import type { ContainerVerb } from '../../../source/operations/containers/container-verbs.ts';
import { planContainers } from '../../../source/operations/containers/containers.ts';
import { english, expect } from '../../english.ts';
import { listed, replica } from '../../given/containers.ts';
import { type Bench, losing, planOf, startBench } from '../../ui/actions/support.ts';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const plan = async (verb: ContainerVerb, ...names: string[]) =>
	planContainers(verb, await Promise.all(names.map(name => bench.container(name))), 'mlops');
const stateOf = async (name: string) => (await bench.container(name)).container.state;

test('each verb does what it says, and reports the container afterwards', async () => {
	const steps: [ContainerVerb, string, RegExp][] = [
		['pause', 'paused', /^paused in .*s: paused/],
		['unpause', 'running', /^unpaused in .*s: running/],
		['stop', 'exited', /^stopped in .*s: exited \(143\)/],
		['start', 'running', /^started in .*s: running/],
		['kill', 'exited', /^killed in .*s: exited \(137\)/],
		['restart', 'running', /^restarted in .*s: running/],
	];
	for (const [verb, state, message] of steps) {
		expect(await bench.perform(await plan(verb, 'mlflow'))).toMatchObject({
			outcome: 'done',
			message: expect.stringMatching(message),
		});
		expect(await stateOf('mlflow')).toBe(state);
	}
});

test('several in turn: who is concerned, what is left out, which one failed', async () => {
	bench.demo.scenario.stopContainer('mlflow');
	const stop = planOf(await plan('stop', 'airflow-worker', 'mlflow', 'airflow-scheduler'));
	expect(stop.title).toBe('stop airflow-worker, airflow-scheduler');
	expect(stop.command).toBe('docker stop airflow-worker airflow-scheduler');
	expect(stop.effects.map(ask => english(ask)).join('\n')).toMatch(/Unchanged: mlflow: not running\./);
	expect(stop.effects.map(ask => english(ask)).join('\n')).toMatch(/Interrupts tasks that run on airflow-worker/);
	bench.demo.scenario.recreateContainer('airflow-scheduler');
	const outcome = await bench.perform(stop);
	expect(outcome).toMatchObject({
		outcome: 'failed',
		failure: 'nothing',
		message: expect.stringMatching(/^1 of 2 done; airflow-scheduler: .*recreated under another id/),
	});
	expect(outcome.progress[0]).toBe('1 of 2: airflow-worker');
	expect([await stateOf('airflow-worker'), await stateOf('airflow-scheduler')]).toEqual(['exited', 'running']);
});

test('what a container is already is not asked of it', async () => {
	expect(await plan('start', 'mlflow')).toMatchObject({ kind: 'already', refused: 'mlflow: already running' });
	expect(await plan('unpause', 'mlflow')).toMatchObject({ kind: 'refused', refused: 'mlflow: not paused' });
	expect(planContainers('stop', [], 'mlops')).toMatchObject({ kind: 'nothing' });
});

test('stopped by somebody else meanwhile: that is OK', async () => {
	const stop = await plan('stop', 'mlflow');
	bench.demo.scenario.stopContainer('mlflow');
	expect(await bench.perform(stop)).toMatchObject({ outcome: 'done' });
});

test.each([
	['restart', true, 'done', /^restarted: running.*response was lost/],
	['restart', false, 'failed', /it was not restarted/],
	['stop', true, 'done', /^stopped: exited/],
	['kill', false, 'failed', /it was not killed/],
] as const)('%s: an answer lost (after the work: %s) is looked up', async (verb, after, outcome, message) => {
	const docker = losing(bench.clients.docker, verb, { after });
	expect(await bench.perform(await plan(verb, 'mlflow'), { ...bench.clients, docker })).toMatchObject({
		outcome,
		message: expect.stringMatching(message),
	});
	expect(docker.calls).toBe(1);
});

test('the engine unreachable', async () => {
	const restart = await plan('restart', 'mlflow');
	await bench.demo.scenario.takeDown('docker');
	expect(await bench.perform(restart)).toMatchObject({ outcome: 'failed', failure: 'unreachable' });
});

describe('containers in the network of another one', () => {
	const host = replica('mlops', 'airflow-webserver');
	const guest = replica('mlops', 'exporter', 1, { network: 'shared', sharesNetworkOf: host.id });
	const foreign = replica('shop', 'probe', 1, { network: 'shared', sharesNetworkOf: host.name });
	const exited = replica('mlops', 'old', 1, { sharesNetworkOf: host.id, state: 'exited' });
	const state = listed(host, guest, foreign, exited);
	const asks = (verb: ContainerVerb, ...changed: Container[]) =>
		planOf(
			planContainers(
				verb,
				changed.flatMap(({ id }) => state.containers[id] ?? []),
				'mlops',
				state,
			),
		)
			.effects.map(ask => english(ask))
			.filter(text => text.includes('network'));

	test.each(['stop', 'restart', 'kill'] as const)('%s names those that lose it', verb => {
		expect(asks(verb, host)).toEqual([
			'exporter uses the network of airflow-webserver and loses it: restart exporter once airflow-webserver is up again.',
			'shop/probe uses the network of airflow-webserver and loses it: restart shop/probe once airflow-webserver is up again.',
		]);
	});

	test('one that is changed afterwards is not named, one that is changed before is', () => {
		expect(asks('restart', host, guest).join()).not.toContain('exporter');
		expect(asks('restart', guest, host).join()).toContain('exporter uses');
	});

	test('none is named where nobody loses it', () => {
		expect(asks('restart', guest)).toEqual([]);
		expect(asks('pause', host)).toEqual([]);
	});
});
