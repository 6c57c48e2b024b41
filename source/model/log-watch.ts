/** A log that somebody looks at. */
export type LogWatch =
	/** A container's, by its name, so that a successor of the same name is followed on. */
	{ readonly kind: 'container'; readonly name: string } | ({ readonly kind: 'task' } & TaskLogRequest);

/** The log that is wanted: of one try, of a task try after try, or of a whole run stage after stage. */
export type TaskLogRequest = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** Where to begin; empty, of a whole run: with its first. */
	readonly taskId: string;
	readonly mapIndex: number;
	/** The try to begin with; null: the newest. */
	readonly tryNumber: number | null;
	readonly follow: 'try' | 'task' | 'run';
};

/** The key of a container's log: by name, so that a recreated container's lines follow its predecessor's. */
export function containerStream(name: string): string {
	return `container/${name}`;
}

/** The key under which the lines of a watched log are kept. */
export function streamOf(watch: LogWatch): string {
	if (watch.kind === 'container') return containerStream(watch.name);
	const { dagId, dagRunId, taskId, mapIndex, tryNumber, follow } = watch;
	return ['task', dagId, dagRunId, taskId, mapIndex, tryNumber ?? 'newest', follow].join('\n');
}
