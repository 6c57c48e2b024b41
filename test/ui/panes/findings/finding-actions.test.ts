import { expect, test } from 'vitest';
import type { AirflowClient } from '../../../../source/clients/airflow/airflow.ts';
import type { Clients } from '../../../../source/clients/clients.ts';
import type { DockerClient } from '../../../../source/clients/engine/docker.ts';
import type { CheckLine } from '../../../../source/diagnosis/check-report.ts';
import { messageOf } from '../../../../source/diagnosis/messages/message.ts';
import {
	type Acknowledgement,
	type AcknowledgementsProblem,
	acknowledgementsProblem,
} from '../../../../source/model/acknowledgement.ts';
import type { Finding, FixAction } from '../../../../source/model/finding.ts';
import type { StackState } from '../../../../source/model/state.ts';
import type { Effect } from '../../../../source/ui/conversation.ts';
import { quoted } from '../../../../source/words/message.ts';
import { dagId, now, stateOf } from '../../../diagnosis/stack.ts';
import { settled } from '../../../given/hand-clock.ts';
import {
	applied,
	begun,
	choiceOf,
	type GivenContext,
	inputOf,
	outcomeOf,
	pageOf,
	refusalOf,
	viewAfter,
} from '../../../given/step-context.ts';
import { stubOf } from '../../../given/stub.ts';

const sample: Finding = {
	id: 'container exited: mlflow',
	rule: 'container exited',
	subject: 'mlflow',
	severity: 'critical',
	since: now - 60_000,
	title: messageOf('checks.title'),
	evidence: [],
	cause: messageOf('checks.title'),
	reason: messageOf('checks.title'),
	impact: [],
	fixes: [],
	explainedBy: null,
};
const message = messageOf('checks.title');

/** A stack with one finding that has these fixes. */
const having = (...actions: readonly FixAction[]): StackState => ({
	...stateOf(),
	findings: [{ ...sample, fixes: actions.map(action => ({ message, action })) }],
});
/** The result of choosing the only fix. */
function chosen(action: FixAction, given: GivenContext = {}): Effect {
	const question = choiceOf(begun('fix', { state: having(action), view: { focus: 'findings' }, ...given }));
	return question.next('0');
}
type Look = Extract<FixAction, { kind: 'look' }>;
const look = (at: Look['at'], subject = '', more: Partial<Look> = {}): Look => ({
	kind: 'look',
	at,
	subject,
	dagId: null,
	dagRunId: null,
	...more,
});

test('without a finding, or without a fix, there is nothing to choose', async () => {
	const none = { state: { ...stateOf(), findings: [] } };
	for (const actionId of ['fix', 'choose-fix', 'acknowledge'])
		expect((await refusalOf(begun(actionId, none))).kind, actionId).toBe('nothing');
	expect((await refusalOf(begun('fix', { state: having() }))).refused).toBe('No fix is known for this finding');
});

