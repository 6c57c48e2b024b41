import { test } from 'vitest';
import type { Scenario, ServerName } from '../../../source/demo/index.ts';
import { noEngine } from '../../../source/model/engine/engine-address.ts';
import type { FeedName } from '../../../source/model/source.ts';
import { Walk } from './walk.ts';

/** The screen while its servers do not answer, from the start and later: reasons, ages and ways out are in Korean. */

const servers = ['docker', 'airflow', 'mlflow'] as const;

/** A feed of each server that fails with it. */
const feedOf: Readonly<Record<(typeof servers)[number], FeedName>> = {
	docker: 'containers',
	airflow: 'pipeline',
	mlflow: 'experiment',
};

const ways: Readonly<Record<string, (scenario: Scenario, server: ServerName) => void | Promise<void>>> = {
	'nobody listens': (scenario, server) => scenario.takeDown(server),
	'every answer is an error': (scenario, server) => {
		for (let index = 0; index < 200; index++) scenario.failNext(server, 500, 'boom boom');
	},
	'every answer is a refusal': (scenario, server) => {
		for (let index = 0; index < 200; index++) scenario.failNext(server, 403, 'boom boom');
	},
	'no answer is what was asked for': (scenario, server) => {
		for (let index = 0; index < 200; index++) scenario.failNext(server, 200, 'boom boom');
	},
};

/** With Airflow 3 only that server answers otherwise. */
const cases = Object.keys(ways).flatMap(way => [
	...servers.map(server => ({ way, server, airflow: '2' as const })),
	{ way, server: 'airflow' as const, airflow: '3' as const },
]);

test.each(cases)('$server from the start, Airflow $airflow: $way', async ({ way, server, airflow }) => {
	const walk = await Walk.on({ prepare: scenario => ways[way]?.(scenario, server), demo: { airflow } });
	walk.look('first frame');
	await walk.until(({ feeds }) => feeds[feedOf[server]].status === 'failed');
	await walk.lookEverywhere(server);
	await walk.end();
});

test.each(servers)('%s becomes unreachable later, and every key is pressed', async server => {
	const walk = await Walk.on({ demo: { airflow: '3' } });
	await walk.untilAllIsThere();
	await walk.scenario.takeDown(server);
	await walk.press('R');
	await walk.until(({ feeds }) => feeds[feedOf[server]].status === 'failed');
	await walk.pressAll(server);
	await walk.end();
});

test('the servers of a stack without an engine become unreachable', async () => {
	const walk = await Walk.on({
		config: ({ airflowUrl, mlflowUrl }) => ({
			dockerHost: noEngine('--docker-host none'),
			discovery: { airflowUrl, mlflowUrl },
		}),
	});
	await walk.untilAllIsThere();
	for (const server of ['airflow', 'mlflow'] as const) await walk.scenario.takeDown(server);
	await walk.press('R');
	await walk.until(({ feeds }) => feeds.pipeline.status === 'failed' && feeds.experiment.status === 'failed');
	await walk.lookEverywhere('no engine');
	await walk.end();
});

test.each(['2', '3'] as const)('a wrong password of Airflow %s', async airflow => {
	const walk = await Walk.on({ prepare: scenario => scenario.setPassword('another'), demo: { airflow } });
	await walk.until(({ feeds }) => feeds.pipeline.status === 'failed');
	await walk.lookEverywhere('password');
	await walk.end();
});
