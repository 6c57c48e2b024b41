import { onTestFinished } from 'vitest';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import { type DiagnosisOptions, factsOf } from '../../source/diagnosis/facts.ts';
import { interruptionBy, risks } from '../../source/diagnosis/interrupts.ts';
import { rules } from '../../source/diagnosis/rules.ts';
import type { Dag, DagRun, TaskInstance } from '../../source/model/airflow/pipeline.ts';
import type { CheckResult, Setup } from '../../source/model/check.ts';
import type { Container, ContainerDetail } from '../../source/model/engine/container.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Fact, Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import type { Failure, FailureCode } from '../../source/model/source.ts';
import { type AddressOrigin, serverNames } from '../../source/model/stack/discovery.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { commandOfFix } from '../../source/selectors/printed-commands/fix-command.ts';
import { quoted, render } from '../../source/words/message.ts';
import { demandPastable } from '../given/pasted.ts';

export const now = Date.UTC(2026, 10, 24, 14, 3, 21);
export const minute = 60_000;
export const dagId = 'ml_pipeline_end_to_end';
export const dagFile = '/opt/airflow/dags/ml_pipeline_dag.py';
export const diagnosisOptions: DiagnosisOptions = {
	project: 'mlops',
	dagId,
	experiment: 'lakehouse_ml_pipeline',
	airflowUser: 'admin',
};

const images: Readonly<Record<string, string>> = {
	'airflow-postgres': 'postgres:15',
	'airflow-redis': 'redis:7',
	'airflow-scheduler': 'apache/airflow:2.8.0-python3.11',
	'airflow-webserver': 'apache/airflow:2.8.0-python3.11',
	'airflow-worker': 'apache/airflow:2.8.0-python3.11',
	mlflow: 'ghcr.io/mlflow/mlflow:v2.9.2',
};
export const services = Object.keys(images);

export function container(name: string, more: Partial<Container> = {}): Container {
	return {
		id: name,
		name,
		image: images[name] ?? 'image:1',
		project: 'mlops',
		service: name,
		configFiles: '/srv/mlops/docker-compose-mlops.yml',
		workingDirectory: '/srv/mlops',
		state: 'running',
		health: 'healthy',
		createdAt: now - 130 * minute,
		network: 'own',
		replica: null,
		isOneOff: false,
		ports: [],
		mounts: /airflow-(sch|web|wor)/.test(name)
			? [{ type: 'bind', source: '/srv/mlops/dags', destination: '/opt/airflow/dags' }]
			: [],
		...more,
	};
}

export function detail(name: string, more: Partial<ContainerDetail> = {}): ContainerDetail {
	return {
		id: name,
		state: 'running',
		health: 'healthy',
		startedAt: now - 130 * minute,
		finishedAt: null,
		exitCode: 0,
		oomKilled: false,
		error: '',
		restartCount: 0,
		restartPolicy: 'unless-stopped',
		tty: false,
		failingStreak: 0,
		probes: [],
		...more,
	};
}

export function setup(more: Partial<Setup> = {}): Setup {
	return {
		imageId: 'sha256:1',
		configHash: 'hash',
		logDriver: 'json-file',
		hasHealthCheck: true,
		healthTest: 'true',
		healthTimeoutMs: 10_000,
		healthIntervalMs: 30_000,
		queues: null,
		user: '50000:0',
		memoryLimitBytes: null,
		cpuLimit: null,
		networks: [{ name: 'mlops_default', aliases: [] }],
		settings: { AIRFLOW__CELERY__WORKER_CONCURRENCY: '4' },
		postgresUser: 'airflow',
		postgresDatabase: 'airflow',
		...more,
	};
}

export function check(result: CheckResult, subject = ''): Fact {
	return { type: 'check finished', subject, result };
}

export const dag: Dag = {
	dagId,
	isPaused: false,
	isActive: true,
	description: null,
	schedule: 'daily',
	nextRunAt: now + 12 * 60 * minute,
	owners: ['airflow'],
	tags: [],
	fileLocation: dagFile,
	fileToken: null,
	lastParsedAt: now - 20_000,
	hasImportErrors: false,
};

