/** A log that is shown. */
export type LogWatch =
	/** A container's log by its name, so that a successor of the same name is followed too. */
	{ readonly kind: 'container'; readonly name: string } | ({ readonly kind: 'task' } & TaskLogRequest);

/** The requested log: of one try, of a task try after try, or of a whole run task after task. */
export type TaskLogRequest = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** The task to start with; for a whole run empty: the first. */
	readonly taskId: string;
	readonly mapIndex: number;
	/** The try to start with; null: the newest. */
	readonly tryNumber: number | null;
	readonly follow: 'try' | 'task' | 'run';
};

/** The key of a container's log: by name, so that a recreated container's lines follow its predecessor's. */
export function containerStream(name: string): string {
	return `container/${name}`;
}

/** The key of a watched log. */
export function streamOf(watch: LogWatch): string {
	if (watch.kind === 'container') return containerStream(watch.name);
	const { dagId, dagRunId, taskId, mapIndex, tryNumber, follow } = watch;
	return ['task', dagId, dagRunId, taskId, mapIndex, tryNumber ?? 'newest', follow].join('\n');
}
