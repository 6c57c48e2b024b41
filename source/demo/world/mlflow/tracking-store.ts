import type { MlflowVersion } from '../versions.ts';

/** The content of the demo MLflow server's database. */

export type MetricPoint = { value: number; timestamp: number; step: number };
export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
/** `content`: of a file; an image is drawn when it is asked for. */
export type Artifact = { path: string; isDir: boolean; content?: string | (() => Buffer) };

/** The bytes of a file; null for a folder. */
export function bytesOf({ content }: Artifact): Buffer | null {
	if (content === undefined) return null;
	return typeof content === 'string' ? Buffer.from(content) : content();
}

export type TrackedRun = {
	runId: string;
	experimentId: string;
	name: string;
	userId: string;
	status: RunStatus;
	startTime: number;
	endTime?: number;
	params: Map<string, string>;
	tags: Map<string, string>;
	/** By key, in the order in which they were logged. */
	metrics: Map<string, MetricPoint[]>;
	artifacts: Artifact[];
};

export type Experiment = { id: string; name: string; createdAt: number; tags: Map<string, string> };

export type ModelVersion = {
	version: number;
	createdAt: number;
	updatedAt: number;
	runId: string;
	source: string;
	tags: Map<string, string>;
	stage: string;
};

export type RegisteredModel = {
	name: string;
	description: string;
	createdAt: number;
	updatedAt: number;
	versions: ModelVersion[];
	/** Alias → version. */
	aliases: Map<string, number>;
	tags: Map<string, string>;
};

/** A model that a run logged (MLflow 3). */
export type LoggedModelRow = {
	/** `m-` and 32 hexadecimal digits. */
	readonly modelId: string;
	readonly experimentId: string;
	readonly name: string;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly status: 'READY' | 'PENDING' | 'UPLOAD_FAILED';
	readonly modelType: string;
	readonly runId: string;
	readonly params: ReadonlyMap<string, string>;
	readonly metrics: ReadonlyMap<string, number>;
};

/** One call of a traced program (MLflow 3). */
export type TraceRow = {
	readonly traceId: string;
	readonly experimentId: string;
	readonly name: string;
	readonly startedAt: number;
	readonly durationMs: number;
	readonly state: 'OK' | 'ERROR';
	readonly request: string;
	/** null: it failed. */
	readonly response: string | null;
};

export type TrackingStore = {
	readonly version: MlflowVersion;
	/** It wants a login. */
	readonly isLocked: boolean;
	readonly experiments: Experiment[];
	readonly runs: Map<string, TrackedRun>;
	readonly models: Map<string, RegisteredModel>;
	/** MLflow 3; oldest first, as the traces. */
	readonly loggedModels: LoggedModelRow[];
	readonly traces: TraceRow[];
};

export const PIPELINE_EXPERIMENT = 'lakehouse_ml_pipeline';
export const MODEL_NAME = 'lakehouse_model';

export function createTrackingStore(time: number, version: MlflowVersion, isLocked = false): TrackingStore {
	const createdAt = Math.floor(time) - 90 * 24 * 3600_000;
	return {
		version,
		isLocked,
		loggedModels: [],
		traces: [],
		experiments: [
			{ id: '0', name: 'Default', createdAt, tags: new Map() },
			{ id: '1', name: PIPELINE_EXPERIMENT, createdAt: createdAt + 86_000, tags: new Map() },
		],
		runs: new Map(),
		models: new Map(),
	};
}

/**
 * The value that MLflow shows for a metric: that of the greatest step, and of these the latest, and of these the
 * greatest (mlflow/store/tracking/sqlalchemy_store.py, `_update_latest_metrics_if_necessary`).
 */
export function latestPoint(points: readonly MetricPoint[]): MetricPoint | undefined {
	return points.reduce<MetricPoint | undefined>((best, point) => {
		if (best === undefined) return point;
		const difference = point.step - best.step || point.timestamp - best.timestamp || point.value - best.value;
		return difference >= 0 ? point : best;
	}, undefined);
}

export function logMetric(run: TrackedRun, key: string, point: MetricPoint): void {
	const points = run.metrics.get(key);
	if (points === undefined) run.metrics.set(key, [point]);
	else points.push(point);
}

/** Registers the model of a run as a new version; it becomes the champion if its F1 score is no worse. */
export function registerVersion(
	store: TrackingStore,
	given: { runId: string; source: string; tags: Map<string, string>; time: number; f1Score: number },
): { version: number; isChampion: boolean } {
	const time = Math.floor(given.time);
	let model = store.models.get(MODEL_NAME);
	if (model === undefined) {
		model = {
			name: MODEL_NAME,
			description: 'Which customers are about to leave',
			createdAt: time,
			updatedAt: time,
			versions: [],
			aliases: new Map(),
			tags: new Map(),
		};
		store.models.set(MODEL_NAME, model);
	}
	const version = model.versions.length + 1;
	model.versions.push({
		version,
		createdAt: time,
		updatedAt: time,
		runId: given.runId,
		source: given.source,
		tags: given.tags,
		stage: 'None',
	});
	model.updatedAt = time;
	const champion = model.versions.find(candidate => candidate.version === model.aliases.get('champion'));
	const isChampion = champion === undefined || Number(champion.tags.get('f1_score') ?? 0) <= given.f1Score;
	if (isChampion) model.aliases.set('champion', version);
	return { version, isChampion };
}
