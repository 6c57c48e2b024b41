/** The limits of every row; docs/reliability.md names these figures. */

/** Longest time without a response to a key, in ms of CPU time: on a busy machine the wall clock depends on others. */
export const blockedLimitMs = 500;
/** Chunks of the largest response that is read (32 MB), their sum, its text, and the parsed values. */
export const answerGrowthBytes = 250 * 1024 * 1024;
/** What a screen holds more than at its start: lines of logs, and garbage that was not collected yet. */
export const growthLimitBytes = 64 * 1024 * 1024;
/** From a signal to the end, in ms; on a busy machine only those in which a processor was available. */
export const endLimitMs = 1000;
