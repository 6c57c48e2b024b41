/** Rows of what only Airflow 3 has. The other rows are in `airflow-state.ts`, which holds these. */

export type BackfillRow = {
	readonly id: number;
	readonly dagId: string;
	readonly from: number;
	readonly to: number;
	readonly reprocess: string;
	readonly maxActiveRuns: number;
	readonly createdAt: number;
	isPaused: boolean;
	updatedAt: number;
	completedAt?: number;
};

/** What a task asks, as its operator defines it. */
export type Asks = {
	readonly subject: string;
	readonly body: string | null;
	readonly options: readonly string[];
	readonly defaults: readonly string[] | null;
	readonly multiple: boolean;
	readonly params: Readonly<
		Record<string, { value: string | number | null; description: string | null; schema: Record<string, unknown> }>
	>;
};

/** A task that asks, and the answer that it got. */
export type Question<Task> = {
	readonly task: Task;
	readonly asks: Asks;
	readonly createdAt: number;
	answer?: {
		readonly at: number;
		readonly by: string;
		readonly chosen: readonly string[];
		readonly params: Readonly<Record<string, unknown>>;
	};
};

export type AssetEvent<Task, Run> = {
	readonly id: number;
	readonly asset: string;
	readonly time: number;
	readonly task: Task;
	readonly started: readonly Run[];
};

export type NewerState<Task, Run> = {
	readonly backfills: BackfillRow[];
	readonly questions: Question<Task>[];
	readonly assetEvents: AssetEvent<Task, Run>[];
};

export const createNewerState = <Task, Run>(): NewerState<Task, Run> => ({
	backfills: [],
	questions: [],
	assetEvents: [],
});
