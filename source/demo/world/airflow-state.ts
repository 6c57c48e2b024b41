import { DAY } from './time.ts';

/** What the demo's Airflow has in its metadata database. */

export type TriggerRule = 'all_success' | 'none_failed_min_one_success' | 'all_done';

export type TaskDefinition = {
	taskId: string;
	operator: string;
	module: string;
	downstream: readonly string[];
	triggerRule: TriggerRule;
	color: string;
	/** Task instances that it expands to at once; undefined: it is not mapped. */
	mapped?: number;
	/** A sensor that gives its slot back so many times before it succeeds, or an operator that defers. */
	waits?: { mode: 'reschedule' | 'deferred'; times: number; intervalMs: number };
};

export type Schedule = { kind: 'days'; days: number } | { kind: 'cron'; expression: string; words: string };

/** How long a data interval is, ms. */
export const intervalOf = (schedule: Schedule): number =>
	schedule.kind === 'cron' && schedule.expression.startsWith('0 */6') ? DAY / 4 : DAY;

export type DagDefinition = {
	dagId: string;
	description: string;
	file: string;
	tags: readonly string[];
	schedule: Schedule;
	startDate: number;
	retries: number;
	retryDelayMs: number;
	maxActiveRuns: number;
	params: Readonly<
		Record<string, { value: string | number | null; description: string; schema: Record<string, unknown> }>
	>;
	tasks: readonly TaskDefinition[];
	source: string;
};

export type Dag = {
	definition: DagDefinition;
	isPaused: boolean;
	lastParsedAt: number;
	/** The start of the next data interval. */
	nextRunAt: number;
	hasImportErrors: boolean;
	/** How many runs it has had, deleted ones included. */
	runsMade: number;
};

/** One try of a task: its log, and its run in MLflow. */
export type Attempt = { lines: { time: number; text: string }[]; hostname: string; trackedRunId?: string };

export type TaskInstance = {
	dagId: string;
	runId: string;
	taskId: string;
	/** -1 for a task that is not mapped. */
	mapIndex: number;
	/** Airflow's name; a test may set any text. */
	state: string | null;
	/**
	 * As stored: 0 until the first try begins, and one less while that try is rescheduled or deferred
	 * (airflow/models/taskinstance.py 2.8.0, `_try_number`).
	 */
	tryNumber: number;
	maxTries: number;
	queuedAt?: number;
	startedAt?: number;
	endedAt?: number;
	hostname: string;
	pid?: number;
	note: string | null;
	/** By try number, from 1. */
	attempts: Map<number, Attempt>;
	/** Which execution this is: what was planned for an earlier one no longer counts. */
	execution: number;
	/** Set by hand in a test: the scheduler leaves it alone. */
	held: boolean;
	/** The text of the Python value that it returned. */
	returned?: string;
	/** When it is scheduled again: the next try, or the next poke. */
	retryAt?: number;
	/** How often it has given its slot back in this try. */
	waited?: number;
};

export type DagRun = {
	/** The row number, the order in which runs are listed by default. */
	id: number;
	/** Its number among the runs of its DAG, from 1. */
	ordinal: number;
	dagId: string;
	runId: string;
	runType: 'scheduled' | 'manual';
	state: string;
	logicalDate: number;
	/** Airflow 3: whether it was given its logical date; else it has none. */
	isDated?: boolean;
	/** When it was queued last; undefined for one of the past. */
	queuedAt?: number;
	dataInterval: [start: number, end: number];
	startedAt?: number;
	endedAt?: number;
	lastDecisionAt?: number;
	updatedAt: number;
	conf: Record<string, unknown>;
	note: string | null;
	tasks: TaskInstance[];
	/** Which of its tasks are to fail, and how often. */
	failures: Map<string, 'once' | 'always'>;
};

export type ImportError = { id: number; time: number; file: string; stackTrace: string };

export type EventLogEntry = {
	id: number;
	time: number;
	event: string;
	dagId: string | null;
	taskId: string | null;
	executionDate: number | null;
	owner: string;
	extra: string | null;
};

export type Session = { csrfTokens: Set<string>; user?: string; flashes: string[] };

/** Of Airflow's major version: which REST API it has, and which services it is made of. */
export type AirflowGeneration = '2' | '3';

