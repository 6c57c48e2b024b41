import { expect, test } from 'vitest';
import { SignWatch } from '../../source/checks/log-signs.ts';
import type { DockerClient } from '../../source/clients/engine/docker.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import type { Quiet } from '../../source/feeds/quiet.ts';
import { Wake } from '../../source/feeds/schedule.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { container, diagnosisOptions } from '../diagnosis/stack.ts';
import { HandClock } from '../given/hand-clock.ts';
import { stubOf } from '../given/stub.ts';

test('a log is read on from its last line, and a container that was removed is forgotten', async () => {
	const clock = new HandClock(Date.UTC(2026, 10, 24, 9));
	const end = new AbortController();
	let names = ['airflow-worker'];
	const since: (string | undefined)[] = [];
	const docker = stubOf<DockerClient>({
		// Logs are not followed through ssh.
		host: { kind: 'ssh', address: 'ssh://db-host', origin: '', tlsDirectory: null },
		async *logs(_id, request) {
			since.push(request.since);
			yield [{ stamp: '2026-11-24T09:00:01.000000000Z', loggedAt: clock.now(), channel: 'stdout', text: 'Booting' }];
		},
	});
	const facts = () => {
		const containers = names.map(name => container(name));
		const state = reduce(initialState, { type: 'containers listed', containers, at: clock.now() });
		return factsOf(state, clock.now(), diagnosisOptions);
	};
	const quiet = stubOf<Quiet>({ pauseMs: ms => ms });
	const deps = { docker, facts, isFocused: () => true, quiet, wake: new Wake() };
	const watch = new SignWatch({ clock, signal: end.signal, observe: () => undefined, random: () => 0.5 }, deps);
	const running = watch.run();
	await clock.advance(8000);
	names = [];
	await clock.advance(8000);
	names = ['airflow-worker'];
	await clock.advance(8000);
	const [first, second, again] = since;
	expect(since).toHaveLength(3);
	expect(second).not.toBe(first);
	// The last minute, of a container that is new.
	expect(Number(again)).toBe(Number(first) + 24);
	end.abort();
	await clock.advance(0);
	await running;
});
