import { gather } from '../../app/gather.ts';
import { type Monitor, startMonitor } from '../../app/monitor.ts';
import type { TaskTry } from '../../clients/airflow/airflow.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown, demandFound, nothingSuch } from '../../command-line/exit/failures.ts';
import { dagToRead } from '../../command-line/names/dag-names.ts';
import { runCalled } from '../../command-line/names/run-names.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { gatherMs } from '../../command-line/show/show.ts';
import { logFolders, taskDirectory } from '../../feeds/logs/log-directories.ts';
import { followTask } from '../../feeds/logs/task-log.ts';
import { Wake } from '../../feeds/schedule.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { TaskLogRequest } from '../../model/logs/log-watch.ts';
import { countedStates, oneTaskNamed } from '../../selectors/names/tasks.ts';
import { phrase, render } from '../../words/message.ts';
import { lineLimit, withoutMarks } from './log-lines.ts';
import { linePrinter } from './log-printer.ts';

/**
 * `laketop logs --task T`: the log of a task, from its file if readable here, otherwise from Airflow's REST API.
 * `laketop logs --run R`: the logs of all tasks of a DAG run, one after the other.
 */
export async function printTaskLog(context: CommandContext): Promise<number> {
	const { given, signal, config, io } = context;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers'] });
	try {
		// Without an engine there are no files, and the address is the given or the default one.
		await gather(monitor, ['addresses'], gatherMs, signal);
		if (!monitor.clients.airflow) throw addressUnknown();
		// A word names a service here.
		const dagId = await dagToRead(context, monitor.clients.airflow, []);
		const dagRunId = await runCalled(context, monitor, dagId);
		const tasks = taskDirectory(
			{ clock: io.clock, observe: monitor.observe },
			{
				state: monitor.store.current,
				airflow: () => monitor.clients.airflow,
				interest: monitor.interest,
			},
		);
		const request = await requestOf(context, monitor, { dagId, dagRunId });
		const names = request.follow === 'run' ? (await tasks(request, signal)).map(taskName) : [taskName(request)];
		const printer = await linePrinter(context, names);
		const events = followTask(
			{
				clock: io.clock,
				random: Math.random,
				airflow: () => monitor.clients.airflow,
				tasks,
				folders: () =>
					logFolders({
						state: monitor.store.current,
						docker: monitor.clients.docker,
						givenAirflowUrl: config.discovery.airflowUrl,
					}),
				wake: new Wake(),
			},
			request,
			{ follow: given.is('follow'), forever: false, lineLimit },
			signal,
		);
		const hasFailed = await printEvents(context, events, request, printer);
		return given.is('follow') && hasFailed ? exitCodes.failed : exitCodes.ok;
	} finally {
		await monitor.stop();
	}
}

/** Prints what arrives, until its end or the signal. Returns whether the last try has failed. */
async function printEvents(
	context: CommandContext,
	events: ReturnType<typeof followTask>,
	request: TaskLogRequest,
	printer: Printer,
): Promise<boolean> {
	const { given, signal, config, say } = context;
	const follow = given.is('follow');
	const count = given.text('tail');
	const tail = new Tail(follow || printer.isFiltered ? null : count);
	if (printer.isFiltered && !follow && count !== undefined && count !== 'all') printer.hold(Number(count));
	let current: TaskTry | null = null;
	let complaint = '';
	let failed = false;
	for await (const event of events) {
		if (signal.aborted) break;
		if (event.type === 'failed') {
			const words = render(event.failure.message, config.language);
			if (words !== complaint) say(phrase(['{words}; retrying', '{words}. 다시 시도합니다'], { words }));
			complaint = words;
		} else if (event.type === 'status' && event.status === 'connecting' && event.note) say(event.note);
		if (event.type !== 'lines') continue;
		const begins: TaskTry | undefined = event.lines.find(line => line.task)?.task;
		if (begins) {
			if (current) await tail.flush();
			current = begins;
			// The last try decides the exit code.
			failed = false;
		}
		const lines = withoutMarks(event.lines, follow || request.follow === 'run' ? say : () => undefined);
		failed ||= lines.some(({ text }) => /Marking task as (UP_FOR_RETRY|FAILED)/.test(text));
		if (!current || lines.length === 0) continue;
		const name = taskName(current);
		const origin = originOf(request, current);
		await tail.take(lines, some => printer.print(name, origin, some));
	}
	await tail.flush();
	await printer.release();
	return failed;
}

