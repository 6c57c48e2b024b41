import { expect, test } from 'vitest';
import type { Airflow3 } from '../../../source/clients/airflow/airflow3.ts';
import type { EventsWanted } from '../../../source/clients/airflow/airflow3-watching.ts';
import { AuditLog, watchAuditLog } from '../../../source/feeds/files/audit-log.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import type { AirflowEvent } from '../../../source/model/airflow/airflow-watch.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { initialState } from '../../../source/model/state.ts';
import { quoted } from '../../../source/words/message.ts';

import { HandClock } from '../../given/hand-clock.ts';

const { signal } = new AbortController();
const at = (version: string) => ({ sources: { airflow: { version, address: 'http://a', connectedAt: 0 } } });
const event = (id: number): AirflowEvent => ({
	...{ id, at: 1000 + id, event: 'patch_dag', owner: 'ann', dagId: 'etl', dagRunId: null, taskId: null },
	extra: 'is_paused=true',
});

function start() {
	const server = { events: [event(2), event(1)], wanted: [] as EventsWanted[], failure: null as ClientError | null };
	const observed: Fact[] = [];
	const fake: Partial<Airflow3> = {
		events: async wanted => {
			server.wanted.push(wanted);
			if (server.failure) throw server.failure;
			return server.events;
		},
	};
	const client = () => ({ airflow3: async () => fake as Airflow3 });
	const log = new AuditLog({ observe: fact => observed.push(fact) });
	const ids = () =>
		observed.splice(0).flatMap(fact => (fact.type === 'airflow events fetched' ? fact.events.map(({ id }) => id) : []));
	return { server, log, client, ids };
}

test('each event is reported once: the next look asks for later ones, and leaves out the last', async () => {
	const { server, log, client, ids } = start();
	const airflow = client();
	await log.read(airflow, at('3.3.2'), signal);
	expect(ids()).toEqual([2, 1]);
	server.events = [event(3), event(2)];
	await log.read(airflow, at('3.3.2'), signal);
	expect(ids()).toEqual([3]);
	expect(server.wanted.map(({ after }) => after)).toEqual([undefined, 1002]);
	await log.read(airflow, at('3.3.2'), signal);
	expect(ids()).toEqual([]);
	// Another server counts anew.
	server.events = [event(1)];
	await log.read(client(), at('3.3.2'), signal);
	expect(ids()).toEqual([1]);
});

test('Airflow 2 is not asked; who may not read the audit log is asked once', async () => {
	const { server, log, client, ids } = start();
	const airflow = client();
	await log.read(airflow, at('2.10.5'), signal);
	expect(server.wanted).toEqual([]);
	server.failure = new ClientError('server', quoted('it is restarting'), null, { httpStatus: 503 });
	await log.read(airflow, at('3.3.2'), signal);
	server.failure = new ClientError('unauthorised', quoted('Forbidden'), null, { httpStatus: 403 });
	for (let look = 0; look < 3; look++) await log.read(airflow, at('3.3.2'), signal);
	expect(server.wanted).toHaveLength(2);
	expect(ids()).toEqual([]);
});

test('the feed asks once Airflow is known, twice a minute, and at once after a change', async () => {
	const { server, client, ids } = start();
	const airflow = client();
	const clock = new HandClock(0);
	const end = new AbortController();
	const [dagsWake, interest] = [new Wake(), createInterest('etl')];
	let state = { ...initialState };
	const observed: Fact[] = [];
	const context = { clock, signal: end.signal, random: () => 0.5, observe: (fact: Fact) => observed.push(fact) };
	const running = watchAuditLog(context, { airflow: () => airflow, state: () => state, interest, dagsWake });
	await clock.advance(900);
	expect(server.wanted).toHaveLength(0);
	state = { ...state, ...at('3.3.2') };
	await clock.advance(200);
	expect(server.wanted).toHaveLength(1);
	await clock.advance(29_000);
	expect(server.wanted).toHaveLength(1);
	dagsWake.fire();
	await clock.advance(0);
	expect(server.wanted).toHaveLength(2);
	await clock.advance(30_000);
	expect(server.wanted).toHaveLength(3);
	expect(observed).toHaveLength(1);
	expect(ids()).toEqual([]);
	end.abort();
	await clock.advance(0);
	await running;
});