export function run(dagRunId: string, state: string, agoMs: number, more: Partial<DagRun> = {}): DagRun {
	const startedAt = now - agoMs;
	const isOver = state === 'success' || state === 'failed';
	return {
		dagId,
		dagRunId,
		state,
		runType: 'manual',
		logicalDate: startedAt,
		queuedAt: startedAt,
		startedAt: state === 'queued' ? null : startedAt,
		endedAt: isOver ? startedAt + 85_000 : null,
		conf: null,
		note: null,
		...more,
	};
}

export const stages = [
	'raw_to_bronze',
	'bronze_to_silver',
	'silver_to_gold',
	'feature_engineering',
	'model_training',
	'model_evaluation',
	'model_registry',
];

export function task(taskId: string, state: string | null, more: Partial<TaskInstance> = {}): TaskInstance {
	const ran = state === 'success' || state === 'failed';
	return {
		dagId,
		dagRunId: 'newest',
		taskId,
		mapIndex: -1,
		state,
		tryNumber: state === null ? 0 : 1,
		maxTries: 1,
		queuedAt: state === null ? null : now - 40_000,
		startedAt: state === null ? null : now - 39_000,
		endedAt: ran ? now - 30_000 : null,
		durationSeconds: ran ? 9 : null,
		hostname: 'worker-1',
		pool: 'default_pool',
		note: null,
		...more,
	};
}

export function tasksFetched(
	states: readonly (string | null)[],
	dagRunId = 'newest',
	more: Partial<TaskInstance>[] = [],
): Fact {
	return {
		type: 'task instances fetched',
		dagId,
		dagRunId,
		taskInstances: stages.map((taskId, index) => task(taskId, states[index] ?? null, { dagRunId, ...more[index] })),
	};
}

export function runsFetched(...runs: DagRun[]): Fact {
	return { type: 'dag runs fetched', dagId, runs };
}

export function mlflowRun(startedAt: number, accuracy: number) {
	return {
		runId: String(startedAt),
		runName: 'model_evaluation',
		experimentId: '1',
		status: 'FINISHED',
		startedAt,
		endedAt: startedAt + 1000,
		metrics: [{ key: 'accuracy', value: accuracy, step: 0, loggedAt: startedAt }],
		params: [],
		tags: [],
	};
}

export function mlflowRuns(...accuracies: number[]): Fact {
	return {
		type: 'mlflow runs fetched',
		experimentId: '1',
		runs: accuracies.map((accuracy, index) => mlflowRun(now - (index + 1) * 60 * minute + 20_000, accuracy)),
	};
}

export function page(
	id: 'airflow' | 'mlflow',
	ok: boolean,
	more: { httpStatus?: number; problem?: string; code?: FailureCode; movedTo?: string } = {},
): Fact {
	return {
		type: 'endpoint checked',
		id,
		ok,
		httpStatus: more.httpStatus ?? (ok ? 200 : null),
		answerMs: ok ? 5 : null,
		problem: ok ? null : quoted(more.problem ?? 'did not answer within 3 s'),
		code: more.code,
		movedTo: more.movedTo,
	};
}

export function health(heartbeatAgoMs: number, metadatabase = 'healthy'): Fact {
	return {
		type: 'airflow health',
		health: { metadatabase, scheduler: 'healthy', schedulerHeartbeatAt: now - heartbeatAgoMs },
	};
}

export function failed(
	feed: 'containers' | 'pipeline' | 'dags' | 'experiment',
	kind: 'unreachable' | 'permission' | 'unauthorised' | 'server' | 'timeout' | 'not-found' | 'unconfigured',
	message: string,
	more: Pick<Failure, 'code' | 'httpStatus'> = {},
): Fact {
	return { type: 'feed failed', feed, failure: { kind, ...more, message: quoted(message), fix: null }, retryAt: now };
}

