import { expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { DagTask } from '../../../source/model/airflow/pipeline.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { verdictOf } from '../../../source/selectors/findings/verdict.ts';
import { render } from '../../../source/words/message.ts';
import {
	dagId,
	diagnosisOptions,
	minute,
	now,
	only,
	roots,
	run,
	runsFetched,
	stages,
	stateOf,
	tasksFetched,
} from '../stack.ts';

const [asking = ''] = stages;
const question = (more: object = {}) => ({
	...{ dagId, dagRunId: 'newest', taskId: asking, mapIndex: -1 },
	...{ subject: 'Release model 7?', askedAt: now - 90 * minute },
	...more,
});
const asked = (...questions: ReturnType<typeof question>[]): Fact => ({ type: 'questions fetched', questions });
/** A run of usually 85 s that has waited for its first task for 90 minutes. */
const runs = runsFetched(
	run('newest', 'running', 90 * minute),
	run('older', 'success', 180 * minute),
	run('oldest', 'success', 240 * minute),
);
const waits = tasksFetched(['awaiting_input'], 'newest', [{ startedAt: now - 90 * minute, queuedAt: null }]);
const defined = (operator: string | null): Fact => ({
	type: 'dag tasks fetched',
	dagId,
	tasks: stages.map(
		(taskId, index): DagTask => ({
			taskId,
			operator: index === 0 ? operator : 'PythonOperator',
			downstreamTaskIds: stages.slice(index + 1, index + 2),
		}),
	),
});

test('a task that waits for an answer is a notice, which names the question and is no problem', () => {
	const facts = [runs, waits, asked(question())];
	expect(roots(...facts)).toEqual([`question open ${dagId}`]);
	expect(only('question open', ...facts)[0]).toMatchObject({
		severity: 'notice',
		title: `1 task of ${dagId} waits for an answer`,
		evidence: [
			expect.stringMatching(new RegExp(`^${asking} in DAG run newest, asked 2026-11-2[345] .*: Release model 7\\?$`)),
		],
		fixes: [{ kind: 'look', at: 'question', subject: asking, dagId, dagRunId: 'newest' }],
	});
	const state = stateOf(...facts);
	const findings = diagnose(state, now, diagnosisOptions);
	expect(verdictOf({ ...state, findings }, now)).toMatchObject({ findings: [], notices: [{}] });
});

test('questions of one DAG are one finding, in Korean too; without them the states of tasks tell', () => {
	const other = question({ dagRunId: 'older', mapIndex: 2, askedAt: null });
	const [finding] = diagnose(stateOf(runs, waits, asked(question(), other)), now, diagnosisOptions);
	expect(finding && render(finding.title, 'ko')).toBe(`${dagId}의 작업 2개가 답변을 기다립니다`);
	expect(finding?.evidence.map(({ message }) => render(message, 'en'))[1]).toBe(
		`${asking}[2] in DAG run older waits for input`,
	);
	expect(roots(runs, waits)).toEqual([`question open ${dagId}`]);
	// Answered a moment ago: the list is newer than the tasks.
	expect(roots(runs, waits, asked())).toEqual([]);
});

test('the time of waiting for answers makes no DAG run slow, neither meanwhile nor afterwards', () => {
	expect(roots(runs, waits, asked(question()))).not.toContain(`run slow ${dagId}/newest`);
	const answered = tasksFetched(['success', 'running'], 'newest', [
		{ startedAt: now - 90 * minute, endedAt: now - minute / 2 },
		{ startedAt: now - minute / 2 },
	]);
	expect(roots(runs, answered, asked(), defined('ApprovalOperator'))).toEqual([]);
	// The same time in another task is a fault.
	expect(roots(runs, answered, asked(), defined('PythonOperator'))).toEqual([`run slow ${dagId}/newest`]);
});
