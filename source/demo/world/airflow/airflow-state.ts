import type { TaskLogFields } from '../logs/task-log-fields.ts';
import { DAY, HOUR } from '../time.ts';
import {
	type AirflowChoice,
	type AirflowGeneration,
	type AirflowVersion,
	airflowVersions,
	generationOf,
} from '../versions.ts';
import { type Asks, createNewerState, type NewerState } from './newer-state.ts';

/** The content of the demo Airflow's metadata database. */

export type TriggerRule = 'all_success' | 'none_failed_min_one_success' | 'all_done' | 'all_done_setup_success';

export type TaskDefinition = {
	taskId: string;
	operator: string;
	module: string;
	downstream: readonly string[];
	triggerRule: TriggerRule;
	color: string;
	/** It makes ready what a teardown after it cleans up. */
	setup?: true;
	/** Ids of the task groups around it, the outermost first; where left out, the dots of its id say so. */
	groups?: readonly string[];
	/** Task instances that it expands to; undefined: it is not mapped. */
	mapped?: number;
	/** A sensor that releases its slot this many times before it succeeds, or an operator that defers. */
	waits?: { mode: 'reschedule' | 'deferred'; times: number; intervalMs: number };
	/** What it prints half-way; where left out, a number of tables. */
	says?: string;
	/** Its shortest and longest time, ms. */
	lasts?: readonly [number, number];
	/** The last line of its traceback when it fails. */
	breaksWith?: string;
	/** Airflow 3: it asks people, and waits for their answer. */
	asks?: Asks;
	/** Airflow 3: names of the assets that it produces. */
	outlets?: readonly string[];
};

export type Schedule = { kind: 'days'; days: number } | { kind: 'cron'; expression: string; words: string };

/** Length of a data interval, ms. */
export function intervalOf(schedule: Schedule): number {
	if (schedule.kind === 'cron' && schedule.expression.startsWith('0 */6')) return DAY / 4;
	return schedule.kind === 'cron' && /^\d+ \* /.test(schedule.expression) ? HOUR : DAY;
}

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
	/** Airflow 3: names of the assets whose events start it, in place of its schedule. */
	scheduledBy?: readonly string[];
	/** Nothing but people and other programs start it. */
	isUnscheduled?: true;
};

export type Dag = {
	definition: DagDefinition;
	isPaused: boolean;
	lastParsedAt: number;
	/** The start of the next data interval. */
	nextRunAt: number;
	hasImportErrors: boolean;
	/** Airflow 3: the sources of its earlier versions, oldest first. */
	olderSources?: string[];
	/** Number of runs so far, including deleted ones. */
	runsMade: number;
};

/** One try of a task: its log, and its run in MLflow. */
export type Attempt = {
	/** `fields`: of an event of Airflow 3; a line without them is standard output. */
	lines: { time: number; text: string; fields?: TaskLogFields }[];
	hostname: string;
	trackedRunId?: string;
	/** Its log consists of events, as Airflow 3 writes it. */
	isStructured?: true;
	/** The state that it ended in, of one that was cleared; the others that are not the last have failed. */
	endedAs?: string;
};

export type TaskInstance = {
	dagId: string;
	runId: string;
	taskId: string;
	/** -1 for a task that is not mapped. */
	mapIndex: number;
	/** A state of Airflow; a test may set any text. */
	state: string | null;
	/**
	 * As stored: 0 until the first try starts, and one less while that try is rescheduled or deferred
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
	/** Number of the execution: plans for an earlier one no longer count. */
	execution: number;
	/** Set by a test: the scheduler ignores it. */
	held: boolean;
	/** The text of its Python return value. */
	returned?: string;
	/** When it is scheduled again: the next try, or the next poke. */
	retryAt?: number;
	/** How often it has released its slot in this try. */
	waited?: number;
};

export type DagRun = {
	/** The row number, the order in which runs are listed by default. */
	id: number;
	/** Its number among the runs of its DAG, from 1. */
	ordinal: number;
	dagId: string;
	runId: string;
	runType: 'scheduled' | 'manual' | 'backfill' | 'asset_triggered' | 'asset_materialization';
	/** Airflow 3: the number of the DAG's version that it runs with. */
	version: number;
	/** Airflow 3: the backfill that it belongs to. */
	backfillId?: number;
	state: string;
	logicalDate: number;
	/** Airflow 3: whether its trigger contained a logical date; otherwise it has none. */
	isDated?: boolean;
	/** When it was queued last; undefined for past runs. */
	queuedAt?: number;
	dataInterval: [start: number, end: number];
	startedAt?: number;
	endedAt?: number;
	lastDecisionAt?: number;
	updatedAt: number;
	conf: Record<string, unknown>;
	note: string | null;
	tasks: TaskInstance[];
	/** The tasks that will fail, and how often. */
	failures: Map<string, 'once' | 'always'>;
};