export type AirflowState = {
	readonly generation: AirflowGeneration;
	/** The container of the program that serves the REST API. */
	readonly webContainer: 'airflow-webserver' | 'airflow-apiserver';
	readonly dags: Map<string, Dag>;
	readonly runs: DagRun[];
	/** Of the only pool, default_pool. */
	poolSlots: number;
	readonly importErrors: ImportError[];
	readonly eventLog: EventLogEntry[];
	readonly sessions: Map<string, Session>;
	/** Airflow 3: when each token ends. */
	readonly tokens: Map<string, number>;
	readonly user: string;
	password: string;
	/** What the worker is at, by task instance. */
	readonly working: Map<string, TaskInstance>;
	/** What a worker was at that has gone since. */
	readonly lost: Map<string, { task: TaskInstance; since: number }>;
	/** Tasks whose next try is to fail, whichever run it belongs to. */
	readonly failNext: Map<string, number>;
	schedulerHeartbeat: number;
	/** Airflow counts its jobs; each try of a task is one. */
	nextJobId: number;
	nextRunNumber: number;
};

export function createAirflowState(time: number, generation: AirflowGeneration = '2'): AirflowState {
	return {
		generation,
		webContainer: generation === '2' ? 'airflow-webserver' : 'airflow-apiserver',
		dags: new Map(),
		runs: [],
		importErrors: [],
		eventLog: [],
		sessions: new Map(),
		tokens: new Map(),
		user: 'admin',
		password: 'admin',
		poolSlots: 128,
		working: new Map(),
		lost: new Map(),
		failNext: new Map(),
		schedulerHeartbeat: time,
		nextJobId: 3,
		nextRunNumber: 1,
	};
}

export function addEventLog(state: AirflowState, entry: Omit<EventLogEntry, 'id'>): void {
	state.eventLog.push({ id: state.eventLog.length + 1, ...entry });
}

/** What a new run of this DAG is counted as: no number is given twice, not even after a run was deleted. */
export function countRun(state: AirflowState, dag: Dag): Pick<DagRun, 'id' | 'ordinal'> {
	dag.runsMade++;
	return { id: state.nextRunNumber++, ordinal: dag.runsMade };
}

export function findRun(state: AirflowState, dagId: string, runId: string): DagRun | undefined {
	return state.runs.find(run => run.dagId === dagId && run.runId === runId);
}

export function createTaskInstances(definition: DagDefinition, runId: string): TaskInstance[] {
	return definition.tasks.flatMap(task =>
		mapIndexes(task).map(mapIndex => ({
			dagId: definition.dagId,
			runId,
			taskId: task.taskId,
			mapIndex,
			state: null,
			tryNumber: 0,
			maxTries: definition.retries,
			hostname: '',
			note: null,
			attempts: new Map(),
			execution: 0,
			held: false,
		})),
	);
}

/** The key of a run for random streams. Its run id would not do: that holds the date. */
export const storyKeyOf = (run: DagRun): string => `${run.dagId}/${run.ordinal}`;

const mapIndexes = ({ mapped }: TaskDefinition): number[] =>
	mapped === undefined ? [-1] : Array.from({ length: mapped }, (_, index) => index);

export const keyOf = (task: TaskInstance): string =>
	`${task.dagId}/${task.runId}/${task.taskId}${task.mapIndex < 0 ? '' : `/${task.mapIndex}`}`;

/** How many tasks hang on this one, itself included: Airflow's weight rule `downstream`. */
export function priorityWeight(definition: DagDefinition, taskId: string): number {
	const seen = new Set<string>();
	const visit = (id: string): void => {
		if (seen.has(id)) return;
		seen.add(id);
		for (const next of definition.tasks.find(task => task.taskId === id)?.downstream ?? []) visit(next);
	};
	visit(taskId);
	return seen.size;
}

/** Whether the scheduler has to make a run: it does so at the end of the run's data interval. */
export function isDue({ definition, nextRunAt }: Dag, time: number): boolean {
	return nextRunAt !== 0 && nextRunAt + intervalOf(definition.schedule) <= time;
}

/** Plans the next run after a time, without those that were due until then. */
export function skipDue(dag: Dag, time: number): void {
	while (isDue(dag, time)) dag.nextRunAt += intervalOf(dag.definition.schedule);
}
