import { expect, test } from 'vitest';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import { rules } from '../../source/diagnosis/rules.ts';
import { findingSchema } from '../../source/model/finding.ts';
import { initialState } from '../../source/model/state.ts';
import { inUtc } from '../in-utc.ts';
import { allTexts } from './all-texts.ts';
import {
	check,
	container,
	diagnosisOptions,
	failed,
	findings,
	health,
	now,
	page,
	roots,
	run,
	runsFetched,
	services,
	stateOf,
	tasksFetched,
} from './stack.ts';

inUtc();

const later = now - 9000;
const stopped = (name: string, exitCode = 0) => [
	{
		at: later,
		fact: {
			type: 'container event' as const,
			event: { id: name, name, action: 'die', project: 'mlops', service: name, exitCode, happenedAt: later },
		},
	},
];

test('nothing is found on a healthy stack', () => {
	expect(findings()).toEqual([]);
});

test('nothing is found before anything has answered', () => {
	expect(diagnose(initialState, now, diagnosisOptions)).toEqual([]);
});

test('names of rules are unique', () => {
	const names = rules.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});

test('Redis gone, the worker unhealthy, a task waits: one cause, the others follow from it', () => {
	const found = findings(
		...stopped('airflow-redis'),
		{
			at: later,
			fact: {
				type: 'containers listed',
				containers: services.map(name =>
					container(name, {
						...(name === 'airflow-redis' ? { state: 'exited', health: 'none' } : {}),
						...(name === 'airflow-worker' ? { health: 'unhealthy' } : {}),
					}),
				),
			},
		},
		runsFetched(run('newest', 'running', 300_000)),
		tasksFetched(['success', 'queued'], 'newest', [{}, { queuedAt: now - 60_000 }]),
	);
	expect(found.map(({ id, explainedBy }) => [id, explainedBy])).toEqual([
		['container exited airflow-redis', null],
		['container unhealthy airflow-worker', 'container exited airflow-redis'],
		['task waits ml_pipeline_end_to_end/newest', 'container exited airflow-redis'],
	]);
});

test('the database gone: page, scheduler and API follow from it', () => {
	expect(
		roots(
			...stopped('airflow-postgres'),
			page('airflow', false, { httpStatus: 500 }),
			{ at: later + 6000, fact: page('airflow', false, { httpStatus: 500 }) },
			failed('dags', 'server', 'Airflow answers 500'),
			health(60_000, 'unhealthy'),
		),
	).toEqual(['container exited airflow-postgres']);
});

test('what began long before another trouble is no consequence of it', () => {
	const longAgo = now - 60 * 60_000;
	expect(
		roots(
			{ at: longAgo, fact: page('mlflow', false) },
			page('mlflow', false),
			{ at: later + 6000, fact: page('mlflow', false) },
			...stopped('airflow-redis'),
		),
	).toEqual(['container exited airflow-redis', 'page unreachable mlflow']);
});

test('two unrelated problems are both reported, the worse one first', () => {
	const found = roots(
		...stopped('airflow-worker'),
		check({
			check: 'disk',
			places: [
				{
					path: '/',
					freeBytes: 5 * 2 ** 30,
					totalBytes: 100 * 2 ** 30,
					freeInodes: 9e6,
					totalInodes: 1e7,
					growthBytesPerHour: 0,
				},
			],
		}),
	);
	expect(found).toEqual(['container exited airflow-worker', 'disk full /']);
});

test('without an engine only that is reported about containers', () => {
	expect(roots(failed('containers', 'unreachable', 'Docker at unix:///x: no such socket'))).toEqual([
		'engine unreachable docker',
	]);
});

test('findings are plain data with known messages', () => {
	const found = findings(
		...stopped('airflow-redis'),
		runsFetched(run('newest', 'failed', 300_000)),
		tasksFetched(['failed']),
	);
	expect(found.length).toBeGreaterThan(1);
	for (const finding of found) {
		expect(findingSchema.parse(JSON.parse(JSON.stringify(finding)))).toEqual(finding);
		for (const { key, text } of [finding.title, finding.cause, finding.reason, ...finding.impact])
			expect(allTexts).toContainEqual([key, text]);
	}
});

test('a value at the edge does not come and go', () => {
	const disk = (share: number) =>
		check({
			check: 'disk',
			places: [
				{
					path: '/',
					freeBytes: share * 100 * 2 ** 30,
					totalBytes: 100 * 2 ** 30,
					freeInodes: 9e6,
					totalInodes: 1e7,
					growthBytesPerHour: 0,
				},
			],
		});
	expect(findings(disk(0.11))).toEqual([]);
	const before = diagnose(stateOf(disk(0.09)), now, diagnosisOptions);
	expect(before).toHaveLength(1);
	const after = { ...stateOf(disk(0.11)), findings: before };
	expect(diagnose(after, now, diagnosisOptions)).toHaveLength(1);
	expect(diagnose({ ...stateOf(disk(0.13)), findings: before }, now, diagnosisOptions)).toEqual([]);
});