export type ImportError = { id: number; time: number; file: string; stackTrace: string };

export type EventLogEntry = {
	id: number;
	time: number;
	event: string;
	dagId: string | null;
	taskId: string | null;
	/** Airflow 3. */
	runId?: string | null;
	executionDate: number | null;
	owner: string;
	extra: string | null;
};

export type Session = { csrfTokens: Set<string>; user?: string; flashes: string[] };

export type AirflowState = {
	readonly generation: AirflowGeneration;
	readonly version: AirflowVersion;
	readonly dags: Map<string, Dag>;
	readonly runs: DagRun[];
	/** Slots of the only pool, default_pool. */
	poolSlots: number;
	readonly importErrors: ImportError[];
	readonly eventLog: EventLogEntry[];
	readonly sessions: Map<string, Session>;
	/** Airflow 3: the expiry of each token. */
	readonly tokens: Map<string, number>;
	readonly user: string;
	password: string;
	/** Logins accepted within 40 s; null: any number. */
	loginLimit: number | null;
	/** Those since the first one of these 40 s. */
	logins: { readonly since: number; readonly count: number };
	/** Running tasks of the worker, by task instance. */
	readonly working: Map<string, TaskInstance>;
	/** Running tasks of a worker that has gone since. */
	readonly lost: Map<string, { task: TaskInstance; since: number }>;
	/** Tasks whose next try will fail, in whichever run. */
	readonly failNext: Map<string, number>;
	schedulerHeartbeat: number;
	/** Airflow counts its jobs; each try of a task is one. */
	nextJobId: number;
	nextRunNumber: number;
	/** What only Airflow 3 has. */
	readonly newer: NewerState<TaskInstance, DagRun>;
};

/** The number of a DAG's newest version. */
export const versionOf = ({ olderSources = [] }: Dag): number => olderSources.length + 1;

export function createAirflowState(time: number, choice: AirflowChoice = '2'): AirflowState {
	return {
		generation: generationOf(choice),
		version: airflowVersions[choice],
		dags: new Map(),
		runs: [],
		importErrors: [],
		eventLog: [],
		sessions: new Map(),
		tokens: new Map(),
		user: 'admin',
		password: 'admin',
		loginLimit: null,
		logins: { since: 0, count: 0 },
		poolSlots: 128,
		working: new Map(),
		lost: new Map(),
		failNext: new Map(),
		schedulerHeartbeat: time,
		nextJobId: 3,
		nextRunNumber: 1,
		newer: createNewerState(),
	};
}

export function addEventLog(state: AirflowState, entry: Omit<EventLogEntry, 'id'>): void {
	state.eventLog.push({ id: state.eventLog.length + 1, ...entry });
}

/** The numbers of a new run of this DAG: no number is used twice, not even after a run was deleted. */
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

/** The key of a run for random streams. Its run id is not usable, because it contains the date. */
export const storyKeyOf = (run: DagRun): string => `${run.dagId}/${run.ordinal}`;

const mapIndexes = ({ mapped }: TaskDefinition): number[] =>
	mapped === undefined ? [-1] : Array.from({ length: mapped }, (_, index) => index);

export const keyOf = (task: TaskInstance): string =>
	`${task.dagId}/${task.runId}/${task.taskId}${task.mapIndex < 0 ? '' : `/${task.mapIndex}`}`;

/**
 * The logical date of a run whose data interval starts at a time. Airflow 3 has no intervals by default: a run has the
 * date at which it is due (`[scheduler] create_cron_data_intervals` and `create_delta_data_intervals`, 3.3.2).
 */
export const logicalDateOf = ({ generation }: AirflowState, { schedule }: DagDefinition, start: number): number =>
	generation === '3' ? start + intervalOf(schedule) : start;

/** Whether the scheduler has to create a run: it does so at the end of the run's data interval. */
export function isDue({ definition, nextRunAt }: Dag, time: number): boolean {
	return nextRunAt !== 0 && nextRunAt + intervalOf(definition.schedule) <= time;
}

/** Plans the next run after a time, without those that were due until then. */
export function skipDue(dag: Dag, time: number): void {
	while (isDue(dag, time)) dag.nextRunAt += intervalOf(dag.definition.schedule);
}
