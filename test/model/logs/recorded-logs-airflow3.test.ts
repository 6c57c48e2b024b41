import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineHead } from '../../../source/model/logs/log-format.ts';

/** The logs of the official Compose file's containers with Airflow 3.3.2, shortened. */
const services = ['api-server', 'dag-processor', 'scheduler', 'triggerer', 'worker'] as const;

const linesOf = (name: string): string[] =>
	readFileSync(join(import.meta.dirname, `../../fixtures/recorded/airflow-3.3.2/component-logs/${name}.txt`), 'utf8')
		.split('\n')
		.filter(line => line !== '');

test.each(services)('%s: each line that starts with a time has a level, and the rest belongs to it', name => {
	const stamped = linesOf(name).filter(line => /^\d{4}-\d\d-\d\dT/.test(line));
	expect(stamped.length).toBeGreaterThan(15);
	for (const line of stamped) {
		const found = lineHead(line);
		expect(found, line).toMatchObject({ takesBareLines: true, stamp: line.slice(0, 27) });
		expect(found?.level, line).toBe(/\[warning/.test(line) ? 'warning' : 'info');
		expect(line.slice(found?.body)).not.toMatch(/^ *\]|^\s/);
	}
	expect(lineHead('\t<TaskInstance: etl_daily.extract rec_1 [scheduled] ti_id=01a22b94-5fcd>')).toBeNull();
});

test.each([
	['2026-11-30T08:24:06.307492Z [error    ] Task failed [task] loc=x.py:1', 'error'],
	['2026-11-30T08:24:06.307492Z [critical ] Gone [x]', 'error'],
	['2026-11-30T08:24:06Z [debug    ] Ran [x]', 'debug'],
	['2026-11-30 08:24:06 [tags     ] text', null],
])('%s', (line, level) => {
	expect(lineHead(line)?.level).toBe(level);
});
