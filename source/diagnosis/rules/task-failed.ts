import { type DagRun, newestRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { setFromOutside, type TaskFailure, tryKey } from '../../model/airflow/task-failure.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { runKey } from '../../model/state.ts';
import { type Message, quoted, render, sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Part, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { signatureOf } from '../stack-trace.ts';

const texts = {
	'fix.clear': [
		'Clear the failed tasks and the tasks that wait for them',
		'실패한 작업과 이를 기다리는 작업을 재실행(clear)하세요',
	],
	'failed.title': ['{task} failed in the newest DAG run of {dag}', '{task} 작업이 실패했습니다({dag}의 최근 DAG 실행)'],
	'failed.again.title': ['{task} keeps failing with the same error', '{task} 작업이 같은 오류로 반복해서 실패합니다'],
	'failed.retry.title': ['{task} failed and will be retried', '{task} 작업이 실패하여 재시도를 기다리고 있습니다'],
	'failed.evidence': ['Try {try} of {tries} failed: {reason}', '{tries}회 중 {try}번째 시도 실패: {reason}'],
	'failed.tail': ['End of its log:', '로그의 마지막 부분:'],
	'failed.same': ['Same error in {count} DAG runs: {runs}', '같은 오류가 발생한 DAG 실행 {count}건: {runs}'],
	'failed.upstream': [
		'{count} {count|task|tasks} could not run because of it: {tasks}',
		'이 때문에 작업 {count}개를 실행하지 못했습니다: {tasks}',
	],
	'failed.artifacts.cause': [
		'MLflow cannot write to its artifact store: {reason}',
		'MLflow가 아티팩트 저장소에 기록하지 못합니다: {reason}',
	],
	'failed.database.cause': [
		'The task lost its database connection: {reason}',
		'작업이 데이터베이스 연결을 잃었습니다: {reason}',
	],
	'failed.disk.cause': ['The disk was full: {reason}', '디스크가 가득 찼습니다: {reason}'],
	'failed.killed.cause': [
		'The task process was killed, usually because memory ran out',
		'작업 프로세스가 강제 종료되었습니다. 대부분 메모리 부족이 원인입니다',
	],
	'failed.marked.cause': [
		'Someone set the state of the task or its DAG run while it was running',
		'실행 중에 누군가 작업이나 DAG 실행의 상태를 지정하여 작업이 종료되었습니다',
	],
	'failed.marked later.cause': [
		'Its last try succeeded; someone set its state afterwards',
		'마지막 시도는 성공했으며, 그 뒤에 누군가 작업의 상태를 지정했습니다',
	],
	'failed.ended.cause': [
		'The task process received SIGTERM: the worker was stopped or restarted',
		'작업 프로세스가 SIGTERM을 받았습니다. 워커가 중지되거나 재시작되었습니다',
	],
	'failed.zombie.cause': [
		'Its worker disappeared: Airflow received no more heartbeats',
		'실행 중 워커가 사라져 Airflow가 하트비트를 받지 못했습니다',
	],
	'failed.unread.cause': ['Not known: its log has not been read', '알 수 없음: 로그를 아직 읽지 못했습니다'],
	'failed.no log.cause': [
		'It ended without a log: it never started on the worker, or was killed there',
		'로그 없이 종료되었습니다. 워커에서 시작되지 못했거나 강제 종료된 경우입니다',
	],
	'failed.code.cause': ['The task code raised: {reason}', '작업 코드에서 오류가 발생했습니다: {reason}'],
	'failed.reason': [
		'The log of the try ends with this error, and no failing service explains it',
		'해당 시도의 로그가 이 오류로 끝나며, 이를 설명할 서비스 장애가 없습니다',
	],
	'failed.log.reason': ['Found in the log of the try', '해당 시도의 로그에서 확인했습니다'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const tailShown = 8;

/** Failed tasks in the newest DAG run of a DAG, with the cause and the tasks that could not run because of them. */
export const taskFailed: Rule = {
	name: 'task failed',
	isSeenAtOnce: true,
	texts,
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
