/** A version of a DAG's definition; Airflow 3 makes one when a changed DAG is parsed after a run. */
export type DagVersion = {
	readonly number: number;
	/** ms since the epoch. */
	readonly createdAt: number | null;
	/** The bundle's own version, for example a Git commit. */
	readonly bundleVersion: string | null;
};
