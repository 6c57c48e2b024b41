import { expect, test } from 'vitest';
import { celeryPingCheck } from '../../source/checks/celery-ping.ts';
import type { CheckDeps } from '../../source/checks/check.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { diagnosisOptions, healthy, now, stateOf } from '../diagnosis/stack.ts';

const apps = {
	'2': 'airflow.executors.celery_executor.app',
	'3': 'airflow.providers.celery.executors.celery_executor.app',
} as const;
const pong = ['->  celery@3f2a9c1b7d5e: OK', '        pong', '', '1 node online.'];

/** A ping of a worker that has the app of one generation, by a laketop that knows this version of Airflow. */
async function pinged(version: string, generation: keyof typeof apps) {
	const asked: string[] = [];
	const state = stateOf(...healthy, { type: 'source connected', source: 'airflow', version, address: 'http://a' });
	const deps: Pick<CheckDeps, 'facts' | 'docker'> = {
		facts: () => factsOf(state, now, diagnosisOptions),
		docker: {
			runIn: async (_: string, [, , app = '']: readonly string[]) => {
				asked.push(app);
				const missing = `ModuleNotFoundError: No module named '${app.replace(/\.app$/, '')}'`;
				return app === apps[generation]
					? { exitCode: 0, lines: pong, tookMs: 5 }
					: { exitCode: 1, lines: ['Error: Invalid value', missing, ''], tookMs: 5 };
			},
		},
	} as never;
	return { result: await celeryPingCheck.look(deps as CheckDeps, '', new AbortController().signal), asked };
}

test.each([
	['2.8.0', '2'],
	['3.3.2', '3'],
] as const)('Airflow %s has its Celery app in a place of its own', async (version, generation) => {
	const { result, asked } = await pinged(version, generation);
	expect(result).toMatchObject({ check: 'celery ping', answers: true });
	expect(asked).toEqual([apps[generation]]);
});

test('the other place is tried where Airflow is newer or older than was known', async () => {
	const { result, asked } = await pinged('2.8.0', '3');
	expect(result).toMatchObject({ answers: true });
	expect(asked).toEqual([apps['2'], apps['3']]);
});
