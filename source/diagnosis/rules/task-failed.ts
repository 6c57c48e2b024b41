import { type DagRun, newestRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { setFromOutside, type TaskFailure, tryKey } from '../../model/airflow/task-failure.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { runKey } from '../../model/state.ts';
import { type Message, quoted, render } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Part, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { signatureOf } from '../stack-trace.ts';

const tailShown = 8;

/** Failed tasks in the newest DAG run of a DAG, with the cause and the tasks that could not run because of them. */
export const taskFailed: Rule = {
	name: 'task failed',
	isSeenAtOnce: true,
	find: facts =>
		Object.values(facts.state.dagRuns).flatMap(runs => {
			const run = newestRun(runs);
			if (!run) return [];
			// In a failed DAG run its tasks stay failed; in any other they may have been cleared since.
			const tasks =
				run.state === 'failed'
					? (facts.state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? [])
					: facts.tasksOf(run);
			const failed = tasks.filter(
				task => task.state === 'failed' || (task.state === 'up_for_retry' && run.state === 'running'),
			);
			// One finding for all instances of a mapped task.
			const ids = [...new Set(failed.map(({ taskId }) => taskId))];
			return ids.flatMap(id => {
				const task = failed.find(({ taskId }) => taskId === id);
				// The DAG run was stopped on purpose.
				if (task && wasRunStopped(run, tasks, facts.state.taskFailures[tryKey(task)])) return [];
				return task ? [finding(facts, run, task, tasks)] : [];
			});
		}),
};

function finding(facts: DiagnosisFacts, run: DagRun, task: TaskInstance, all: readonly TaskInstance[]): Draft {
	const { dagId, dagRunId, taskId } = task;
	const name = taskName(task);
	const failure = facts.state.taskFailures[tryKey(task)];
	const isRetry = task.state === 'up_for_retry';
	const read = failure?.isUnread ? undefined : failure;
	const same = read ? runsWithSameError(facts, task, read) : [];
	const upstream = isRetry ? [] : all.filter(({ state }) => state === 'upstream_failed').map(one => one.taskId);
	const why = causeOf(read);
	const reason = failure?.reason ?? quoted('?');
	return {
		subject: `${dagId}/${taskId}`,
		severity: isRetry || why.isDeliberate ? 'warning' : 'critical',
		since: task.endedAt,
		title: isRetry
			? say('failed.retry.title', { task: name })
			: same.length > 1
				? say('failed.again.title', { task: taskId })
				: say('failed.title', { task: name, dag: dagId }),
		evidence: [
			evidence(
				say('failed.evidence', { try: task.tryNumber, tries: Math.max(task.tryNumber, task.maxTries + 1), reason }),
			),
			...(same.length > 1
				? [evidence(say('failed.same', { count: same.length, runs: same.slice(0, 4).join(', ') }))]
				: []),
			...(upstream.length > 0
				? [evidence(say('failed.upstream', { count: upstream.length, tasks: upstream.join(', ') }))]
				: []),
			...(failure && failure.tail.length > 0 ? [evidence(say('failed.tail'), failure.tail.slice(-tailShown))] : []),
		],
		cause: why.cause,
		reason: why.isCode ? say('failed.reason') : say('failed.log.reason'),
		impact: isRetry ? [] : [say('impact.run', { run: dagRunId })],
		fixes: [
			look(say('fix.read task log', { task: name }), 'task log', name, { dagId, dagRunId }),
			...(isRetry ? [] : [fix(say('fix.clear'), { kind: 'clear', dagId, dagRunId, onlyFailed: true })]),
			...(why.isCode ? [look(say('fix.read source'), 'source', dagId, { dagId })] : []),
		],
		breaks: [`run ${dagId}/${run.dagRunId}`],
		dependsOn: [...why.dependsOn, `task ${dagId}/${dagRunId}/${taskId}`],
	};
}

/** DAG runs in which the same task failed with the same error, newest first. */
function runsWithSameError(facts: DiagnosisFacts, { dagId, taskId }: TaskInstance, failure: TaskFailure): string[] {
	const signature = signatureOf(wordsOf(failure.reason));
	const runs = Object.entries(facts.state.taskFailures).flatMap(([key, other]) => {
		const [dag, run = '', task] = key.split('\n');
		const isSame = !other.isUnread && signatureOf(wordsOf(other.reason)) === signature;
		return dag === dagId && task === taskId && isSame ? [run] : [];
	});
	return [...new Set(runs)].reverse();
}

type Why = {
	readonly cause: Draft['cause'];
	readonly dependsOn: readonly Part[];
	readonly isCode: boolean;
	readonly isDeliberate?: true;
};

/** The end of a try that succeeded, in the logs of Airflow 2.8 and 3.3. */
const succeeded = /Marking task as SUCCESS|Task exited with return code 0\b|::group::Post Execute/;
const anError = /\b(ERROR|CRITICAL)\b|Traceback \(most recent call last\)/;

/**
 * Whether the whole DAG run was set to failed: its unstarted tasks keep their state or are skipped. If only a task was set,
 * manually or by the scheduler (a zombie), its downstream tasks are upstream_failed.
 */
function wasRunStopped(run: DagRun, tasks: readonly TaskInstance[], failure: TaskFailure | undefined): boolean {
	return (
		run.state === 'failed' &&
		failure !== undefined &&
		setFromOutside.test(wordsOf(failure.reason)) &&
		tasks.some(({ state }) => state === null || state === 'skipped') &&
		!tasks.some(({ state }) => state === 'upstream_failed')
	);
}

/** A task without a log did not start, or could not write its log. */
const noLogDependencies: readonly Part[] = ['worker', 'dispatch', 'disk', 'logs folder'];

/** The words of the log, the same in every language. */
const wordsOf = (reason: Message) => render(reason, 'en');

/** The likely cause by the kind of error, also outside of the task. */
function causeOf(failure: TaskFailure | undefined): Why {
	if (!failure) return { cause: say('failed.unread.cause'), dependsOn: noLogDependencies, isCode: false };
	const { reason, tail } = failure;
	const words = wordsOf(reason);
	const all = [words, ...tail].join('\n');
	if (setFromOutside.test(all))
		return { cause: say('failed.marked.cause'), dependsOn: [], isCode: false, isDeliberate: true };
	if (succeeded.test(all) && !anError.test(all))
		return { cause: say('failed.marked later.cause'), dependsOn: [], isCode: false, isDeliberate: true };
	if (/received SIGTERM/i.test(all))
		return { cause: say('failed.ended.cause'), dependsOn: ['worker', 'engine'], isCode: false };
	if (/Invalid Host header/i.test(all))
		return { cause: say('failed.mlflow host.cause', { reason }), dependsOn: ['mlflow connection'], isCode: false };
	if (/PermissionError.{0,500}(artifact|mlruns|mlartifacts)|artifacts?.{0,500}Permission denied/i.test(all))
		return { cause: say('failed.artifacts.cause', { reason }), dependsOn: ['artifacts', 'disk'], isCode: false };
	if (
		/mlflow|:5000|MlflowException/i.test(all) &&
		/connection|refused|resolve|timed out|max retries|unreachable/i.test(all)
	)
		return {
			cause: say('failed.mlflow.cause', { reason }),
			dependsOn: ['mlflow', 'mlflow connection', 'engine'],
			isCode: false,
		};
	if (/OperationalError|psycopg2|could not connect to server/i.test(words))
		return { cause: say('failed.database.cause', { reason }), dependsOn: ['database', 'engine'], isCode: false };
	if (/No space left on device/i.test(all))
		return { cause: say('failed.disk.cause', { reason }), dependsOn: ['disk'], isCode: false };
	if (/SIGKILL|return code -?9\b|exit(ed)? code -?9\b/i.test(all))
		return { cause: say('failed.killed.cause'), dependsOn: ['worker'], isCode: false };
	if (/zombie|killed externally|detected as a zombie/i.test(all))
		return { cause: say('failed.zombie.cause'), dependsOn: ['worker', 'engine', 'broker'], isCode: false };
	if (tail.length === 0) return { cause: say('failed.no log.cause'), dependsOn: noLogDependencies, isCode: false };
	return { cause: say('failed.code.cause', { reason }), dependsOn: [], isCode: true };
}
