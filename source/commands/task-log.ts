import type { AirflowClient } from '../clients/airflow.ts';
import { gather } from '../gather.ts';
import { didYouMean } from '../model/nearest.ts';
import { isFinishedTask, newestRun, type TaskInstance } from '../model/pipeline.ts';
import { startMonitor } from '../monitor.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { addressUnknown, nothingSuch } from './failures.ts';
import type { Document } from './json/documents.ts';
import { matcher } from './logs.ts';
import { gatherMs } from './show.ts';
import { styleFor } from './style.ts';

/** A log that is followed is asked for so often: Airflow reads all of it each time. */
const askAgainMs = 1500;

/** `laketop logs --task T`: a try's log, by Airflow's REST API. */
export async function printTaskLog(context: CommandContext): Promise<number> {
	const { given, signal, config, io, out } = context;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['airflow address'] });
	try {
		await gather(monitor, ['addresses'], gatherMs, signal);
		const { airflow } = monitor.clients;
		if (!airflow) throw addressUnknown();
		const dagId = config.dag;
		const dagRunId = given.text('run') ?? (await newestRunId(airflow, dagId, signal));
		const { taskId, mapIndex } = taskOf(given.text('task') ?? '');
		const find = async () => {
			const all = await airflow.taskInstances(dagId, dagRunId, signal);
			const found = all.find(task => task.taskId === taskId && task.mapIndex === mapIndex);
			if (found) return found;
			const mapped = all.filter(task => task.taskId === taskId).map(task => `${taskId}[${task.mapIndex}]`);
			const ids = all.map(task => task.taskId);
			throw nothingSuch(
				mapped.length > 0 ? `${taskId} is mapped` : `${dagRunId} has no task ${taskId}${didYouMean(taskId, ids)}`,
				mapped.length > 0 ? `Name one of ${mapped.slice(0, 4).join(', ')}` : '',
			);
		};
		let task = await find();
		const tryNumber = given.count('try') ?? task.tryNumber;
		if (tryNumber === 0 || tryNumber > task.tryNumber) {
			if (!given.is('follow') || tryNumber > task.tryNumber + 1) {
				throw nothingSuch(
					task.tryNumber === 0
						? `${taskId} has not begun yet: there is no log`
						: `${taskId} has had ${task.tryNumber} tries so far`,
				);
			}
		}
		const wanted = Math.max(1, tryNumber);
		const style = await styleFor(out, io, config);
		const matches = matcher(given);
		const tail = given.text('tail');
		let printed = 0;
		let failed = false;
		for (;;) {
			const isOver = hasEnded(task, wanted);
			if (task.tryNumber >= wanted) {
				const log = await airflow.taskLog({ ...task, tryNumber: wanted }, signal);
				// A later try tells nothing of this one's end: its log does.
				failed = /Marking task as (UP_FOR_RETRY|FAILED)/.test(log);
				const lines = withoutEnd(log).split('\n');
				const first =
					printed === 0 && tail !== undefined && tail !== 'all' ? Math.max(0, lines.length - Number(tail)) : printed;
				// The last line may still be growing: it comes with the next look.
				const end = isOver || !given.is('follow') ? lines.length : lines.length - 1;
				const fresh = lines.slice(first, end).filter(matches);
				const texts = fresh.map(text =>
					given.is('json') ? `${JSON.stringify(lineDocument(task, wanted, text))}\n` : `${style.glyphs.fold(text)}\n`,
				);
				if (texts.length > 0) await out.write(texts.join(''));
				printed = Math.max(printed, end);
			}
			if (!given.is('follow')) return exitCodes.well;
			if (isOver) return failed ? exitCodes.failed : exitCodes.well;
			await io.clock.sleep(askAgainMs, signal);
			if (signal.aborted) return exitCodes.well;
			task = await find();
		}
	} finally {
		await monitor.stop();
	}
}

/** Judged by the state of the task: the log's own end mark is true for queued tasks as well. */
function hasEnded(task: TaskInstance, tryNumber: number): boolean {
	return (
		task.tryNumber > tryNumber ||
		(task.tryNumber === tryNumber && (isFinishedTask(task) || task.state === 'up_for_retry'))
	);
}

async function newestRunId(airflow: AirflowClient, dagId: string, signal: AbortSignal): Promise<string> {
	const run = newestRun(await airflow.dagRuns(dagId, 30, signal));
	if (run) return run.dagRunId;
	// Where there is no such DAG, that is the better answer.
	await airflow.dag(dagId, signal);
	throw nothingSuch(`${dagId} has no run yet`);
}

/** `extract` or `extract[3]` */
function taskOf(word: string): { taskId: string; mapIndex: number } {
	const [, taskId = word, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(word) ?? [];
	return { taskId, mapIndex: index === undefined ? -1 : Number(index) };
}

function withoutEnd(text: string): string {
	return text.replace(/\n+$/, '');
}

function lineDocument(task: TaskInstance, tryNumber: number, text: string): Document<'log-line'> {
	return {
		schema: 'laketop/log-line/1',
		container: null,
		service: null,
		task: { dag_id: task.dagId, dag_run_id: task.dagRunId, task_id: task.taskId, try_number: tryNumber },
		time: null,
		channel: 'stdout',
		text,
	};
}
