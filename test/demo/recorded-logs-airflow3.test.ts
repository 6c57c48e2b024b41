/** The embedded Airflow 3 logs as the recorded components do: each line has the level, logger and place of a recorded one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LogDecoder } from '../../source/clients/engine/log-frames.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { docker, handClock } from './requests.ts';

const folder = join(import.meta.dirname, '../fixtures/recorded/airflow-3.3.2/component-logs');
const stamped = /^\d{4}-\d\d-\d\dT[\d:]+\.\d{6}Z \[([a-z]+) *\] /;
/** Level, logger, and place: of a record that may have several lines, only the last has the latter two. */
const places = (text: string): string[] =>
	text.split('\n').flatMap(line => / \[([\w.]+)\] .*?\bloc=(\S+)/.exec(line)?.slice(1, 3).join(' ') ?? []);
const recorded = new Set(readdirSync(folder).flatMap(file => places(readFileSync(join(folder, file), 'utf8'))));

// Not recorded: nothing had interrupted the broker (celery/worker/consumer/consumer.py 5.6.3).
recorded.add('celery.worker.consumer.consumer consumer.py:384');

const clock = handClock();
let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ now: clock.now, airflow: '3', shape: 'official' });
	for (let second = 0; second < 120; second++) {
		clock.pass(1000);
		demo.scenario.tick();
	}
});
afterAll(() => demo.close());

const components = ['apiserver', 'scheduler', 'worker', 'dag-processor', 'triggerer'].map(
	name => `shop-airflow-${name}-1`,
);

test.each(components)('%s', async name => {
	const { bytes } = await docker(demo, `/containers/${name}/logs?stdout=1&stderr=1&timestamps=1`);
	const decoder = new LogDecoder(false);
	const lines = [...decoder.push(bytes), ...decoder.end()].map(({ text }) => text);
	expect(lines.length).toBeGreaterThan(3);
	const known = places(lines.join('\n'));
	expect(known.length).toBeGreaterThan(2);
	expect(known.filter(place => !recorded.has(place))).toEqual([]);
	// Nothing of Airflow 2: its stamps, its colours.
	expect(lines.filter(line => /^\[\d{4}|\{\w+\.py:\d+\}|\u001B/.test(line))).toEqual([]);
	expect(lines.filter(line => stamped.test(line)).length).toBeGreaterThan(2);
});
