/** Where Airflow's image has its DAGs, unless AIRFLOW__CORE__DAGS_FOLDER says otherwise. */
export const usualDagFolder = '/opt/airflow/dags';

/** A DAG file as people call it: without the folder that all of them are in. */
export function dagFileName(path: string): string {
	return path.replace(/^.*\/dags\//, '');
}
