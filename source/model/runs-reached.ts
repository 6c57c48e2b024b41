/** DAG runs that views over many runs reach, the newest: some three years of daily ones. */
export const runsReached = 1000;
