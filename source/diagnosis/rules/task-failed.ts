import { type DagRun, newestRun, type TaskInstance } from '../../model/pipeline.ts';
import { runKey } from '../../model/state.ts';
import { type TaskFailure, tryKey } from '../../model/task-failure.ts';
import { taskName } from '../../model/task-name.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule, type Thing } from '../finding.ts';
import { say } from '../messages/message.ts';
import { signatureOf } from '../stack-trace.ts';

const tailShown = 8;

/** What failed in the newest run of a DAG, and why; the tasks that could not run because of it are told with it. */
export const taskFailed: Rule = {
	name: 'task failed',
	isSeenAtOnce: true,
	find: facts =>
		Object.values(facts.state.dagRuns).flatMap(runs => {
			const run = newestRun(runs);
			if (!run) return [];
			// What has failed stays so in a run that has failed; in any other it may have been cleared since.
			const tasks =
				run.state === 'failed'
					? (facts.state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? [])
					: facts.tasksOf(run);
			const failed = tasks.filter(
				task => task.state === 'failed' || (task.state === 'up_for_retry' && run.state === 'running'),
			);
			// Mapped tasks fail alike: one finding for all of them.
			const ids = [...new Set(failed.map(({ taskId }) => taskId))];
			return ids.flatMap(id => {
				const task = failed.find(({ taskId }) => taskId === id);
				// Whoever stopped the run knows.
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
	const same = failure ? runsWithSameError(facts, task, failure) : [];
	const upstream = isRetry ? [] : all.filter(({ state }) => state === 'upstream_failed').map(one => one.taskId);
	const why = causeOf(failure);
	const reason = failure?.reason ?? '?';
	return {
		subject: `${dagId}/${taskId}`,
		severity: isRetry || why.isMeant ? 'warning' : 'bad',
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
		takes: [`run ${dagId}/${run.dagRunId}`],
		needs: [...why.needs, `task ${dagId}/${dagRunId}/${taskId}`],
	};
}

/** Runs in which the same task failed alike, newest first. */
function runsWithSameError(facts: DiagnosisFacts, { dagId, taskId }: TaskInstance, failure: TaskFailure): string[] {
	const signature = signatureOf(failure.reason);
	const runs = Object.entries(facts.state.taskFailures).flatMap(([key, other]) => {
		const [dag, run = '', task] = key.split('\n');
		return dag === dagId && task === taskId && signatureOf(other.reason) === signature ? [run] : [];
	});
	return [...new Set(runs)].reverse();
}

type Why = {
	readonly cause: Draft['cause'];
	readonly needs: readonly Thing[];
	readonly isCode: boolean;
	readonly isMeant?: true;
};

/** What Airflow's worker says when the state of the task it runs was set by somebody else. */
const setFromOutside = /instance has been externally set to/;

/**
 * Whether the run was set to failed as a whole: what was not begun is left as it was, or skipped. Where a task alone was
 * set, by hand or by the scheduler that missed its heartbeat (a zombie), what follows it is upstream_failed.
 */
function wasRunStopped(run: DagRun, tasks: readonly TaskInstance[], failure: TaskFailure | undefined): boolean {
	return (
		run.state === 'failed' &&
		setFromOutside.test(failure?.reason ?? '') &&
		tasks.some(({ state }) => state === null || state === 'skipped') &&
		!tasks.some(({ state }) => state === 'upstream_failed')
	);
}

/** A task without a log did not begin, or could not write. */
const silentNeeds: readonly Thing[] = ['worker', 'dispatch', 'disk', 'logs folder'];

/** What the reason points to: each kind of error has its own likely cause outside of the task. */
function causeOf(failure: TaskFailure | undefined): Why {
	if (!failure) return { cause: say('failed.no log.cause'), needs: silentNeeds, isCode: false };
	const { reason, tail } = failure;
	const all = [reason, ...tail].join('\n');
	if (setFromOutside.test(all)) return { cause: say('failed.marked.cause'), needs: [], isCode: false, isMeant: true };
	if (/received SIGTERM/i.test(all))
		return { cause: say('failed.ended.cause'), needs: ['worker', 'engine'], isCode: false };
	if (/Invalid Host header/i.test(all))
		return { cause: say('failed.mlflow host.cause', { reason }), needs: ['road to mlflow'], isCode: false };
	if (/PermissionError.{0,500}(artifact|mlruns|mlartifacts)|artifacts?.{0,500}Permission denied/i.test(all))
		return { cause: say('failed.artifacts.cause', { reason }), needs: ['artifacts', 'disk'], isCode: false };
	if (
		/mlflow|:5000|MlflowException/i.test(all) &&
		/connection|refused|resolve|timed out|max retries|unreachable/i.test(all)
	)
		return {
			cause: say('failed.mlflow.cause', { reason }),
			needs: ['mlflow', 'road to mlflow', 'engine'],
			isCode: false,
		};
	if (/OperationalError|psycopg2|could not connect to server/i.test(reason))
		return { cause: say('failed.database.cause', { reason }), needs: ['database', 'engine'], isCode: false };
	if (/No space left on device/i.test(all))
		return { cause: say('failed.disk.cause', { reason }), needs: ['disk'], isCode: false };
	if (/SIGKILL|return code -?9\b|exit(ed)? code -?9\b/i.test(all))
		return { cause: say('failed.killed.cause'), needs: ['worker'], isCode: false };
	if (/zombie|killed externally|detected as a zombie/i.test(all))
		return { cause: say('failed.zombie.cause'), needs: ['worker', 'engine', 'broker'], isCode: false };
	if (tail.length === 0) return { cause: say('failed.no log.cause'), needs: silentNeeds, isCode: false };
	return { cause: say('failed.code.cause', { reason }), needs: [], isCode: true };
}
