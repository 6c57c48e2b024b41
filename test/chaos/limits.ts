/** What every row is measured by; docs/reliability.md names these figures. */

/** Longest time without an answer to a key, ms of the processor's time: the wall clock of a busy machine tells of the neighbours. */
export const blockedLimitMs = 500;
/** Chunks of the largest answer that is read (32 MB), their sum, its text, and what is parsed of it. */
export const answerGrowthBytes = 250 * 1024 * 1024;
/** What a screen holds more than at its start: lines of logs, and what a collection has not taken away yet. */
export const growthLimitBytes = 64 * 1024 * 1024;
/** From a signal to the end, ms; on a busy machine, those in which a processor was there for it. */
export const endLimitMs = 1000;
