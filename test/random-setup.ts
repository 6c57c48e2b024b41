/** Before each file of tests: see `random.ts`. */
import fc from 'fast-check';
import { runs, seed } from './random.ts';

// Fast-check tries a hundred inputs where a test names no number.
fc.configureGlobal({ seed, numRuns: runs(100) });
