const second = 1000;
const minute = 60 * second;

/**
 * From when on something counts as wrong, all in one place: ms, bytes and shares. Where two numbers stand, the second is
 * where a finding goes away again, so that a value at the edge does not come and go.
 */
export const thresholds = {
	/** A heartbeat comes every 5 s. Airflow itself speaks of an unhealthy scheduler after 30 s; three missed are enough. */
	heartbeatOldMs: 20 * second,
	/** A scheduler that has just started first migrates, parses and adopts tasks before it beats. */
	startGraceMs: 60 * second,
	/** A page that misses one look may be busy: two looks, 5 s apart, of 3 s each. */
	pageAwayMs: 4 * second,
	/** A page has so long for an answer: it usually takes a few ms, a busy webserver needs a second more. */
	pageLookMs: 3 * second,
	/** A request to an API that fails once is tried again. */
	requestFailingMs: 4 * second,
	/** So long at the most what lies beneath a page that hangs is waited for to be looked at. */
	doubtMs: 20 * second,
	/**
	 * A Celery ping takes some seconds, and more on a busy host; so long its answer is waited for. It costs the worker
	 * seconds of CPU: so long at least it is left alone in between.
	 */
	celeryPingMs: 40 * second,
	celeryPingPauseMs: minute,
	/** A container that just started serves its page some time later; its health check allows for that. */
	pageStartMs: 3 * minute,
	/** A restart takes a second or two: an end is one when nobody has started it again by then. */
	endedMs: 3 * second,
	/** Ends of one container within the window that make a loop: the engine waits longer before each restart. */
	loopEnds: 3,
	loopWindowMs: 5 * minute,
	/** A container that has stayed up so long has left its loop. */
	loopOverMs: 90 * second,
	/** A worker takes a queued task within a second or two; a busy machine needs longer. */
	queuedTooLongMs: 30 * second,
	/** A worker has taken the message and starts a Python for it, which on a busy host takes a minute and more. */
	takenTooLongMs: 3 * minute,
	/** Between scheduled and queued lies one turn of the scheduler's loop, at the most some seconds. */
	scheduledTooLongMs: 45 * second,
	/** A run leaves the state queued with the scheduler's next turn, unless something holds it. */
	runQueuedTooLongMs: 20 * second,
	/** A schedule is late when its run has not been made so long after its time: the scheduler looks every few seconds. */
	scheduleLateMs: 2 * minute,
	/** A run or task that takes this many times as long as usual, and at least so much longer. */
	slowFactor: 2,
	slowLeastMs: 2 * minute,
	/** A running task whose log says nothing for so long, and which takes far longer than it usually does. */
	stuckSilentMs: 10 * minute,
	stuckFactor: 3,
	/** Free share of a disk below which it is nearly full, and bytes that are plenty whatever the share. */
	diskWarnShare: [0.1, 0.12],
	diskBadShare: [0.03, 0.04],
	diskPlentyBytes: 20 * 2 ** 30,
	/** Below this, Postgres and Redis stop writing sooner or later, however small the disk is. */
	diskBadBytes: 500 * 2 ** 20,
	inodeShare: [0.05, 0.06],
	/** Share of a container's own memory limit at which the kernel soon kills. */
	memoryShare: [0.92, 0.88],
	/** Share of the host's memory that is left before it swaps, or kills. */
	hostMemoryShare: [0.05, 0.08],
	/** Share of its processors that a container uses all the time, over as many samples. */
	cpuShare: 0.95,
	cpuSamples: 15,
	/** A disk that will be full within so long at the pace of the last half hour, if it fills by at least so much an hour. */
	diskFullWithinMs: 6 * 60 * minute,
	diskGrowthBytes: 2 ** 30,
	/** A kill for want of memory is news for so long. */
	oomNewsMs: 15 * minute,
	/** Sign-in tokens, task heartbeats and schedules suffer from clocks that differ more. */
	clockSkewMs: 5 * second,
	/** Connections of a database that are taken before others are refused: Postgres keeps three for its superuser. */
	connectionShare: [0.95, 0.85],
	/** A queue that no worker empties. */
	queueStuckMs: 20 * second,
	/** The scheduler writes `queued` before it sends the message, and a worker marks what it took seconds later. */
	messageOldMs: 25 * second,
	/** A full pool in which nothing has begun or ended for so long is stuck, not busy. */
	poolStillMs: 60 * second,
	/** Share of the time after which Airflow gives up a queued task, from which on that is worth a warning. */
	queuedShare: 0.7,
	/** Signs in logs are believed so long. */
	signMs: 2 * minute,
	/** A file that was just written is read with the scheduler's next turn; the default intervals of 30 s and a reserve. */
	fileSeenMs: 90 * second,
	/** A file new to Airflow is found when it lists the folder: 300 s by default, whatever the setting says. */
	fileListedMs: 60 * second,
	/** Tasks of a run under way that were not fetched for so long say nothing: unfocused they are fetched every 15 s. */
	tasksOldMs: 40 * second,
	/** Two runs started by hand within this are most likely one wish of two people. */
	doubleTriggerMs: 10 * second,
	/** A score that falls by so much below the median of the runs before is no noise. */
	metricDrop: 0.05,
	/** Checks older than this say nothing about now. */
	checkOldMs: 5 * minute,
	/** A cause may be noticed so much later than its consequence. */
	causeLagMs: 2 * minute,
} as const;