/** The stack was discovered: its servers at these addresses. */
export function discovered(
	urls: { readonly airflow: string; readonly mlflow: string } = {
		airflow: 'http://localhost/airflow',
		mlflow: 'http://localhost/mlflow',
	},
	origin: AddressOrigin = 'published',
	project: string | null = 'mlops',
): Fact {
	const container = { airflow: 'airflow-webserver', mlflow: 'mlflow' };
	return {
		type: 'stack discovered',
		project,
		projectOrigin: project === null ? 'none' : 'only',
		otherProjects: [],
		servers: {
			airflow: { url: urls.airflow, origin, container: container.airflow, gap: null },
			mlflow: { url: urls.mlflow, origin, container: container.mlflow, gap: null },
		},
		endpoints: serverNames.map(id => ({
			id,
			title: id,
			pageUrl: urls[id],
			healthUrl: `${urls[id]}/health`,
			containerId: container[id],
		})),
	};
}

/** A stack without problems: six containers, a DAG with its runs, MLflow with its runs, every check made. */
export const healthy: readonly Fact[] = [
	{ type: 'source connected', source: 'docker', version: '27.1.0', address: 'unix:///var/run/docker.sock' },
	{ type: 'containers listed', containers: services.map(name => container(name)) },
	{ type: 'feed live', feed: 'containers' },
	...services.map((name): Fact => ({ type: 'container inspected', detail: detail(name) })),
	...services.map(name => check({ check: 'setup', setup: setup() }, name)),
	discovered(),
	page('airflow', true),
	page('mlflow', true),
	health(3000),
	{ type: 'source connected', source: 'airflow', version: '2.8.0', address: 'http://localhost:8082' },
	{ type: 'dags fetched', dags: [dag] },
	{ type: 'import errors fetched', errors: [] },
	runsFetched(
		run('newest', 'success', 60 * minute),
		run('older', 'success', 120 * minute),
		run('oldest', 'success', 180 * minute),
	),
	tasksFetched(stages.map(() => 'success')),
	{ type: 'feed live', feed: 'pipeline' },
	{ type: 'feed live', feed: 'dags' },
	{
		type: 'experiment fetched',
		name: 'lakehouse_ml_pipeline',
		experiment: { experimentId: '1', name: 'lakehouse_ml_pipeline', artifactLocation: null },
	},
	mlflowRuns(0.93, 0.92, 0.94, 0.925, 0.93),
	{ type: 'feed live', feed: 'experiment' },
	{ type: 'model versions fetched', versions: [] },
	{ type: 'feed live', feed: 'models' },
	check({
		check: 'pools',
		pools: [{ name: 'default_pool', slots: 128, occupied: 0, running: 0, queued: 0, scheduled: 0, open: 128 }],
	}),
	check({
		check: 'engine',
		clockAheadMs: 12,
		uncertainMs: 5,
		memoryBytes: 16 * 2 ** 30,
		rootFolder: '/var/lib/docker',
	}),
	check({
		check: 'disk',
		places: [
			{
				path: '/var/lib/docker',
				freeBytes: 71 * 2 ** 30,
				totalBytes: 252 * 2 ** 30,
				freeInodes: 9e6,
				totalInodes: 1e7,
				growthBytesPerHour: 0,
			},
		],
	}),
	check({
		check: 'host memory',
		totalBytes: 16 * 2 ** 30,
		availableBytes: 8 * 2 ** 30,
		swapBytes: 0,
		swapFreeBytes: 0,
	}),
	check({
		check: 'compose file',
		hashes: Object.fromEntries(services.map(name => [name, 'hash'])),
		images: Object.fromEntries(Object.values(images).map(name => [name, 'sha256:1'])),
	}),
	check({ check: 'dag folder', folder: '/opt/airflow/dags', isMounted: true, host: [file()], hostId: '1:2' }),
	check({ check: 'dag folder inside', exists: true, id: '1:2', files: [file()] }),
	check({
		check: 'broker',
		answer: 'PONG',
		hang: null,
		queues: [],
		memoryBytes: 1_400_000,
		memoryLimitBytes: 0,
		policy: 'noeviction',
		hasFailedToSave: false,
	}),
	check({
		check: 'database',
		problem: null,
		connections: 19,
		connectionLimit: 100,
		isMigrated: true,
		users: ['admin'],
	}),
	check({ check: 'mlflow connection', url: 'http://mlflow:5000', httpStatus: 200, problem: '' }),
	check({ check: 'celery ping', answers: true, lines: [], tookMs: 3000 }),
	check({ check: 'logs folder', isWritable: true, words: '' }),
];

