import type { ChaosRow } from '../row.ts';

/** What a server, or what answers in its place, does wrong. */
export const serverRows: readonly ChaosRow[] = [];
