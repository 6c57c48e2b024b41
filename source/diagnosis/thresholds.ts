const second = 1000;
const minute = 60 * second;

/**
 * Limits from which something counts as a problem, in ms, bytes and shares. Of two numbers the second is where the finding
 * clears, so that a value at the edge does not flap.
 */
export const thresholds = {
	/** Heartbeats come every 5 s. Airflow reports an unhealthy scheduler after 30 s; three missed ones are enough here. */
	heartbeatOldMs: 20 * second,
	/** After a start the scheduler first migrates, parses and adopts tasks. */
	startGraceMs: 60 * second,
	/** One failed look may mean a busy page, so two must fail: they are 5 s apart and take up to 3 s. */
	pageFailingMs: 4 * second,
	/** Timeout of a look at a page: usually a few ms, a second more on a busy webserver. */
	pageLookMs: 3 * second,
	/** A failed API request is retried once within this time. */
	requestFailingMs: 4 * second,
	/** Longest wait for the checks that could explain a hanging page. */
	doubtMs: 20 * second,
	/**
	 * Timeout of a Celery ping, which takes seconds and more on a busy host, and the pause between two: each costs the
	 * worker seconds of CPU.
	 */
	celeryPingMs: 40 * second,
	celeryPingPauseMs: minute,
	/** After a start a container needs some time until it serves its page; its health check allows for that. */
	pageStartMs: 3 * minute,
	/** A restart takes a second or two; after this time an exit counts. */
	endedMs: 3 * second,
	/** Exits within the window that make a restart loop: the engine waits longer before each restart. */
	loopEnds: 3,
	loopWindowMs: 5 * minute,
	/** A container that has stayed up this long is out of its loop. */
	loopOverMs: 90 * second,
	/** A worker takes a queued task within a second or two, later on a busy host. */
	queuedTooLongMs: 30 * second,
	/** A worker that has taken the message starts Python, which takes over a minute on a busy host. */
	takenTooLongMs: 3 * minute,
	/** Between scheduled and queued is one scheduler loop, a few seconds at most. */
	scheduledTooLongMs: 45 * second,
	/** A DAG run leaves the state queued in the next scheduler loop unless something holds it. */
	runQueuedTooLongMs: 20 * second,
	/** Delay after which a scheduled DAG run is late: the scheduler looks every few seconds. */
	scheduleLateMs: 2 * minute,
	/** A DAG run is slow from this multiple of the usual duration, and from this excess. */
	slowFactor: 2,
	slowLeastMs: 2 * minute,
	/** A task is stuck from this excess over the usual duration, and from this multiple of it. */
	stuckSilentMs: 10 * minute,
	stuckFactor: 3,
	/** Free share of a disk below which it is nearly full, and free bytes that suffice whatever the share. */
	diskWarnShare: [0.1, 0.12],
	diskCriticalShare: [0.03, 0.04],
	diskPlentyBytes: 20 * 2 ** 30,
	/** Below this, Postgres and Redis soon stop writing, however small the disk is. */
	diskCriticalBytes: 500 * 2 ** 20,
	inodeShare: [0.05, 0.06],
	/** Share of a container's memory limit above which an OOM kill is near. */
	memoryShare: [0.92, 0.88],
	/** Available share of the host's memory below which it swaps or kills. */
	hostMemoryShare: [0.05, 0.08],
	/** Share of its CPU limit that a container uses in all of the last samples. */
	cpuShare: 0.95,
	cpuSamples: 15,
	/** A disk fills up fast if it is full within this time at the current rate, and the rate is at least this much per hour. */
	diskFullWithinMs: 6 * 60 * minute,
	diskGrowthBytes: 2 ** 30,
	/** How long an OOM kill is reported. */
	oomNewsMs: 15 * minute,
	/** A larger clock difference affects sign-in tokens, heartbeats and schedules. */
	clockSkewMs: 5 * second,
	/** Share of used connections near which others are refused: Postgres reserves three for its superuser. */
	connectionShare: [0.95, 0.85],
	/** How long a queue may go without a worker that takes messages. */
	queueStuckMs: 20 * second,
	/** The scheduler sets `queued` before it sends the message, and a worker acknowledges it seconds later. */
	messageOldMs: 25 * second,
	/** A full pool in which no task starts or ends for this long is stuck, not busy. */
	poolUnchangedMs: 60 * second,
	/** Share of task_queued_timeout after which a queued task is worth a warning. */
	queuedShare: 0.7,
	/** How long a sign in a log counts. */
	signMs: 2 * minute,
	/** The scheduler parses a changed file within the default interval of 30 s; this adds a reserve. */
	fileSeenMs: 90 * second,
	/** Age from which a file without a DAG counts; new files are only found when the folder is listed, every 300 s by default. */
	fileListedMs: 60 * second,
	/** Age from which fetched tasks of an active DAG run no longer count: while unfocused they are fetched every 15 s. */
	tasksOldMs: 40 * second,
	/** Two manual DAG runs within this time were probably triggered by mistake. */
	doubleTriggerMs: 10 * second,
	/** A score this far below the median of the previous MLflow runs is no noise. */
	metricDrop: 0.05,
	/** Share by which the newest version of a model may be worse than the champion, unless configured. */
	championMargin: 0.1,
	/** An upload of some gigabytes takes minutes. */
	uploadPendingMs: 10 * minute,
	/** How long a lost upload is reported: over a weekend. */
	uploadNewsMs: 3 * 24 * 60 * minute,
	/** Age from which a check no longer counts. */
	checkOldMs: 5 * minute,
	/** How much later a cause may be noticed than its consequence. */
	causeLagMs: 2 * minute,
} as const;
