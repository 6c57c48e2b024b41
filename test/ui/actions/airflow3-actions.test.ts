import { test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import type { Airflow3 } from '../../../source/clients/airflow/airflow3.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import type { TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import type { Question } from '../../../source/model/airflow/question.ts';
import type { Fact } from '../../../source/model/observation.ts';
import type { Effect, FormQuestion } from '../../../source/ui/conversation.ts';
import { dagId, healthy, now, run, runsFetched, stages, stateOf, task } from '../../diagnosis/stack.ts';
import { english, expect } from '../../english.ts';
import { begun, choiceOf, outcomeOf, pageOf, refusalOf } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';

/** What needs Airflow 3, on the screen. */
const given = (newer: Partial<Airflow3>) => {
	const state = stateOf(...healthy);
	const airflow = stubOf<AirflowClient>({ airflow3: async () => stubOf<Airflow3>(newer) });
	return {
		state: {
			...state,
			sources: { ...state.sources, airflow: { version: '3.3.2', address: 'http://a', connectedAt: 0 } },
		},
		clients: stubOf<Clients>({ airflow }),
	};
};
async function formOf(effect: Effect): Promise<FormQuestion> {
	const outcome = await outcomeOf(effect);
	if (outcome.kind !== 'form') throw new Error(`a form was expected: ${JSON.stringify(outcome)}`);
	return outcome.question;
}
async function effectsOf(effect: Effect): Promise<string[]> {
	const outcome = await outcomeOf(effect);
	if (outcome.kind !== 'plan') throw new Error(`a plan was expected: ${JSON.stringify(outcome)}`);
	return outcome.plan.effects.map(one => english(one));
}

const tasksOf = (taskInstances: TaskInstance[]): Fact => ({
	type: 'task instances fetched',
	...{ dagId, dagRunId: 'newest', taskInstances },
});

const approve: Question = {
	...{ dagId: 'release', dagRunId: 'r7', taskId: 'approve', mapIndex: -1, askedAt: now - 60_000, assigned: [] },
	...{ subject: 'Release?', body: 'AUC 0.93\n\npassword=hunter22', options: ['Approve', 'Reject'], params: [] },
	...{ defaults: ['Reject'], multiple: false },
};
const share = {
	...{ name: 'share', value: 10, description: 'Percent', title: null },
	schema: { type: 'integer', minimum: 1, maximum: 100 },
};
const choose: Question = {
	...approve,
	...{ taskId: 'choose', subject: 'Regions?', body: '', options: ['eu', 'us'], defaults: [], multiple: true },
	params: [share],
};

test('one question: its text above the default, without secrets, and a plan with the answer', async () => {
	const form = await formOf(begun('answer', given({ questions: async () => [approve] })));
	expect(form.title).toBe('approve of release asks');
	expect(form.intro?.slice(0, 2)).toEqual(['Release?', 'AUC 0.93']);
	expect(form.intro?.join('\n')).not.toContain('hunter22');
	expect(form.intro).toContain('Without an answer: Reject');
	expect(form.fields).toMatchObject([{ name: 'answer', initial: 'Reject', values: ['Approve', 'Reject'] }]);
	const made = form.conf({ answer: 'Approve' });
	expect(made).toEqual({ conf: '{"chosen":["Approve"],"params":{}}' });
	expect(await effectsOf(form.next('{"chosen":["Approve"],"params":{}}'))).toEqual(
		expect.arrayContaining(['Answers: Approve', expect.stringContaining('asks: Release?')]),
	);
	expect(form.conf({ answer: '' })).toEqual({ problems: { answer: 'Choose an option: Approve, Reject' } });
});

test('several questions are offered; several options and params are checked before they are sent', async () => {
	const question = choiceOf(await outcomeOf(begun('answer', given({ questions: async () => [approve, choose] }))));
	expect(question.choices.map(({ label, hint }) => `${label} (${hint})`)).toEqual([
		...['release approve: Release? (waits 1m)', 'release choose: Regions? (waits 1m)'],
	]);
	const form = await formOf(question.next('1'));
	expect(form.fields.map(({ name, initial }) => `${name} ${initial}`)).toEqual(['eu false', 'us false', 'share 10']);
	expect(form.conf({ eu: 'false', us: 'false', share: '10' })).toEqual({
		problems: { '': 'Choose an option: eu, us' },
	});
	expect(form.conf({ eu: 'true', us: 'true', share: '1000' })).toHaveProperty('problems');
	const conf = '{"chosen":["eu","us"],"params":{"share":20}}';
	expect(form.conf({ eu: 'true', us: 'true', share: '20' })).toEqual({ conf });
	expect(form.values(conf)).toEqual({ values: { eu: 'true', us: 'true', share: '20' } });
	expect(form.values('[]')).toHaveProperty('problem');
	expect(await effectsOf(form.next(conf))).toContain('Params: {"share":20}');
	expect(await refusalOf(begun('answer', given({ questions: async () => [] })))).toMatchObject({
		refused: 'No task waits for an answer',
	});
});

test('of a mapped task, the chosen instance is answered; without one its instances are offered', async () => {
	const [taskId = ''] = stages;
	const asking = [0, 1].map(mapIndex => task(taskId, 'awaiting_input', { mapIndex }));
	const of = (mapIndex: number): Question => ({ ...approve, dagId, dagRunId: 'newest', taskId, mapIndex });
	const context = given({ questions: async () => [choose, of(0), of(1)] });
	const facts = [runsFetched(run('newest', 'running', 60_000)), tasksOf(asking)];
	const state = { ...stateOf(...facts), sources: context.state.sources };
	const view = { focus: 'pipeline' as const, taskId };
	const form = await formOf(begun('answer', { ...context, state, view: { ...view, instance: `${taskId}[1]` } }));
	expect(form.title).toBe(`${taskId}[1] of ${dagId} asks`);
	const both = choiceOf(await outcomeOf(begun('answer', { ...context, state, view })));
	expect(both.choices.map(({ label }) => label)).toEqual([0, 1].map(index => `${dagId} ${taskId}[${index}]: Release?`));
});

const backfill = {
	...{ id: 3, dagId, from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 3), isPaused: false, reprocess: 'none' },
	...{ maxActiveRuns: 2, createdAt: now, completedAt: null },
};
const progress = { total: 3, success: 1, failed: 0, running: 1, queued: 1 };

