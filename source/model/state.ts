import type { Acknowledgement, AcknowledgementsProblem } from './acknowledgement.ts';
import type { ActionState } from './action-state.ts';
import type { RunCounts } from './airflow/airflow-watch.ts';
import type { Clear } from './airflow/clears.ts';
import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from './airflow/pipeline.ts';
import type { OpenQuestion } from './airflow/question.ts';
import type { RunHistory } from './airflow/run-history.ts';
import type { TaskFailure } from './airflow/task-failure.ts';
import type { CheckState } from './check.ts';
import type { CutList } from './cut-list.ts';
import type { Container, ContainerDetail } from './engine/container.ts';
import type { ContainerUse } from './engine/container-stats.ts';
import type { SshState } from './engine/ssh-state.ts';
import type { Finding } from './finding.ts';
import type { SignState } from './logs/log-sign.ts';
import type { LogStreamState } from './logs/log-stream-state.ts';
import type { Experiment, MlflowRun, ModelVersion } from './mlflow/experiment.ts';
import type { LoggedModel, Prompt, TraceFigures } from './mlflow/logged-model.ts';
import type { RunSearch } from './mlflow/run-search.ts';
import type { Failure, FeedName, SourceName } from './source.ts';
import type { Stack } from './stack/discovery.ts';
import type { EndpointState } from './stack/endpoint.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** How fresh one feed's facts are. */
export type FeedState =
	| { readonly status: 'waiting' }
	| { readonly status: 'live'; readonly since: number }
	| { readonly status: 'failed'; readonly since: number; readonly failure: Failure; readonly retryAt: number };

export type SourceState = {
	readonly version: string;
	readonly address: string;
	readonly connectedAt: number;
	/** Of the engine: it offers no events, and is polled. */
	readonly withoutEvents?: true | undefined;
};

export type ContainerState = {
	readonly container: Container;
	/** Containers of its service, including this one but no one-offs: 1 for a container without replicas. */
	readonly replicas: number;
	/** Runs once and exits, see `runsOnce`. */
	readonly isJob: boolean;
	/** null until it was inspected. */
	readonly detail: ContainerDetail | null;
	/** When the container entered its state and health; null if unknown. */
	readonly since: number | null;
	/** Whether it has ever reported its health: a stopped container does not, but starts with a health check. */
	readonly reportsHealth: boolean;
	/** When the last event about its state or health arrived; null: none yet. */
	readonly heardAt: number | null;
	readonly use: ContainerUse | null;
	/** Its last ten exits, newest last. */
	readonly ends: readonly ContainerEnd[];
	/** When the kernel last killed a process in it for lack of memory; null: never while it was watched. */
	readonly oomAt: number | null;
	/**
	 * When it was last connected to or disconnected from a network, or its limits were changed; null: never while
	 * watched.
	 */
	readonly setupChangedAt: number | null;
};

/** An exit of a container: time of the event, exit code, and how long it had run, ms (null: unknown). */
export type ContainerEnd = {
	readonly at: number;
	readonly exitCode: number | null;
	readonly ranMs: number | null;
};

export type EngineAddress = {
	readonly address: string;
	/**
	 * Where the address comes from: `--docker-host`, `DOCKER_HOST`, `context colima`, `default socket`, a place in a
	 * file.
	 */
	readonly origin: string;
	/** Whether it is the default one, so that no response means that no engine runs. */
	readonly isDefault: boolean;
};

/** An option of the command line that selects the stack: `--project`, `shop`. */
export type StackOption = {
	readonly flag: string;
	readonly value: string;
	/** Names a part of the project, so that it does not apply to another one. */
	readonly isOfProject: boolean;
};

/** A run that waits to start, as laketop saw it. */
export type QueuedSeen = {
	/** When laketop first saw it waiting, ms since the epoch by our clock. */
	readonly at: number;
	/** Whether it had already started before: somebody cleared it. */
	readonly again: boolean;
};

