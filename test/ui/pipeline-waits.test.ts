import { expect, test } from 'vitest';
import type { DagRun } from '../../source/model/airflow/pipeline.ts';
import { earlierRun, taskHistory } from '../../source/model/airflow/task-history.ts';
import type { Fact } from '../../source/model/observation.ts';
import { runKey } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { shownPipeline } from '../../source/selectors/dag-runs/shown-pipeline.ts';
import { pipelineNoticeRows } from '../../source/ui/panes/pipeline/pipeline-notices.ts';
import { pipelineView } from '../../source/ui/panes/pipeline/pipeline-view.ts';
import { phrase } from '../../source/words/message.ts';
import { writer } from '../../source/words/write.ts';
import {
	check,
	dag,
	dagId,
	minute,
	now,
	run,
	runsFetched,
	stages,
	stateOf,
	type Timed,
	task,
	tasksFetched,
} from '../diagnosis/stack.ts';

/** What the pane says about a run without progress. */
const before = [1, 2, 3].map((hours): DagRun => {
	const ago = hours * 60 * minute;
	return run(`h${hours}`, 'success', ago, { endedAt: now - ago + 10 * minute });
});
const runs = runsFetched(run('newest', 'running', 4 * minute), ...before);
const defined: Fact = {
	type: 'dag tasks fetched',
	dagId,
	tasks: stages.map((taskId, index) => ({
		taskId,
		operator: null,
		downstreamTaskIds: stages.slice(index + 1, index + 2),
	})),
};
const ended = { startedAt: now - 4 * minute, endedAt: now - 3 * minute };
const stands = tasksFetched(['success', 'scheduled'], 'newest', [ended, { startedAt: null }]);
const paused: Fact = { type: 'dags fetched', dags: [{ ...dag, isPaused: true }] };

function pane(
	facts: readonly Timed[],
	{ zoomed = false, at = now, language = 'en' as 'en' | 'ko', glyphs = glyphSets.unicode } = {},
) {
	const state = stateOf(runs, defined, ...facts);
	const given = {
		state,
		now: at,
		glyphs,
		width: 160,
		height: 30,
		focused: false,
		keyOf: (id: string) => (id === 'answer' ? ';' : null),
	};
	const shown = { dagId, dagRunId: null, taskId: null, marks: [], project: 'mlops', language, say: writer(language) };
	const { title, rows } = pipelineView({ ...given, ...shown, zoomed });
	const text = (lines: typeof rows) => lines.map(line => line.map(span => span.text).join(''));
	return {
		title: text(title),
		rows: text(rows),
		notices: pipelineNoticeRows(state, shownPipeline(state, dagId, null), { now: at, project: 'mlops' }),
	};
}

test('a run of a paused DAG says so, and its forecast stands still', () => {
	const { title, rows, notices } = pane([paused, stands]);
	expect(rows[0]).toBe('◌ bronze_to_silver: Waiting for its DAG to be unpaused');
	expect(notices).toBe(1);
	expect(title).toContain('about 9:00 left');
	expect(pane([paused, stands], { at: now + 30_000 }).title).toContain('about 9:00 left');
});

const asked: Fact = {
	type: 'questions fetched',
	questions: [
		{ dagId, dagRunId: 'newest', taskId: 'bronze_to_silver', mapIndex: -1, subject: 'Go on?', askedAt: now - minute },
		{ dagId: 'other', dagRunId: 'r', taskId: 'approve', mapIndex: -1, subject: 'Sure?', askedAt: now },
	],
};
const asks = tasksFetched(['success', 'awaiting_input'], 'newest', [ended, { startedAt: now - 2 * minute }]);

test('a run that waits for an answer says what is asked, and its forecast stands still', () => {
	const { title, rows, notices } = pane([asks, asked]);
	expect(rows[0]).toBe('◆ bronze_to_silver: Waiting for an answer: Go on?');
	expect(notices).toBe(1);
	expect(title).toEqual(expect.arrayContaining(['◆ 2 questions (;)', 'about 8:00 left']));
	expect(pane([asks, asked], { at: now + 120 * minute }).title).toContain('about 8:00 left');
	const korean = pane([asks, asked], { language: 'ko' });
	expect(korean.rows[0]).toContain('답변을 기다립니다: Go on?');
	expect(korean.title).toContain('◆ 질문 2개 (;)');
});