test('fixes are offered with a digit and their command; read-only, what changes something is refused', () => {
	const restart: FixAction = { kind: 'container', verb: 'restart', container: 'mlflow' };
	const advice: FixAction = { kind: 'advice' };
	const state = having(restart, ...Array.from({ length: 9 }, () => advice));
	const { choices, next } = choiceOf(begun('choose-fix', { state, readOnly: true }));
	expect(choices.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', undefined]);
	expect(choices[0]).toMatchObject({ hint: 'docker restart mlflow', refused: 'laketop runs read-only' });
	expect(choices[1]).not.toHaveProperty('refused');
	expect(next('99')).toEqual({ kind: 'nothing' });
	expect(choiceOf(begun('fix', { state })).choices[0]).not.toHaveProperty('refused');
});

test('a fix that changes something leads to its plan', async () => {
	const effect = await outcomeOf(
		chosen(
			{ kind: 'container', verb: 'restart', container: 'mlflow' },
			{ airflowLogin: { username: 'a', password: 'b' } },
		),
	);
	expect(effect).toMatchObject({ kind: 'plan', plan: { command: 'docker restart mlflow' } });
});

test('what has to be typed is copied, advice is read in full', async () => {
	expect(chosen({ kind: 'type', command: 'sudo chown x' })).toEqual({
		kind: 'copy',
		text: 'sudo chown x',
		what: ['command', '명령'],
	});
	const page = await pageOf(chosen({ kind: 'advice' }));
	expect(page.lines.map(({ text }) => text).join('\n')).toContain('Check results');
});

test.each([
	[look('service', 'mlflow'), { focus: 'services', selectedService: 'mlflow' }],
	[look('log', 'mlflow'), { focus: 'logs', logs: { selection: { kind: 'container', name: 'mlflow' } } }],
	[look('run', '', { dagId: 'other', dagRunId: 'r1' }), { focus: 'pipeline', dagId: 'other', dagRunId: 'r1' }],
	[look('run', '', { dagRunId: 'r1' }), { focus: 'pipeline', dagId, dagRunId: 'r1' }],
	[
		look('task log', 'divide[7]', { dagId: 'other', dagRunId: 'r1' }),
		{
			focus: 'logs',
			dagId: 'other',
			dagRunId: 'r1',
			taskId: 'divide',
			instance: 'divide[7]',
			logs: { selection: { kind: 'task', request: { taskId: 'divide', mapIndex: 7, follow: 'task' } } },
		},
	],
	[
		look('task log', 'collect', { dagId: 'other', dagRunId: 'r1' }),
		{ logs: { selection: { kind: 'task', request: { taskId: 'collect', mapIndex: -1 } } } },
	],
	[
		look('question', 'approve[1]', { dagId: 'other', dagRunId: 'r1' }),
		{ focus: 'pipeline', dagId: 'other', dagRunId: 'r1', taskId: 'approve', instance: 'approve[1]' },
	],
	// Without a run: nothing to read.
	[look('task log', 'collect'), { focus: 'findings' }],
] as const)('%j leads to its place, out of the opened pane', (action, expected) => {
	const before = { focus: 'findings', zoomed: true } as const;
	const view = viewAfter(chosen(action, { view: before }), before);
	expect(view).toMatchObject({ zoomed: false, browse: null, ...expected });
});

test('what has to be asked for is asked for: an inspection, the source of the DAG meant, the disk', async () => {
	const gone = chosen(look('inspect', 'vanished'));
	expect((await refusalOf(gone)).refused).toBe('Container vanished no longer exists');
	const asked: string[] = [];
	const clients = stubOf<Clients>({
		airflow: stubOf<AirflowClient>({
			dagSource: async ({ dagId: id }) => {
				asked.push(id);
				return 'x = 1\n';
			},
		}),
		docker: stubOf<DockerClient>({
			inspection: id => {
				asked.push(id);
				return Promise.reject(new Error('enough'));
			},
			diskUsage: () => Promise.reject(new Error('enough')),
		}),
	});
	expect((await pageOf(chosen(look('source'), { clients }))).copies).toBe('x = 1\n');
	expect((await refusalOf(chosen(look('source', '', { dagId: 'other' }), { clients }))).refused).toBe(
		'Airflow has no DAG other. Run laketop dags to list the DAGs',
	);
	expect((await refusalOf(chosen(look('inspect', 'mlflow'), { clients }))).refused).toBe('enough');
	expect((await refusalOf(chosen(look('disk'), { clients }))).refused).toBe('enough');
	expect(asked).toEqual([dagId, 'mlflow']);
});

test('checks are shown while they are made, and counted when they are done', async () => {
	const line = (more: Partial<CheckLine>): CheckLine => ({
		id: 'database',
		verdict: 'skipped',
		name: messageOf('checks.database'),
		answer: message,
		lines: [],
		at: null,
		...more,
	});
	let report = [line({}), line({ id: 'broker' })];
	let finish = () => {};
	const deepCheck = () => new Promise<void>(resolve => (finish = resolve));
	const page = await pageOf(chosen({ kind: 'check' }, { deepCheck, checkReport: () => report }));
	expect(page.again?.everyMs).toBeLessThan(1000);
	expect(page.lines).toHaveLength(2);
	report = [
		line({ verdict: 'passed', at: now }),
		line({ id: 'broker', verdict: 'failed', at: now, lines: ['refused'] }),
	];
	finish();
	await settled();
	const done = await page.again?.ask();
	expect(done?.again).toBeUndefined();
	expect(done?.note).toMatch(/1 passed, 1 failed, 0 skipped; y copies it$/);
	expect(done?.lines.map(({ tone }) => tone)).toEqual([undefined, 'bad', 'muted']);
	expect(done?.lines.at(-1)?.text).toMatch(/^ +\| refused$/);
});

test('an acknowledgement asks how long and why, and says when it could not be kept', async () => {
	const kept: Acknowledgement[] = [];
	const given = (problem: AcknowledgementsProblem | null): GivenContext => ({
		state: having(),
		acknowledge: async acknowledgement => {
			kept.push(acknowledgement);
			return problem;
		},
	});
	const question = choiceOf(begun('acknowledge', given(null)));
	expect(question.choices.map(({ id }) => id)).toEqual(['clears', '1h', '4h', '24h', '7d']);
	const note = inputOf(question.next('4h'));
	expect(note.initial).toBe('');
	expect(note.problem('short')).toBeNull();
	expect(note.problem('x'.repeat(10_000))).toMatch(/at most \d+ characters$/);
	expect(await outcomeOf(note.next('known'))).toMatchObject({ kind: 'nothing', hint: expect.any(String) });
	await outcomeOf(inputOf(question.next('clears')).next(''));
	expect(kept).toMatchObject([
		{ findingId: sample.id, note: 'known', acknowledgedAt: now, until: now + 4 * 3_600_000 },
		{ findingId: sample.id, note: '', until: null },
	]);
	const diskFull = acknowledgementsProblem('not written', {
		path: '/home/ops/acks',
		detail: quoted('the disk is full'),
	});
	const full = inputOf(choiceOf(begun('acknowledge', given(diskFull))).next('1h'));
	expect(await refusalOf(full.next(''))).toEqual({
		refused: expect.stringContaining('the disk is full'),
		kind: 'refused',
	});
});

test('what is acknowledged begins with its note, and can be taken back', async () => {
	const removed: string[] = [];
	const state: StackState = {
		...having(),
		acknowledgements: [{ findingId: sample.id, note: 'known', by: 'ops', acknowledgedAt: now, until: null }],
	};
	const question = choiceOf(
		begun('acknowledge', {
			state,
			unacknowledge: async id => {
				removed.push(id);
				return null;
			},
		}),
	);
	expect(question.choices.at(-1)).toMatchObject({ id: 'remove', key: 'r' });
	expect(inputOf(question.next('1h')).initial).toBe('known');
	expect(await outcomeOf(question.next('remove'))).toMatchObject({
		hint: expect.stringMatching(/^No longer acknowledged/),
	});
	expect(removed).toEqual([sample.id]);
});

test('Enter opens the finding from its first row; then a page goes through its text', () => {
	const two = { ...having(), findings: [sample, { ...sample, id: 'second' }] };
	expect(viewAfter(begun('open-finding'), { findingScroll: 4 })).toMatchObject({ zoomed: true, findingScroll: 0 });
	const at = (state: StackState, more: GivenContext['view']) => ({
		state,
		page: 8,
		view: { focus: 'findings', selectedFinding: sample.id, ...more } as const,
	});
	expect(applied('down', at(two, {}))).toMatchObject({ selectedFinding: 'second', findingScroll: 0 });
	expect(applied('down', at(two, { zoomed: true }))).toMatchObject({ selectedFinding: 'second' });
	expect(applied('page-down', at(two, { zoomed: true }))).toMatchObject({
		selectedFinding: sample.id,
		findingScroll: 7,
	});
	expect(applied('down', at(having(), { zoomed: true, findingScroll: 2 })).findingScroll).toBe(3);
	expect(applied('first', at(having(), { zoomed: true, findingScroll: 2 })).findingScroll).toBe(0);
	expect(applied('down', at({ ...two, findings: [] }, {})).selectedFinding).toBe(sample.id);
});
