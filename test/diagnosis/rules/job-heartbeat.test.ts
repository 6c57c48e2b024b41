import { expect, test } from 'vitest';
import { newestJobs } from '../../../source/checks/jobs.ts';
import { checkReport } from '../../../source/diagnosis/check-report.ts';
import { factsOf } from '../../../source/diagnosis/facts.ts';
import type { AirflowJob } from '../../../source/model/airflow/airflow-watch.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { render } from '../../../source/words/message.ts';
import { check, container, detail, diagnosisOptions, now, only, services, stateOf } from '../stack.ts';

/** Two schedulers and a triggerer, each in a container whose host name begins its id. */
const names = ['airflow-scheduler', 'airflow-scheduler-2', 'airflow-triggerer', 'airflow-dag-processor'];
const idOf = (name: string) => `${names.indexOf(name)}a2b3c4d5e6f70000`;
const hostOf = (name: string) => idOf(name).slice(0, 12);
const others = services.filter(name => name !== 'airflow-scheduler');
const stack: readonly Fact[] = [
	{
		type: 'containers listed',
		containers: [...others.map(name => container(name)), ...names.map(name => container(name, { id: idOf(name) }))],
	},
	...others.map((name): Fact => ({ type: 'container inspected', detail: detail(name) })),
	...names.map((name): Fact => ({ type: 'container inspected', detail: detail(name, { id: idOf(name) }) })),
];
const job = (type: AirflowJob['type'], name: string, isAlive: boolean, id = names.indexOf(name) + 1): AirflowJob => ({
	...{ id, type, isAlive, state: 'running', hostname: hostOf(name), startedAt: now - 3_600_000 },
	heartbeatAt: isAlive ? now - 3000 : now - 300_000,
});
const jobs = (...all: AirflowJob[]): Fact => check({ check: 'jobs', jobs: all });
const scheduler = (isAlive: boolean) => job('scheduler', 'airflow-scheduler', isAlive);
const second = (isAlive: boolean) => job('scheduler', 'airflow-scheduler-2', isAlive);
const triggerer = (isAlive: boolean) => job('triggerer', 'airflow-triggerer', isAlive);
const processor = job('processor', 'airflow-dag-processor', true);
const triggererHealth: Fact = {
	type: 'airflow health',
	health: { metadatabase: 'healthy', scheduler: 'healthy', schedulerHeartbeatAt: now - 2000, triggerer: 'unhealthy' },
};

test('one of two schedulers has stopped: it is named, with its host and its last heartbeat', () => {
	const [found, ...rest] = only('job heartbeat', ...stack, jobs(scheduler(true), second(false), triggerer(true)));
	expect(rest).toEqual([]);
	expect(found).toMatchObject({
		subject: 'airflow-scheduler-2',
		severity: 'warning',
		title: 'The scheduler in airflow-scheduler-2 has stopped',
		fixes: expect.arrayContaining([{ kind: 'container', verb: 'restart', container: 'airflow-scheduler-2' }]),
	});
	expect(found?.evidence[0]).toContain(`Job 2 on host ${hostOf('airflow-scheduler-2')}: last heartbeat 5m`);
});

test('the only triggerer has stopped: deferred tasks wait', () => {
	const [found] = only('job heartbeat', ...stack, jobs(scheduler(true), triggerer(false), processor));
	expect(found).toMatchObject({ subject: 'airflow-triggerer', severity: 'critical' });
});

test('nothing is reported that is alive, replaced, without its container, or reported by the health page', () => {
	const is = (...all: AirflowJob[]) => only('job heartbeat', ...stack, jobs(...all)).map(({ subject }) => subject);
	expect(is(scheduler(true), second(true), triggerer(true))).toEqual([]);
	// A job of a container that was replaced.
	expect(is(scheduler(true), { ...second(false), hostname: 'ffffffffffff' })).toEqual([]);
	// The container was restarted: its new job is alive.
	expect(is(scheduler(true), second(false), { ...second(true), id: 9 })).toEqual([]);
	expect(is(scheduler(false), second(false))).toEqual([]);
	const stopped = container('airflow-triggerer', { id: idOf('airflow-triggerer'), state: 'exited', health: 'none' });
	const without: Fact = { type: 'containers listed', containers: [stopped] };
	expect(only('job heartbeat', ...stack, without, jobs(triggerer(false)))).toEqual([]);
});

test('without any view of containers, a dead triggerer is named by its host', () => {
	const none: Fact = { type: 'containers listed', containers: [] };
	const [found] = only('job heartbeat', none, triggererHealth, jobs(scheduler(true), triggerer(false)));
	expect(found).toMatchObject({ subject: 'triggerer', title: 'No triggerer is alive' });
	expect(only('job heartbeat', none, triggererHealth, jobs(scheduler(true), triggerer(true)))).toEqual([]);
});

test('the report has a line with the numbers of jobs; with Airflow 2 it has none', () => {
	const lineOf = (...more: Fact[]) => {
		const facts = factsOf(stateOf(...stack, ...more), now, diagnosisOptions);
		const line = checkReport(facts).find(({ id }) => id === 'jobs');
		return line && { verdict: line.verdict, answer: render(line.answer, 'en'), lines: line.lines };
	};
	expect(lineOf(jobs(scheduler(true), second(true), processor))).toMatchObject({
		verdict: 'passed',
		answer: '2 schedulers, 1 DAG processor, 0 triggerers alive',
		lines: expect.arrayContaining([`processor@${hostOf('airflow-dag-processor')} #4 3s`]),
	});
	expect(lineOf(jobs(scheduler(true)))?.verdict).toBe('failed');
	expect(lineOf()).toBeUndefined();
});

test('of the jobs of a host, the newest counts, even if an earlier one has the last heartbeat', () => {
	const [old, fresh] = [second(true), { ...second(false), id: 9 }];
	expect(newestJobs([old, fresh, scheduler(true)]).map(({ id }) => id)).toEqual([9, 1]);
});
