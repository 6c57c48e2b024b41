import { test } from 'vitest';
import type { Scenario, ServerName } from '../../../source/demo/index.ts';
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

const cases = Object.keys(ways).flatMap(way => servers.map(server => ({ way, server })));

test.each(cases)('$server from the start: $way', async ({ way, server }) => {
	const walk = await Walk.on({ prepare: scenario => ways[way]?.(scenario, server) });
	walk.look('first frame');
	await walk.until(({ feeds }) => feeds[feedOf[server]].status === 'failed');
	await walk.lookEverywhere(server);
	await walk.end();
});

test.each(servers)('%s becomes unreachable later', async server => {
	const walk = await Walk.on();
	await walk.untilAllIsThere();
	await walk.scenario.takeDown(server);
	await walk.press('R');
	await walk.until(({ feeds }) => feeds[feedOf[server]].status === 'failed');
	await walk.lookEverywhere(server);
	await walk.end();
});

test('a wrong password of Airflow', async () => {
	const walk = await Walk.on({ prepare: scenario => scenario.setPassword('another') });
	await walk.until(({ feeds }) => feeds.pipeline.status === 'failed');
	await walk.lookEverywhere('password');
	await walk.end();
});