test('an active backfill is paused or cancelled; without one, a form asks for the dates', async () => {
	const active = given({ backfills: async () => [backfill], backfillProgress: async () => progress });
	const question = choiceOf(await outcomeOf(begun('backfill', active)));
	expect(question.choices).toMatchObject([{ id: 'pause', hint: '1 of 3 done' }, { id: 'cancel' }]);
	expect(await effectsOf(question.next('cancel'))).toEqual([
		expect.stringContaining('its 1 queued DAG run fails without running. 1 running continues.'),
	]);
	const previewBackfill = async () => [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 2)];
	const form = await formOf(begun('backfill', given({ backfills: async () => [], previewBackfill })));
	const values = {
		from: '2026-11-01',
		to: '2026-11-02',
		reprocess: 'failed',
		max_active_runs: '2',
		backwards: 'false',
	};
	const made = form.conf(values);
	if (!('conf' in made)) throw new Error('it is valid');
	expect(await effectsOf(form.next(made.conf))).toEqual(
		expect.arrayContaining([expect.stringContaining('for: 2026-11-01, 2026-11-02.')]),
	);
	expect(form.conf({ ...values, to: '2026-10-01', from: 'soon', max_active_runs: '0' })).toEqual({
		problems: { from: 'a date such as 2026-01-31', max_active_runs: 'a whole number from 1' },
	});
	expect((await pageOf(begun('backfills', active))).lines[0]?.text).toContain(
		'active: 1 of 3 done, 0 failed, 1 running',
	);
});

const prices = {
	...{ id: 1, name: 'prices', uri: 's3://lake/prices', group: 'asset', lastEventAt: null, consumers: [] },
	...{ producers: [{ dagId, taskId: 'load' }], scheduledDags: ['report'] },
};

test('assets with their events; one is materialized by its DAG', async () => {
	const source = { dagId, dagRunId: 'r1', taskId: 'load' };
	const event = { id: 1, assetId: 1, name: 'prices', at: now, source, started: [] };
	const page = await pageOf(begun('assets', given({ assets: async () => [prices], assetEvents: async () => [event] })));
	const text = page.lines.map(line => line.text).join('\n');
	expect(text).toContain(`${dagId}.load`);
	expect(text).toContain(`prices from ${dagId}.load r1`);
	const question = choiceOf(await outcomeOf(begun('materialize', given({ assets: async () => [prices] }))));
	expect(await effectsOf(question.next('1'))).toEqual([
		expect.stringContaining(`Starts a run of ${dagId}, which produces prices`),
		'When it succeeds, its event can start: report',
	]);
});