/** Where lines of a try come from, for JSON. */
function originOf(
	{ dagId, dagRunId }: TaskLogRequest,
	{ taskId, mapIndex, tryNumber }: TaskTry,
): Parameters<Printer['print']>[1] {
	return {
		container: null,
		service: null,
		project: null,
		task: { dag_id: dagId, dag_run_id: dagRunId, task_id: taskId, map_index: mapIndex, try_number: tryNumber },
	};
}

/** Throws CommandFailure if there is no such task or try. */
async function requestOf(
	context: CommandContext,
	monitor: Monitor,
	base: { readonly dagId: string; readonly dagRunId: string },
): Promise<TaskLogRequest> {
	const { given, signal } = context;
	const word = given.text('task');
	const all = (await monitor.clients.airflow?.taskInstances(base.dagId, base.dagRunId, signal)) ?? [];
	if (word === undefined) return { ...base, taskId: '', mapIndex: -1, tryNumber: null, follow: 'run' };
	const [task] = demandFound(oneTaskNamed(word, all));
	if (!task) throw nothingSuch(phrase(['no task {word}', '{word} 작업이 없습니다'], { word }));
	const { taskId, mapIndex } = task;
	const instances = all.filter(one => one.taskId === taskId);
	if (taskName(task) !== word) {
		context.say(
			phrase(['{word} has {states}; showing the log of {task}', '{word}: {states}. {task}의 로그를 표시합니다'], {
				word,
				states: countedStates(instances),
				task: taskName(task),
			}),
		);
	}
	const tryNumber = given.count('try') ?? null;
	const wanted = tryNumber ?? task.tryNumber;
	const isThere = wanted > 0 && wanted <= task.tryNumber;
	if (!isThere && (!given.is('follow') || wanted > task.tryNumber + 1)) {
		throw nothingSuch(
			task.tryNumber === 0
				? phrase(['{task} has not started yet: no log', '{task} 작업이 아직 시작되지 않아 로그가 없습니다'], {
						task: taskName(task),
					})
				: phrase(['{task} has had {count} {count|try|tries} so far', '{task} 작업의 시도는 지금까지 {count}회입니다'], {
						task: taskName(task),
						count: task.tryNumber,
					}),
		);
	}
	return { ...base, taskId, mapIndex, tryNumber, follow: tryNumber === null ? 'task' : 'try' };
}

type Printer = Awaited<ReturnType<typeof linePrinter>>;
type Line = Parameters<Printer['print']>[2][number];

/** Keeps only the last lines of a log that is read to its end. */
class Tail {
	readonly #count: number | null;
	#held: Line[] = [];
	#print: ((lines: readonly Line[]) => Promise<void>) | null = null;

	/** @param wanted a number, or `all`, the default */
	constructor(wanted: string | null | undefined) {
		this.#count = wanted === null || wanted === undefined || wanted === 'all' ? null : Number(wanted);
	}

	async take(lines: readonly Line[], print: (lines: readonly Line[]) => Promise<void>): Promise<void> {
		if (this.#count === null) return print(lines);
		this.#print = print;
		const all = [...this.#held, ...lines];
		this.#held = all.slice(Math.max(0, all.length - this.#count));
	}

	async flush(): Promise<void> {
		if (this.#held.length > 0) await this.#print?.(this.#held);
		this.#held = [];
	}
}
