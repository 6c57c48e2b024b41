import { onTestFinished, test } from 'vitest';
import { DAGS } from '../../../source/demo/world/airflow/dag-catalogue.ts';
import { noEngine } from '../../../source/model/engine/engine-address.ts';
import { recordedServer } from '../../clients/mlflow/recorded-server.ts';
import { fakeSsh } from '../../given/fake-ssh.ts';
import { mappedDag } from '../../given/mapped-dag.ts';
import { oneOffs, replicas, secondProject } from '../../given/neighbours.ts';
import { newerDags } from '../../given/newer-dags.ts';
import { official, officialStack } from '../../given/official-stack.ts';
import type { Ground } from './ground.ts';
import { demandVisited } from './visited.ts';
import { Walk } from './walk.ts';

demandVisited('stacks');

/** Every place and key of stacks that differ from the guide's, with `--lang ko`. */

const stacks: Readonly<Record<string, Ground & { readonly hasMlflow?: boolean }>> = {
	'Airflow 3': {
		demo: { airflow: '3', dags: newerDags },
		prepare: scenario => {
			scenario.changeDag('ml_pipeline_end_to_end', '둘째\n');
			scenario.pauseDag('daily_prices');
		},
	},
	'Airflow 3, a DAG that an asset starts': {
		demo: { airflow: '3', dags: newerDags },
		config: { dag: 'report' },
		prepare: scenario => void scenario.triggerRun({}, 'report'),
	},
	'a mapped task': {
		demo: { dags: [...DAGS, mappedDag] },
		config: { dag: mappedDag.dagId },
		mappedTask: 'divide',
		goesDeep: true,
		prepare: scenario => {
			const run = scenario.triggerRun({}, mappedDag.dagId);
			scenario.setTaskState(run, 'list_parts', 'success');
			scenario.setTaskState(run, 'divide[0]', 'success');
			scenario.setTaskState(run, 'divide[1]', 'running');
			scenario.emitTaskLog(run, 'divide[1]', '잘못된 값');
			scenario.setTaskState(run, 'divide[1]', 'failed');
		},
	},
	'no engine': {
		demo: { airflow: '3' },
		config: demo => ({
			dockerHost: noEngine('--docker-host none'),
			discovery: { airflowUrl: demo.airflowUrl, mlflowUrl: demo.mlflowUrl },
		}),
	},
	'MLflow 3': {
		config: async demo => {
			const { mlflow } = await recordedServer('3.17.2');
			return { discovery: { airflowUrl: demo.airflowUrl, mlflowUrl: mlflow.address }, experiment: 'churn' };
		},
	},
	Podman: { demo: { engine: 'podman-4.3' } },
	'Docker 29': { demo: { engine: 'docker-29' } },
	'an official stack, without MLflow': {
		demo: { containers: officialStack },
		config: { discovery: { project: official.name } },
		hasMlflow: false,
	},
	'replicas, one-offs and another project': {
		demo: { containers: [...secondProject, ...oneOffs, ...replicas], workers: 2 },
		config: { discovery: { project: 'mlops' } },
	},
};

test.each(Object.keys(stacks))('%s', async name => {
	const { hasMlflow = true, ...ground } = stacks[name] ?? {};
	const walk = await Walk.on(ground);
	await walk.untilAllIsThere({ hasMlflow });
	await walk.pressAll(name);
	await walk.end();
});

test('Airflow 3, tasks that ask', async () => {
	const walk = await Walk.on({
		demo: { airflow: '3', dags: newerDags, speed: 30 },
		config: { dag: 'release' },
		prepare: scenario => void scenario.triggerRun({}, 'release'),
	});
	await walk.untilAllIsThere();
	await walk.untilTasksAsk();
	await walk.pressAll('tasks that ask');
	await walk.end();
});

/** A demo whose host is reached through ssh. */
async function behindSsh(refusal?: string): Promise<Walk> {
	const ssh = fakeSsh();
	onTestFinished(() => ssh.remove());
	if (refusal !== undefined) ssh.set('refusal', refusal);
	return Walk.on({
		environment: { DISPLAY: ':0', BROWSER: 'firefox' },
		config: demo => {
			ssh.set('engine', demo.dockerHost.replace('unix://', ''));
			return { dockerHost: { kind: 'ssh', address: 'ssh://me@db-host:2222', origin: 'test', tlsDirectory: null } };
		},
	});
}

test('a stack behind ssh', async () => {
	const walk = await behindSsh();
	await walk.untilAllIsThere();
	await walk.pressAll('behind ssh');
	await walk.end();
});

test.each([
	'me@db-host: Permission denied (publickey).',
	'Host key verification failed.',
	'ssh: Could not resolve hostname db-host: Name or service not known',
	'ssh: connect to host db-host port 2222: Connection refused',
])('ssh refuses: %s', async refusal => {
	const walk = await behindSsh(refusal);
	await walk.until(({ feeds }) => feeds.containers.status === 'failed');
	await walk.lookEverywhere(refusal);
	await walk.end();
});