test('questions are counted while tasks run, and where Airflow does not list them', () => {
	const running = tasksFetched(['success', 'awaiting_input', 'running'], 'newest', [ended]);
	const { title, rows } = pane([running]);
	expect(title).toContain('◆ 1 question (;)');
	expect(rows.join('\n')).not.toContain('Waiting for an answer');
	expect(pane([stands]).title.join(' ')).not.toContain('question');
});

test('the forecast by the tasks that are left says how far off it may be', () => {
	/** Seven tasks in a row of as many seconds each. */
	const earlier = (seconds: number) =>
		earlierRun(
			{ dagRunId: `${seconds}`, conf: {}, span: { from: now, until: now + 7 * seconds * 1000 } },
			stages.map((taskId, index) => {
				const startedAt = now + index * seconds * 1000;
				const endedAt = startedAt + seconds * 1000;
				return task(taskId, 'success', { startedAt, endedAt, durationSeconds: seconds });
			}),
			defined.type === 'dag tasks fetched' ? defined.tasks : [],
		);
	const history = (...seconds: number[]) =>
		check({ check: 'task history', history: taskHistory(seconds.map(earlier)) }, dagId);
	const times = { startedAt: now - minute, endedAt: now, durationSeconds: 60 };
	const tasks = tasksFetched([...stages.slice(1).map(() => 'success'), 'running'], 'newest', [
		...stages.slice(1).map(() => times),
		{ startedAt: now },
	]);
	expect(pane([tasks, history(50, 60, 70)]).title).toContain('about 1:00 ±0:07 left');
	expect(pane([tasks, history(50, 60, 70)], { language: 'ko' }).title).toContain('약 1:00 ±0:07 남음');
	expect(pane([tasks, history(50, 60, 70)], { glyphs: glyphSets.ascii }).title).toContain('about 1:00 +/-0:07 left');
	expect(pane([tasks, history(60, 60, 60)]).title).toContain('about 1:00 left');
});

test('in Korean', () => {
	expect(pane([paused, stands], { language: 'ko' }).rows[0]).toContain('일시 중지가 해제되기를 기다립니다');
});

test('a run that gets on says nothing of what waits, and counts down', () => {
	const running = tasksFetched(['success', 'running'], 'newest', [ended, { startedAt: now - 2 * minute }]);
	const { title, rows, notices } = pane([running]);
	expect(rows.join('\n')).not.toMatch(/waits/i);
	expect(notices).toBe(0);
	expect(title).toContain('about 6:00 left');
	// Between two tasks there is always a moment.
	const moment = tasksFetched(['success', 'queued'], 'newest', [
		{ ...ended, endedAt: now - 3000 },
		{ startedAt: null, queuedAt: now - 2000 },
	]);
	expect(pane([moment]).notices).toBe(0);
});

test('the opened pane says of each task what it waits for', () => {
	const rows = pane([paused, stands], { zoomed: true }).rows.join('\n');
	expect(rows).toMatch(/bronze_to_silver .*Waiting for its DAG to be unpaused/);
	expect(rows).toMatch(/silver_to_gold .*Waiting for bronze_to_silver/);
});

test('one of many mapped instances is named', () => {
	const mapped: Fact = {
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: [
			task(stages[0] ?? '', 'success', ended),
			task(stages[1] ?? '', 'scheduled', { mapIndex: 7, startedAt: null, pool: 'nowhere' }),
		],
	};
	expect(pane([mapped]).rows[0]).toContain('bronze_to_silver[7]: Pool nowhere does not exist');
});

test('of a DAG that Airflow has dropped the pane says so, and which ones there are', () => {
	const gone: Fact = { type: 'dags fetched', dags: [{ ...dag, dagId: 'other_dag' }] };
	expect(pane([runsFetched(...before), gone]).rows.join(' ')).toMatch(
		new RegExp(`no DAG ${dagId}.*DAGs found: other_dag`),
	);
});

test('a run of more task instances than are read says how many of how many are shown', () => {
	const what = phrase(['task instances', '작업 인스턴스']);
	const cut = (of: string): Fact => ({
		type: 'list cut',
		cut: { server: 'airflow', what, of, shown: 10_000, total: 12_345 },
	});
	expect(pane([stands, cut(runKey(dagId, 'newest'))]).title).toContain('10,000 of 12,345 task instances');
	expect(pane([stands, cut(runKey(dagId, 'h1'))]).title.join()).not.toContain('10,000');
});
