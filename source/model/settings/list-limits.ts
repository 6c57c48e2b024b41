/** Most DAG runs that views and the list of runs reach: three years of daily runs. */
export const runsReached = 1000;
/** DAG runs that the list fetches at a time: one page of Airflow's API. */
export const runsListed = 100;
/** MLflow runs of an experiment, the newest: a pipeline run has seven, so these are the last two to three dozen. */
export const mlflowRunsListed = 200;
