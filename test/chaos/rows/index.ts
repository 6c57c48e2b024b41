import type { ChaosRow } from '../row.ts';
import { serverRows } from './servers.ts';
import { streamRows } from './streams.ts';
import { terminalRows } from './terminal.ts';
import { viewRows } from './views.ts';

/** Every row of the chaos suite. A file of this folder holds the rows of one or more groups. */
export const chaosRows: readonly ChaosRow[] = [...serverRows, ...streamRows, ...viewRows, ...terminalRows];
