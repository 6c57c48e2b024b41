import type { Asset, AssetEvent } from '../../model/airflow/asset.ts';
import type { Backfill, BackfillProgress, BackfillRequest } from '../../model/airflow/backfill.ts';
import type { DagVersion } from '../../model/airflow/dag-version.ts';
import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Answer, Question } from '../../model/airflow/question.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { filled, type Message, phrase } from '../../words/message.ts';
import type { Watching3 } from './airflow3-watching.ts';

/** A task instance that asks. */
export type AskingTask = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'>;
export type BackfillChange = 'pause' | 'unpause' | 'cancel';

/** Requests that only Airflow 3 answers. `AirflowClient.airflow3` gives them. Every method throws ClientError. */
export interface Airflow3 extends Watching3 {
	/** The backfills of a DAG, newest first. */
	backfills(dagId: string, signal?: AbortSignal): Promise<Backfill[]>;
	backfill(id: number, signal?: AbortSignal): Promise<Backfill>;
	/** Numbers of its runs by state. */
	backfillProgress(backfill: Backfill, signal?: AbortSignal): Promise<BackfillProgress>;
	/** The logical dates that it would run, ms since the epoch. */
	previewBackfill(request: BackfillRequest, signal?: AbortSignal): Promise<number[]>;
	/** `conflict`: the DAG has an active one. */
	createBackfill(request: BackfillRequest, signal?: AbortSignal): Promise<Backfill>;
	/** A cancelled one marks its queued runs as failed; running ones go on. */
	changeBackfill(id: number, change: BackfillChange, signal?: AbortSignal): Promise<Backfill>;
	/** The unanswered questions of tasks that wait for them, oldest first. */
	questions(signal?: AbortSignal): Promise<Question[]>;
	/** Answers the question of a task; `conflict`: somebody has answered it. */
	answer(task: AskingTask, answer: Answer, signal?: AbortSignal): Promise<void>;
	/** What was chosen; null: not answered yet. */
	answerOf(task: AskingTask, signal?: AbortSignal): Promise<readonly string[] | null>;
	/** Newest first. */
	dagVersions(dagId: string, signal?: AbortSignal): Promise<DagVersion[]>;
	/** The text of the DAG's file in a version. */
	sourceOfVersion(dagId: string, version: number, signal?: AbortSignal): Promise<string>;
	/** By name. */
	assets(signal?: AbortSignal): Promise<Asset[]>;
	/** Newest first; of one asset or of all. */
	assetEvents(limit: number, assetId: number | null, signal?: AbortSignal): Promise<AssetEvent[]>;
	/** Starts a run of the DAG that produces the asset. The server refuses one that no DAG, or several, produce. */
	materialize(assetId: number, dagRunId: string, signal?: AbortSignal): Promise<DagRun>;
}

/** What needs Airflow 3, as the subject of a sentence. */
export const airflow3Features = {
	backfills: ['Backfills', '백필'],
	questions: ['Questions of tasks', '작업의 질문'],
	versions: ['DAG versions', 'DAG 버전'],
	assets: ['Assets', '에셋'],
	dependencies: ['Unmet dependencies of tasks', '작업의 미충족 의존성'],
	counts: ['Counts of DAG runs by state', '상태별 DAG 실행 수'],
	jobs: ['Heartbeats of Airflow jobs', 'Airflow job의 하트비트'],
	events: ['Events of the audit log', '감사 로그의 이벤트'],
	wait: ['Requests that last until a DAG run ends', 'DAG 실행이 끝날 때까지 이어지는 요청'],
} as const satisfies Record<string, Text>;
export type Airflow3Feature = keyof typeof airflow3Features;

/** Why Airflow 2 cannot do it. */
export function needsAirflow3(feature: Airflow3Feature, version: string | null): Message {
	const [english, korean] = airflow3Features[feature];
	const what = filled(['{english}', '{korean}'], { english, korean });
	return version === null
		? phrase(['{what} need Airflow 3', '{what}: Airflow 3이 필요합니다'], { what })
		: phrase(
				['{what} need Airflow 3; this is {version}', '{what}: Airflow 3이 필요합니다. 이 서버는 {version}입니다'],
				{
					what,
					version,
				},
			);
}

/** The error of an older server: `refused`. */
export function olderAirflow(feature: Airflow3Feature, version: string | null): ClientError {
	return new ClientError('refused', needsAirflow3(feature, version));
}
