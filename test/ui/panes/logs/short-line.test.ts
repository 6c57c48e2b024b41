import { expect, test } from 'vitest';
import { omissions } from '../../../../source/ui/panes/logs/short-line.ts';

function shortened(text: string): string {
	let short = '';
	let at = 0;
	for (const [start, end] of omissions(text)) {
		short += `${text.slice(at, start)}…`;
		at = end;
	}
	return short + text.slice(at);
}

test.each([
	[
		'Task airflow.providers.celery.executors.celery_executor_utils.execute_command[4a87b1c2-0d1e-4f5a-9b8c-7d6e5f4a3b2c] received',
		'Task airflow.providers.celery…execute_command[4a87…] received',
	],
	['run 0123456789abcdef0123456789abcdef finished', 'run 0123… finished'],
	// Short names, versions, addresses and file names stay.
	['airflow.models.dag imported', 'airflow.models.dag imported'],
	['10.0.0.1:8080 answered with 1.2.3.4.5', '10.0.0.1:8080 answered with 1.2.3.4.5'],
	['scheduled__2026-11-24T02:00:00+00:00 succeeded', 'scheduled__2026-11-24T02:00:00+00:00 succeeded'],
])('%s', (text, short) => {
	expect(shortened(text)).toBe(short);
});
