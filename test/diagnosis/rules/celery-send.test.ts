import { expect, test } from 'vitest';
import { signOf } from '../../../source/checks/signs.ts';
import type { Sign } from '../../../source/model/logs/log-sign.ts';
import { render } from '../../../source/words/message.ts';
import {
	check,
	detail,
	findings,
	minute,
	now,
	only,
	roots,
	run,
	runsFetched,
	setup,
	stages,
	type Timed,
	tasksFetched,
} from '../stack.ts';

/** As the Celery executor of Airflow 2.8 writes them. */
const lines = {
	retry:
		"[2026-11-24T14:03:02.000+0000] {celery_executor.py:279} INFO - [Try 1 of 3] Task Timeout Error for Task: (TaskInstanceKey(dag_id='d', task_id='t', run_id='r', try_number=1, map_index=-1)).",
	timeout: '[2026-11-24T14:03:05.000+0000] {celery_executor.py:290} ERROR - Error sending Celery task: Timeout, PID: 7',
	broken:
		"[2026-11-24T14:03:03.000+0000] {celery_executor.py:290} ERROR - Error sending Celery task: module 'redis' has no attribute 'client'",
};

const says = (line: string, agoMs: number, seenAgoMs = agoMs): Timed => {
	const sign = signOf(line);
	if (sign === null) throw new Error(`no sign: ${line}`);
	return {
		at: now - seenAgoMs,
		fact: {
			type: 'log sign',
			container: 'airflow-scheduler',
			sign: sign satisfies Sign,
			line,
			happenedAt: now - agoMs,
		},
	};
};
const unsent = { queuedAt: now - 19_000, startedAt: null, endedAt: now - 15_000, durationSeconds: null, hostname: '' };
const failedRun = [
	runsFetched(run('newest', 'failed', minute, { endedAt: now - 14_000 })),
	tasksFetched(['failed', ...Array.from({ length: 6 }, () => 'upstream_failed')], 'newest', [unsent]),
];

test('the lines are signs; other failures to send are none of them', () => {
	expect(signOf(lines.retry)).toBe('send timed out');
	expect(signOf(lines.timeout)).toBe('send timed out');
	expect(signOf(lines.broken)).toBe('send broken');
	expect(signOf("ERROR - Error sending Celery task: No master found for 'mymaster'")).toBeNull();
});

test('a broken import: raise the timeout, clear what failed, restart last, with what that interrupts', () => {
	const found = findings(says(lines.broken, 20_000), ...failedRun).find(({ rule }) => rule === 'celery send');
	expect(found).toMatchObject({ severity: 'critical', explainedBy: null });
	if (!found) return;
	expect(found.fixes.map(({ action }) => action.kind)).toEqual(['advice', 'clear', 'look', 'container']);
	expect(found.fixes.at(-1)?.action).toEqual({ kind: 'container', verb: 'restart', container: 'airflow-scheduler' });
	expect(found.fixes.at(-1)?.interrupts?.length).toBeGreaterThan(0);
	expect(render(found.title, 'en')).toBe('The scheduler cannot send tasks to the broker');
	expect(found.fixes.map(({ message }) => render(message, 'ko'))[0]).toContain('OPERATION_TIMEOUT을 10으로 설정');
});

test('the tasks that failed because of it follow from it', () => {
	expect(roots(says(lines.broken, 20_000), ...failedRun)).toEqual(['celery send airflow-scheduler']);
});

test('it lasts until the scheduler restarts, however long nothing is sent, or a later task was started', () => {
	const long = says(lines.broken, 20 * minute);
	const before = { queuedAt: now - 59 * minute, startedAt: now - 59 * minute, endedAt: now - 58 * minute };
	const quiet = tasksFetched(
		stages.map(() => 'success'),
		'newest',
		stages.map(() => before),
	);
	expect(only('celery send', long, quiet)).toHaveLength(1);
	const restarted: Timed = {
		type: 'container inspected',
		detail: detail('airflow-scheduler', { startedAt: now - minute }),
	};
	expect(only('celery send', long, quiet, restarted)).toEqual([]);
	const later = { queuedAt: now - 2 * minute, startedAt: now - 2 * minute + 500, hostname: 'worker-1' };
	const sent = [runsFetched(run('newest', 'running', 3 * minute)), tasksFetched(['running'], 'newest', [later])];
	expect(only('celery send', long, ...sent)).toEqual([]);
});

test('mere timeouts are a temporary warning, without a restart', () => {
	const [found] = only('celery send', says(lines.retry, 20_000));
	expect(found).toMatchObject({ title: 'Sending tasks to the broker times out' });
	expect(found?.fixes).not.toContainEqual(expect.objectContaining({ verb: 'restart' }));
	expect(only('celery send', says(lines.retry, 20 * minute))).toEqual([]);
});

test('a timeout that is raised already is not to be raised', () => {
	const raised = check(
		{ check: 'setup', setup: setup({ settings: { AIRFLOW__CELERY__OPERATION_TIMEOUT: '10' } }) },
		'airflow-scheduler',
	);
	expect(only('celery send', says(lines.timeout, 20_000), raised)[0]?.fixes).not.toContainEqual({ kind: 'advice' });
});