/** Everything known about the stack, except log lines, which are in ring buffers beside it. */
export type StackState = {
	/** The global options that selected this stack on the command line. */
	readonly stackOptions: readonly StackOption[];
	/** The configured Compose files, absolute paths; empty if none are configured. */
	readonly composeFiles: readonly string[];
	/** Whether the stack has containers and an engine; managed Airflow has none. */
	readonly hasEngine: boolean;
	/** Address of the engine; null if unknown. */
	readonly engine: EngineAddress | null;
	/** The ssh connection to the engine's host; null: none is used, or not yet. */
	readonly ssh: SshState | null;
	readonly sources: Readonly<Partial<Record<SourceName, SourceState>>>;
	readonly feeds: Readonly<Record<FeedName, FeedState>>;
	/** By container id, in the engine's order. */
	readonly containers: Readonly<Record<string, ContainerState>>;
	/** The watched stack and the addresses of its servers; null before discovery. */
	readonly stack: Stack | null;
	readonly endpoints: readonly EndpointState[];
	/** The user that Airflow was set up with, where that is who logs in, and the container that says so. */
	readonly airflowUser: { readonly name: string; readonly container: string | null } | null;
	/** Whether Airflow gets a configured token instead of a user and a password. */
	readonly sendsAirflowToken: boolean;
	/** What MLflow gets with each request: a configured token, or a user and a password; null: nothing. */
	readonly mlflowLogin: 'token' | 'user' | null;
	readonly airflowHealth: AirflowHealth | null;
	/** Since when Airflow has reported the current state of its database, ms since the epoch. */
	readonly metadatabaseSince: number;
	readonly dags: readonly Dag[] | null;
	/** The DAG that the stack gives where nobody named one; null: that of the configuration. */
	readonly defaultDag: string | null;
	readonly importErrors: readonly ImportError[];
	/** By DAG id. */
	readonly dagTasks: Readonly<Record<string, readonly DagTask[]>>;
	/** By DAG id, newest logical date first. */
	readonly dagRuns: Readonly<Record<string, readonly DagRun[]>>;
	/** When laketop first saw runs waiting to start, by `runKey`: see `queued-runs.ts`. */
	readonly queuedSeen: Readonly<Record<string, QueuedSeen>>;
	/** When a DAG's runs were last fetched, by DAG id; ms. Only those of the shown DAG are fetched regularly. */
	readonly runsSeenAt: Readonly<Record<string, number>>;
	/** When the list of DAGs, and the results for the list of runs, were last fetched; ms, 0: not yet. */
	readonly listsSeenAt: { readonly dags: number; readonly runs: number };
	/** The newest run of each DAG, known while the list of DAGs is open. */
	readonly newestRuns: Readonly<Record<string, DagRun>>;
	/** How many runs each DAG has by state, by DAG id; null: not counted, or Airflow 2. */
	readonly runCounts: Readonly<Record<string, RunCounts>> | null;
	/** Unanswered questions of tasks of all DAGs, oldest first; null: not listed, or Airflow 2. */
	readonly questions: readonly OpenQuestion[] | null;
	/** The server's results for the list of runs; null while it is closed. */
	readonly matchedRuns: null | {
		readonly dagId: string;
		/** The requested state; null for all. */
		readonly runState: string | null;
		readonly runs: readonly DagRun[];
		/** How many match in all. */
		readonly total: number;
	};
	/** By DAG run, see `runKey`. */
	readonly taskInstances: Readonly<Record<string, readonly TaskInstance[]>>;
	/** When those were last fetched, by `runKey`; ms. Only those of the shown run are fetched regularly. */
	readonly tasksSeenAt: Readonly<Record<string, number>>;
	/** What the views over many runs of a DAG show; null: none was open lately. */
	readonly runHistory: RunHistory | null;
	/** The last clears of runs' tasks, by `runKey`. */
	readonly clears: Readonly<Record<string, Clear>>;
	/** Why tries failed, by `tryKey`; the last hundred. */
	readonly taskFailures: Readonly<Record<string, TaskFailure>>;
	/** undefined: not fetched yet; null: MLflow has none of that name. */
	readonly experiment: Experiment | null | undefined;
	/** MLflow has deleted it: `experiment` is null. */
	readonly isExperimentDeleted: boolean;
	/** Newest first. */
	readonly mlflowRuns: readonly MlflowRun[] | null;
	/** What the list of MLflow runs asked for besides; null: nothing lately. */
	readonly runSearch: RunSearch | null;
	/** Runs in which known ones are nested, where neither `mlflowRuns` nor `runSearch` has them. */
	readonly runParents: readonly MlflowRun[];
	/** The experiment that the stack gives where nobody named one; null: that of the configuration. */
	readonly defaultExperiment: string | null;
	/** Newest first. */
	readonly modelVersions: readonly ModelVersion[] | null;
	/** Runs that made the versions which are compared, where `mlflowRuns` lacks them. */
	readonly versionRuns: readonly MlflowRun[];
	/** Models that runs of the experiment logged, newest first; null: not fetched, or MLflow 2. */
	readonly loggedModels: readonly LoggedModel[] | null;
	/** null: not fetched, or MLflow 2. */
	readonly prompts: readonly Prompt[] | null;
	/** Traces of the experiment; null: not counted, or a server that cannot. */
	readonly traces: TraceFigures | null;
	/** Names of all experiments, for the choice; null: not fetched yet. */
	readonly experimentNames: readonly string[] | null;
	readonly logStreams: Readonly<Record<string, LogStreamState>>;
	/** What happened, the oldest first; see `timeline.ts`. */
	readonly timeline: readonly TimelineEntry[];
	/** Lists of which the servers have more than was read. */
	readonly cutLists: readonly CutList[];
	/** Results of the diagnosis' checks, by `checkKey`. */
	readonly checks: Readonly<Record<string, CheckState>>;
	/** Signs in logs of running containers; the last hundred, newest last. */
	readonly signs: readonly SignState[];
	/** What is wrong: causes worst first, each followed by its consequences. */
	readonly findings: readonly Finding[];
	/** When the cause of a finding was cleared, by the id of its consequence; ms. */
	readonly causesEnded: Readonly<Record<string, number>>;
	/** Acknowledged findings are listed, but not counted. */
	readonly acknowledgements: readonly Acknowledgement[];
	/** Why some or all were not read; null if all were. */
	readonly acknowledgementsProblem: AcknowledgementsProblem | null;
	/** When the facts were first complete enough for a diagnosis; null: not yet. */
	readonly diagnosedAt: number | null;
	/** When every cheap check, and every deep one, was last made; null: not yet. */
	readonly checkedAt: { readonly light: number | null; readonly deep: number | null };
	/** Newest last; the last fifty. */
	readonly actions: readonly ActionState[];
};

