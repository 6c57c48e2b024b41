import { expect, test } from 'vitest';
import type { Clients } from '../../../source/clients/clients.ts';
import type { SshConnection } from '../../../source/clients/ssh/ssh-connection.ts';
import type { StackState } from '../../../source/model/state.ts';
import type { Effect } from '../../../source/ui/conversation.ts';
import { healthy, stateOf } from '../../diagnosis/stack.ts';
import { begun, type GivenContext } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';

/** `o` on a page that is reached through ssh. */

const target = { host: '127.0.0.1', port: 8082 };

function through(): StackState {
	const state = stateOf(...healthy);
	return {
		...state,
		engine: { address: 'ssh://ops@db-host:2222', origin: '--docker-host', isDefault: false },
		endpoints: state.endpoints.map(one =>
			one.id === 'airflow' ? { ...one, pageUrl: 'http://db-host:8082', throughSsh: target } : one,
		),
	};
}

/** A connection with this port open, and what was asked of it. */
function connection(port: number | null) {
	const asked: string[] = [];
	const ssh = stubOf<SshConnection>({
		portFor: () => port,
		openPort: async ({ host, port: there }) => {
			asked.push(`open ${host}:${there}`);
			return { port: 18_082, close: () => undefined };
		},
		closePort: async ({ port: there }) => void asked.push(`close ${there}`),
	});
	return { asked, clients: stubOf<Clients>({ ssh }) };
}

const opened = (clients: Clients, more: GivenContext = {}) =>
	begun('open-page', { state: through(), clients, view: { focus: 'pipeline' }, ...more });

async function answered(effect: Effect, id: string): Promise<Effect> {
	if (effect.kind !== 'choose') throw new Error(`${effect.kind} is no question`);
	const next = effect.question.next(id);
	return next.kind === 'wait' ? next.until : next;
}

test('a browser: a port is opened only after a question that says who can use it', async () => {
	const { asked, clients } = connection(null);
	const question = opened(clients, { environment: { DISPLAY: ':0', BROWSER: 'firefox' } });
	expect(question).toMatchObject({
		kind: 'choose',
		question: {
			choices: [{ id: 'open', hint: expect.stringMatching(/db-host:8082 through ssh until laketop exits; others/) }],
		},
	});
	expect(asked).toEqual([]);
	const effect = await answered(question, 'open');
	expect(effect).toMatchObject({
		kind: 'open address',
		url: expect.stringMatching(/^http:\/\/localhost:18082\/dags\//),
	});
	expect(asked).toEqual(['open 127.0.0.1:8082']);
});

test('an open port is named, and can be closed', async () => {
	const { asked, clients } = connection(18_082);
	const question = opened(clients, { environment: { BROWSER: 'firefox' } });
	expect(question).toMatchObject({
		question: {
			choices: [{ hint: expect.stringMatching(/^localhost:18082 leads to db-host:8082; others/) }, { id: 'close' }],
		},
	});
	expect(await answered(question, 'close')).toMatchObject({ kind: 'nothing', hint: 'The port is closed' });
	expect(asked).toEqual(['close 8082']);
});

test('without a browser: the tunnel, for a machine that has one', () => {
	const { asked, clients } = connection(null);
	const effect = opened(clients, { environment: { SSH_CONNECTION: '10.0.0.9 51234 10.0.0.5 22', DISPLAY: ':0' } });
	if (effect.kind !== 'page') throw new Error(`${effect.kind} is no page`);
	const tunnel = 'ssh -N -L 8082:127.0.0.1:8082 -p 2222 ops@db-host';
	expect(effect.page.also).toEqual([expect.objectContaining({ key: 't', text: tunnel })]);
	expect(effect.page.lines.map(({ text }) => text).join('\n')).toMatch(/then open http:\/\/localhost:8082\/dags\//);
	expect(asked).toEqual([]);
});

test('a page that is reached from here opens at once', () => {
	const { clients } = connection(null);
	const effect = opened(clients, { environment: { BROWSER: 'firefox' }, state: stateOf(...healthy) });
	expect(effect).toMatchObject({ kind: 'open address', url: expect.stringMatching(/^http:\/\/localhost\/airflow\//) });
});
