/** An asset of Airflow 3: data that tasks produce and that starts DAGs. Times are ms since the epoch. */
export type Asset = {
	readonly id: number;
	readonly name: string;
	readonly uri: string;
	readonly group: string;
	readonly lastEventAt: number | null;
	readonly producers: readonly { readonly dagId: string; readonly taskId: string }[];
	/** DAGs whose schedule depends on it. */
	readonly scheduledDags: readonly string[];
	readonly consumers: readonly { readonly dagId: string; readonly taskId: string }[];
};

/** A change of an asset. */
export type AssetEvent = {
	readonly id: number;
	readonly assetId: number;
	readonly name: string;
	readonly at: number | null;
	/** The task that made it; null: somebody reported it. */
	readonly source: { readonly dagId: string; readonly dagRunId: string; readonly taskId: string } | null;
	/** The DAG runs that it started. */
	readonly started: readonly { readonly dagId: string; readonly dagRunId: string; readonly state: string }[];
};
