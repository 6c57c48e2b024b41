import type { Json } from '../text/json.ts';
import type { TaskInstance } from './pipeline.ts';

/** A template field of an operator with its value in this try. */
export type RenderedField = { readonly name: string; readonly value: Json };

/** A task instance as Airflow describes it alone. Times are ms since the epoch. */
export type TaskDetail = TaskInstance & {
	/** As Airflow shows it: `BashOperator`, `@task`; null: the task was removed from its DAG. */
	readonly operator: string | null;
	/** When the scheduler found that it can run (Airflow 3); null: never, or Airflow 2. */
	readonly scheduledAt: number | null;
	readonly priorityWeight: number | null;
	/** Process on its host; null before the start. */
	readonly pid: number | null;
	/** Name of its executor where several are configured (from 2.10 on); null: the default one. */
	readonly executor: string | null;
	/** What a mapped instance is called by its author (`map_index_template`, from 2.9 on). */
	readonly label: string | null;
	/** Empty before the start. */
	readonly fields: readonly RenderedField[];
};

/** An entry that a task instance has pushed, without its value. */
export type XComKey = {
	readonly key: string;
	/** ms since the epoch. */
	readonly pushedAt: number | null;
};
