import { expect, test } from 'vitest';
import type { AirflowClient, RunsWanted } from '../../../source/clients/airflow/airflow.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import type { DagRun } from '../../../source/model/airflow/pipeline.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import { momentOfWords } from '../../../source/ui/actions/jump.ts';
import { quoted } from '../../../source/words/message.ts';
import { dagId, minute, now, run } from '../../diagnosis/stack.ts';
import { begun, choiceOf, inputOf, outcomeOf, refusalOf, viewAfter } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';
import { inUtc } from '../../in-utc.ts';

inUtc();

const day = 24 * 60 * minute;
const at = (text: string) => Date.parse(text);

test.each([
	['14:03', at('2026-11-24T14:03:00Z')],
	['14:03:21', at('2026-11-24T14:03:21Z')],
	// Later than now: yesterday's.
	['14:04', at('2026-11-23T14:04:00Z')],
	['24:00', null],
	['12:60', null],
	['5m', now - 5 * minute],
	['-1h30m', now - 90 * minute],
	['2h ago', now - 120 * minute],
	['2026-11-20T10:00:00Z', at('2026-11-20T10:00:00Z')],
	['yesterday', at('2026-11-23T00:00:00Z')],
	['11-20', at('2026-11-20T00:00:00Z')],
	['soon', null],
	['', null],
] as const)('%j is a moment, or none', (words, expected) => {
	expect(momentOfWords(words, now, true)).toBe(expected);
	expect(momentOfWords(words, now, false)).toBe(expected);
});

/** The result of the answer to `@`, and the requests to Airflow. */
function jumpTo(text: string, runs: readonly DagRun[] | Error, signal = new AbortController().signal) {
	const asked: RunsWanted[] = [];
	const airflow = stubOf<AirflowClient>({
		findRuns: async (_dagId, wanted) => {
			asked.push(wanted);
			if (runs instanceof Error) throw runs;
			return { runs: [...runs], total: runs.length };
		},
	});
	const question = inputOf(
		begun('jump', { view: { focus: 'pipeline', taskId: 'x' }, clients: stubOf<Clients>({ airflow }), signal }),
	);
	return { asked, question, effect: question.next(text) };
}

test('a day leads to the run that began on it, although a scheduled run is named by the day before', async () => {
	const scheduled = run('scheduled__2026-11-19', 'success', 4 * day, {
		logicalDate: at('2026-11-19T12:00:00Z'),
		startedAt: at('2026-11-20T12:00:01Z'),
	});
	const other = run('other', 'success', 5 * day);
	const { asked, effect } = jumpTo('11-20', [scheduled, other]);
	const view = viewAfter(await outcomeOf(effect), { taskId: 'x', focus: 'logs' });
	expect(view).toMatchObject({ dagRunId: scheduled.dagRunId, taskId: null, focus: 'pipeline', browse: null });
	expect(asked[0]?.from).toBeLessThanOrEqual(at('2026-11-19T00:00:00Z'));
	expect(asked[0]?.to).toBe(at('2026-11-20T23:59:59.999Z'));
});

test('several runs of a day are offered, each with its state and how long it took', async () => {
	const runs = [
		run('manual__b', 'failed', 60 * minute),
		run('manual__a', 'success', 120 * minute),
		run('manual__q', 'queued', 180 * minute),
	];
	const question = choiceOf(await outcomeOf(jumpTo('today', runs).effect));
	expect(question.choices.map(({ id }) => id)).toEqual(['manual__b', 'manual__a', 'manual__q']);
	expect(question.choices[0]).toMatchObject({
		label: expect.stringContaining('failed'),
		hint: '1:25  manual__b',
	});
	expect(viewAfter(question.next('manual__a')).dagRunId).toBe('manual__a');
	expect(question.next('gone')).toEqual({ kind: 'nothing' });
});

test('a part of an id finds the run, whatever its case', async () => {
	const { effect } = jumpTo('NIGHT', [run('manual__nightly', 'success', day), run('other', 'success', day)]);
	expect(viewAfter(await outcomeOf(effect)).dagRunId).toBe('manual__nightly');
});

test('if nothing is found, or nothing was typed, the hint says so', async () => {
	const { question, effect } = jumpTo('nowhere ', []);
	expect(await refusalOf(effect)).toEqual({ refused: `No run of ${dagId} matches "nowhere"`, kind: 'nothing' });
	expect(question.problem('  ')).toBe('enter a date or part of the DAG run ID');
	expect(question.problem('x')).toBeNull();
});

test('Airflow unknown or unreachable is the reason; a user who has left gets none', async () => {
	expect(await refusalOf(begun('jump', { clients: stubOf<Clients>({ airflow: null }) }))).toMatchObject({
		kind: 'unreachable',
	});
	const away = new ClientError('unreachable', quoted('Airflow: connection refused'));
	expect(await refusalOf(jumpTo('today', away).effect)).toEqual({
		refused: 'Airflow: connection refused',
		kind: 'unreachable',
	});
	const left = new AbortController();
	left.abort();
	await expect(outcomeOf(jumpTo('today', away, left.signal).effect)).rejects.toBe(away);
});
