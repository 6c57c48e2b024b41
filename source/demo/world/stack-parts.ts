import type { CatalogueDag } from './airflow/dag-catalogue.ts';
import type { NewerStory } from './airflow/newer-dags.ts';
import type { ContainerDefinition, ProjectDefinition } from './containers/container.ts';

/** The programs of a stack that its story depends on, each by the name of its container; null: the stack has none. */
export type StackParts = {
	/** The REST API and the web pages. */
	readonly web: string;
	readonly scheduler: string;
	/** What reads DAG files. */
	readonly parser: string;
	readonly triggerer: string | null;
	readonly database: string;
	readonly broker: string;
	readonly mlflow: string | null;
};
export type StackPart = keyof StackParts;

/** What a demo consists of: the containers of its own Compose project, the DAGs, and what stands beside it. */
export type DemoWorldStack = {
	readonly project: ProjectDefinition;
	readonly containers: readonly ContainerDefinition[];
	readonly parts: StackParts;
	/** Another Compose project on the same engine. */
	readonly neighbours: readonly ContainerDefinition[];
	readonly dags: readonly CatalogueDag[];
	/** Airflow 3: FAB's auth manager, as in the official Compose file; else the simple one. */
	readonly hasFab: boolean;
	/** MLflow runs, but not in this project, and not on this engine: `parts.mlflow` is null. */
	readonly isMlflowElsewhere?: true;
	/** The DAG that the demo triggers. */
	readonly mainDag: string;
	/** Airflow 3: questions, assets, backfills and DAG versions. */
	readonly story?: NewerStory;
};
