/** DAG runs that views over many runs and the list of runs reach, the newest: some three years of daily ones. */
export const runsReached = 1000;
/** DAG runs of the list of runs when it opens, and that it fetches more at a time: a page of Airflow's API. */
export const runsListed = 100;
/** MLflow runs of an experiment, the newest: a pipeline run has seven, so these are the last two to three dozen. */
export const mlflowRunsListed = 200;
