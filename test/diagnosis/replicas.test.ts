import { expect, test } from 'vitest';
import type { Container, ContainerDetail } from '../../source/model/engine/container.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Fact } from '../../source/model/observation.ts';
import { commandOfFix } from '../../source/selectors/printed-commands/fix-command.ts';
import { render } from '../../source/words/message.ts';
import { replica } from '../given/containers.ts';
import { check, container, detail, findings, now, services, setup, stateOf } from './stack.ts';

type Change = readonly [as: Partial<Container>, more?: Partial<ContainerDetail>];

const up: Change = [{}];
const exited = (agoMs: number, more: Partial<ContainerDetail> = {}): Change => [
	{ state: 'exited', health: 'none' },
	{ state: 'exited', health: 'none', finishedAt: now - agoMs, exitCode: 1, restartPolicy: 'no', ...more },
];

/** The stack with as many workers as there are changes, each changed so. */
function workers(...changes: readonly Change[]): Fact[] {
	const all = changes.map(([as], index) =>
		replica('mlops', 'airflow-worker', index + 1, { image: 'apache/airflow:2.8.0-python3.11', ...as }),
	);
	return [
		{
			type: 'containers listed',
			containers: [...services.filter(name => name !== 'airflow-worker').map(name => container(name)), ...all],
		},
		...all.map((one, index): Fact => ({ type: 'container inspected', detail: detail(one.id, changes[index]?.[1]) })),
	];
}

const titles = (found: readonly Finding[], language: 'en' | 'ko' = 'en') =>
	found.map(({ title }) => render(title, language));
const commands = ({ fixes }: Finding) =>
	fixes.flatMap(({ action }) =>
		action.kind === 'container' ? (commandOfFix(action, { state: stateOf() }) ?? []) : [],
	);

test('a finding names the service and the replica', () => {
	const [one, ...others] = findings(...workers(up, exited(60_000)));
	expect(others).toEqual([]);
	expect(one).toMatchObject({ id: 'container exited airflow-worker', subject: 'airflow-worker', severity: 'critical' });
	expect(one && titles([one])).toEqual(['airflow-worker (replica 2 of 2) exited']);
	expect(one && titles([one], 'ko')).toEqual(['airflow-worker(복제본 2/2) 컨테이너가 종료되었습니다']);
	expect(one?.impact.map(message => render(message, 'en'))).toEqual([
		'Other replicas of the service keep running, with less capacity',
	]);
	expect(one && commands(one).map(command => command.replace(/^.* start /, 'start '))).toEqual([
		'start mlops-airflow-worker-2',
	]);
});

test('the same wrong with several replicas is one finding, since the first of them', () => {
	const [one, ...others] = findings(...workers(exited(60_000), up, exited(300_000)));
	expect(others).toEqual([]);
	expect(one?.since).toBe(now - 300_000);
	expect(one && titles([one])).toEqual(['airflow-worker (replicas 1, 3 of 3) exited']);
	expect(one && titles([one], 'ko')).toEqual(['airflow-worker(복제본 3개 중 1, 3번) 컨테이너가 종료되었습니다']);
	const told = one?.evidence.map(({ message }) => render(message, 'en')) ?? [];
	expect(told.map(text => text.slice(0, 10))).toEqual(['Replica 1:', 'Replica 3:']);
	expect(one && commands(one).map(command => command.replace(/^.* start /, 'start '))).toEqual([
		'start mlops-airflow-worker-1 mlops-airflow-worker-3',
	]);
	const texts = one?.fixes.map(({ message }) => render(message, 'en')) ?? [];
	expect(texts).toEqual([...new Set(texts)]);
	expect(texts.filter(text => /compose|recreate|Bring/i.test(text))).toHaveLength(1);
});

test('all replicas are called so, and the service is then down', () => {
	const [one, ...others] = findings(...workers(exited(60_000), exited(61_000)));
	expect(others).toEqual([]);
	expect(one && titles([one])).toEqual(['airflow-worker (all 2 replicas) exited']);
	expect(one && titles([one], 'ko')).toEqual(['airflow-worker(복제본 2개 모두) 컨테이너가 종료되었습니다']);
	expect(one?.impact.map(message => render(message, 'en')).join()).not.toMatch(/Other replicas/);
});

test('the finding stays the same one when another replica follows, and differing faults stay two', () => {
	const first = findings(...workers(exited(60_000), up)).map(({ id }) => id);
	expect(findings(...workers(exited(60_000), exited(30_000))).map(({ id }) => id)).toEqual(first);
	const mixed = findings(...workers(exited(60_000), [{ state: 'paused' }, { state: 'paused' }]));
	expect(titles(mixed).toSorted()).toEqual([
		'airflow-worker (replica 1 of 2) exited',
		'airflow-worker (replica 2 of 2) is paused',
	]);
});

test('a drift of all replicas is that of the service', () => {
	const facts = workers(up, up);
	const all = facts.flatMap(fact => (fact.type === 'containers listed' ? fact.containers : []));
	const ids = all.filter(({ service }) => service === 'airflow-worker').map(({ id }) => id);
	const file = check({
		check: 'compose file',
		hashes: Object.fromEntries(services.map(name => [name, 'hash'])),
		images: {},
	});
	const drifted = (...changed: string[]) =>
		titles(
			findings(
				...facts,
				file,
				...ids.map(id =>
					check({ check: 'setup', setup: setup({ configHash: changed.includes(id) ? 'old' : 'hash' }) }, id),
				),
			),
		);
	expect(drifted(...ids).join()).toMatch(/^airflow-worker differs/);
	expect(drifted(ids[1] ?? '').join()).toMatch(/^airflow-worker \(replica 2 of 2\) differs/);
});
