import { type DagRun, newestRun } from '../../model/airflow/pipeline.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { evidence, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'empty.title': ['DAG run {run} logged nothing to MLflow', 'DAG 실행 {run}이(가) MLflow에 남긴 기록이 없습니다'],
	'empty.evidence': [
		'The DAG run succeeded at {at:time}, but experiment {experiment} has no MLflow run from that time',
		'DAG 실행은 {at:time}에 성공했지만 실험 {experiment}에 해당 시간의 MLflow 실행이 없습니다',
	],
	'empty.cause': [
		'Its tasks log to another tracking server or another experiment',
		'작업이 다른 서버나 다른 실험에 기록하고 있습니다',
	],
	'empty.reason': [
		'Tasks that logged to {experiment} in earlier DAG runs succeeded in this one: {tasks}',
		'이전 DAG 실행에서 {experiment}에 기록한 작업이 이번에도 성공했습니다: {tasks}',
	],
	'empty.impact': [
		'The metrics and models of this DAG run are missing here',
		'이 DAG 실행의 메트릭과 모델을 여기서 찾을 수 없습니다',
	],
	'empty.fix': [
		'Compare MLFLOW_TRACKING_URI and the experiment names of the worker with those that laketop uses',
		'워커의 MLFLOW_TRACKING_URI와 실험 이름을 laketop이 사용하는 것과 비교하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Tolerated difference between the clocks of worker and MLflow, ms. */
const slackMs = 10_000;
/** DAG runs that need MLflow runs before MLflow runs without a task id as name are expected. */
const minUnnamed = 3;
const tasksNamed = 3;

/**
 * A DAG run succeeded without an MLflow run in the experiment, although earlier DAG runs logged there. A DAG that never
 * logged there is not expected to, and a task that did not succeed explains what is missing.
 */
export const mlflowRunMissing: Rule = {
	name: 'mlflow run missing',
	texts,
	find: facts => {
		const { state, dagId, experiment } = facts;
		if (!facts.isAirflowLive || state.feeds.experiment.status !== 'live' || state.mlflowRuns === null) return [];
		const runs = state.dagRuns[dagId] ?? [];
		const run = newestRun(runs);
		if (run?.state !== 'success' || run.endedAt === null) return [];
		if (facts.now + facts.clockAheadMs - run.endedAt < thresholds.startGraceMs) return [];
		const mlflowRuns = state.mlflowRuns;
		if (!isCovered(run, mlflowRuns) || during(run, mlflowRuns).length > 0) return [];
		const loggers = expectedLoggers(facts, run, mlflowRuns);
		if (loggers.length === 0) return [];
		const worker = facts.of('worker');
		return [
			{
				subject: dagId,
				severity: 'warning',
				since: run.endedAt,
				title: say('empty.title', { run: run.dagRunId }),
				evidence: [evidence(say('empty.evidence', { at: run.endedAt, experiment }))],
				cause: say('empty.cause'),
				reason: say('empty.reason', { tasks: named(loggers), experiment }),
				impact: [say('empty.impact')],
				fixes: [
					fix(say('empty.fix'), { kind: 'advice' }),
					...(worker ? [look(say('fix.inspect'), 'inspect', worker.container)] : []),
				],
				dependsOn: ['mlflow', 'mlflow connection'],
			},
		];
	},
};

/**
 * The tasks that succeeded in this run and should have logged: those whose ids named MLflow runs of earlier DAG runs.
 * If MLflow runs have other names, all tasks, provided that they all succeeded and that enough earlier runs logged
 * something.
 */
function expectedLoggers(facts: DiagnosisFacts, run: DagRun, mlflowRuns: readonly MlflowRun[]): string[] {
	const tasks = facts.tasksOf(run);
	const earlier = (facts.state.dagRuns[run.dagId] ?? [])
		.filter(one => one !== run && one.endedAt !== null && isCovered(one, mlflowRuns))
		.map(one => during(one, mlflowRuns));
	const ids = new Set(tasks.map(({ taskId }) => taskId));
	const names = new Set(earlier.flat().flatMap(({ runName }) => (ids.has(runName) ? [runName] : [])));
	const succeeded = new Set(tasks.filter(({ state }) => state === 'success').map(({ taskId }) => taskId));
	if (names.size > 0) return [...names].filter(name => succeeded.has(name));
	const logged = earlier.filter(found => found.length > 0);
	const isDefault = logged.length >= minUnnamed && logged.length === earlier.length;
	return isDefault && tasks.every(({ state }) => state === 'success') ? [...succeeded] : [];
}

/** MLflow runs that started while a DAG run was active. */
function during({ startedAt, endedAt }: DagRun, mlflowRuns: readonly MlflowRun[]): MlflowRun[] {
	if (startedAt === null || endedAt === null) return [];
	return mlflowRuns.filter(one => one.startedAt >= startedAt - slackMs && one.startedAt <= endedAt + slackMs);
}

/** The list holds only the newest MLflow runs, so it says nothing about a DAG run that ended before all of them. */
function isCovered({ startedAt, endedAt }: DagRun, mlflowRuns: readonly MlflowRun[]): boolean {
	if (startedAt === null || endedAt === null) return false;
	return endedAt + slackMs >= Math.min(...mlflowRuns.map(one => one.startedAt));
}

function named(tasks: readonly string[]): string {
	const more = tasks.length - tasksNamed;
	return tasks.slice(0, tasksNamed).join(', ') + (more > 0 ? ` (+${more})` : '');
}
