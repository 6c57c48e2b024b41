/**
 * How long a test waits for what must come: it ends as soon as it has come, so only a failure takes this long. Long
 * enough for a machine that does ten other things, because being slow is not what these tests look for.
 */
export const soon = { timeout: 40_000, interval: 20 };
