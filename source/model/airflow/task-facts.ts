import type { LogErrors } from '../logs/log-errors.ts';
import type { Failure } from '../source.ts';
import type { TaskTryTimes } from './airflow-watch.ts';
import type { TaskInstance } from './pipeline.ts';
import type { TaskDetail, XComKey } from './task-detail.ts';

/** What a request brought, or why it brought nothing. */
export type Fetched<Value> =
	| { readonly value: Value; readonly failure: null }
	| { readonly value: null; readonly failure: Failure };

/** What was asked about one task instance, each part by a request of its own. */
export type TaskFacts = {
	readonly detail: Fetched<TaskDetail>;
	/** Those that have started, the first first; Airflow 2 has the last one only. */
	readonly tries: Fetched<readonly TaskTryTimes[]>;
	readonly xcoms: Fetched<readonly XComKey[]>;
	/** In the log of the last try; the value is null before the first one. */
	readonly errors: Fetched<LogErrors | null>;
	/** Instances of the same task in earlier runs. */
	readonly earlier: Fetched<readonly TaskInstance[]>;
};
