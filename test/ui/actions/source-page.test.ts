import { test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import type { Airflow3 } from '../../../source/clients/airflow/airflow3.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import { dagFile, dagId, healthy, run, runsFetched, stateOf } from '../../diagnosis/stack.ts';
import { expect } from '../../english.ts';
import { begun, choiceOf, outcomeOf, pageOf } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';

/** A stack whose newest run ran with a version of its DAG; Airflow has two. */
function given(ran: number) {
	const state = stateOf(...healthy, runsFetched(run('manual__1', 'success', 0, { versions: [ran] })));
	const newer = stubOf<Airflow3>({
		dagVersions: async () => [2, 1].map(number => ({ number, createdAt: null, bundleVersion: null })),
		sourceOfVersion: async (_, number) => `version ${number}\n`,
	});
	const airflow = stubOf<AirflowClient>({ airflow3: async () => newer, dagSource: async () => 'newest\n' });
	return { state, clients: stubOf<Clients>({ airflow }) };
}

test('the source of a run whose DAG has changed since: asks for the version', async () => {
	const question = choiceOf(await outcomeOf(begun('source', given(1))));
	expect(question).toMatchObject({ selected: '1', title: 'The DAG has changed since manual__1: which version?' });
	expect(question.choices.map(({ key }) => key)).toEqual(['r', 'n']);
	const old = await pageOf(question.next('1'));
	expect(old).toMatchObject({ title: `${dagFile}, version 1`, copies: 'version 1\n' });
	expect(old.note).toContain('the newest version is 2');
	expect((await pageOf(question.next('2'))).note).toContain('the newest version in Airflow');
});

test('of a run with the newest version, and of a DAG in the list: no question', async () => {
	expect(await pageOf(begun('source', given(2)))).toMatchObject({ title: `${dagFile}, version 2` });
	const browse = { kind: 'dags', filter: '', sort: null, state: null, selected: dagId, back: null } as const;
	expect(await pageOf(begun('source', { ...given(1), view: { browse } }))).toMatchObject({ copies: 'newest\n' });
});
