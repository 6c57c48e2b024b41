import { expect, test } from 'vitest';
import { brokerCheck } from '../../source/checks/broker.ts';
import type { Check, CheckDeps } from '../../source/checks/check.ts';
import { databaseCheck } from '../../source/checks/database.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { ClientError } from '../../source/model/failures/failure.ts';
import { quoted } from '../../source/words/message.ts';
import { check, diagnosisOptions, now, services, setup, stateOf } from '../diagnosis/stack.ts';
import { stubOf } from '../given/stub.ts';

const unfinished = new ClientError('timeout', quoted('sh in the container has not ended within 5 s'), null, {
	code: 'command-unfinished',
});
const notStarted = new ClientError('timeout', quoted('the engine has not started sh in the container within 5 s'));
const answered = { exitCode: 0, lines: ['PONG'], tookMs: 10 };
const never = new AbortController().signal;

/** The results of the commands in the container, one after the other. */
function depsOf(ends: (ClientError | typeof answered)[]): CheckDeps {
	const state = stateOf(...services.map(name => check({ check: 'setup', setup: setup() }, name)));
	const left = [...ends];
	const runIn = async () => {
		const end = left.shift();
		if (end === undefined) throw new Error('asked once more than expected');
		if (end instanceof ClientError) throw end;
		return end;
	};
	return stubOf<CheckDeps>({
		docker: stubOf<CheckDeps['docker']>({ runIn }),
		facts: () => factsOf(state, now, diagnosisOptions),
		now: () => now,
	});
}

test.each<[name: string, check: Pick<Check, 'look'>, hanging: object]>([
	['the broker', brokerCheck(), { hang: unfinished.failure.message }],
	['the database', databaseCheck, { isHanging: true, problem: unfinished.failure.message }],
])('%s hangs only where two commands in a row did not end', async (_name, { look }, hanging) => {
	expect(await look(depsOf([unfinished, answered]), '', never)).not.toMatchObject(hanging);
	expect(await look(depsOf([unfinished, unfinished]), '', never)).toMatchObject(hanging);
	await expect(look(depsOf([notStarted]), '', never)).rejects.toBe(notStarted);
	await expect(look(depsOf([unfinished, notStarted]), '', never)).rejects.toBe(notStarted);
});