export const initialState: StackState = {
	stackOptions: [],
	composeFiles: [],
	hasEngine: true,
	engine: null,
	ssh: null,
	sources: {},
	feeds: {
		containers: { status: 'waiting' },
		stats: { status: 'waiting' },
		logs: { status: 'waiting' },
		dags: { status: 'waiting' },
		pipeline: { status: 'waiting' },
		experiment: { status: 'waiting' },
		models: { status: 'waiting' },
	},
	containers: {},
	stack: null,
	endpoints: [],
	airflowUser: null,
	sendsAirflowToken: false,
	mlflowLogin: null,
	airflowHealth: null,
	metadatabaseSince: 0,
	dags: null,
	defaultDag: null,
	importErrors: [],
	dagTasks: {},
	dagRuns: {},
	queuedSeen: {},
	runsSeenAt: {},
	listsSeenAt: { dags: 0, runs: 0 },
	newestRuns: {},
	runCounts: null,
	questions: null,
	matchedRuns: null,
	taskInstances: {},
	tasksSeenAt: {},
	runHistory: null,
	clears: {},
	taskFailures: {},
	experiment: undefined,
	isExperimentDeleted: false,
	mlflowRuns: null,
	runSearch: null,
	runParents: [],
	defaultExperiment: null,
	modelVersions: null,
	versionRuns: [],
	loggedModels: null,
	prompts: null,
	traces: null,
	experimentNames: null,
	cutLists: [],
	logStreams: {},
	timeline: [],
	checks: {},
	signs: [],
	findings: [],
	causesEnded: {},
	acknowledgements: [],
	acknowledgementsProblem: null,
	diagnosedAt: null,
	checkedAt: { light: null, deep: null },
	actions: [],
};

/** The key of a DAG run's task instances: run ids are unique only within a DAG. */
export function runKey(dagId: string, dagRunId: string): string {
	return `${dagId}\n${dagRunId}`;
}