export function file(more: Partial<Extract<CheckResult, { check: 'dag folder inside' }>['files'][number]> = {}) {
	return {
		path: dagFile,
		mode: '644',
		uid: 0,
		sizeBytes: 3000,
		modifiedAt: now - 60 * minute,
		looksLikeDag: true,
		isReadable: true,
		...more,
	};
}

/** A fact with its time; without one it was observed a while ago. */
export type Timed = Fact | { readonly at: number; readonly fact: Fact };

export function stateOf(...more: readonly Timed[]): StackState {
	const at = now - 10_000;
	return [...healthy, ...more].reduce((state: StackState, one): StackState => {
		const seen: Observation = 'fact' in one ? { ...one.fact, at: one.at } : { ...one, at };
		return reduce(state, seen);
	}, initialState);
}

/** The findings on the healthy stack after these facts. */
export function findings(...more: readonly Timed[]): Finding[] {
	const state = stateOf(...more);
	const found = diagnose(state, now, diagnosisOptions);
	for (const finding of found) {
		harmlessFirst(state, finding);
		note(state, finding);
	}
	return found;
}

/** For every finding of every rule: no fix that interrupts something precedes one that interrupts less. */
export function harmlessFirst(state: StackState, { id, fixes }: Finding): void {
	const facts = factsOf(state, now, diagnosisOptions);
	const order = fixes.map(({ action }) => risks.indexOf(interruptionBy(facts, action).risk));
	if (order.some((risk, index) => risk < (order[index - 1] ?? 0)))
		throw new Error(`${id}: its fixes are in the order of ${order.map(risk => risks[risk]).join(', ')}`);
	for (const { action, interrupts = [] } of fixes) {
		if (interruptionBy(facts, action).risk === 'tasks' && interrupts.length === 0)
			throw new Error(`${id}: ${action.kind} interrupts tasks and does not say so`);
	}
}

/** The printed commands of fixes from every finding of a test: all of them have to work when pasted. */
const printed = new Set<string>();
const pastable = new Set<string>();
let isDue = false;

function note(state: StackState, { fixes }: Finding): void {
	const commands = fixes.flatMap(({ action }) => commandOfFix(action, { state }) ?? []);
	const fresh = commands.filter(command => !printed.has(command) && !pastable.has(command));
	if (!isDue && (fresh.length > 0 || printed.size > 0)) isDue = atTheEnd();
	for (const command of fresh) printed.add(command);
}

/**
 * Checks all of them at the end of the test, because thousands of findings print the same few; false outside of a test.
 */
function atTheEnd(): boolean {
	try {
		onTestFinished(async () => {
			isDue = false;
			const all = [...printed];
			printed.clear();
			await demandPastable(all);
			for (const command of all) pastable.add(command);
		}, 60_000);
		return true;
	} catch {
		// A file that declares its tests: checked with the first of them that finds anything.
		return false;
	}
}

/** Ids of the findings without a cause among the others. */
export function roots(...more: readonly Timed[]): string[] {
	return findings(...more).flatMap(finding => (finding.explainedBy === null ? [finding.id] : []));
}

/** The findings of one rule, rendered in English. */
export function only(rule: string, ...more: readonly Timed[]) {
	const chosen = rules.filter(({ name }) => name === rule);
	if (chosen.length !== 1) throw new Error(`there is no rule ${rule}`);
	const state = stateOf(...more);
	const found = diagnose(state, now, diagnosisOptions, chosen);
	for (const finding of found) {
		harmlessFirst(state, finding);
		note(state, finding);
	}
	return found.map(finding => ({
		subject: finding.subject,
		severity: finding.severity,
		title: render(finding.title, 'en'),
		cause: render(finding.cause, 'en'),
		evidence: finding.evidence.flatMap(({ message, lines }) => [render(message, 'en'), ...lines]),
		fixes: finding.fixes.map(({ action }) => action),
	}));
}
