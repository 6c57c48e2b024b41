/** The DAG folder of Airflow's image, unless AIRFLOW__CORE__DAGS_FOLDER sets another. */
export const defaultDagFolder = '/opt/airflow/dags';

/** The name of a DAG file: its path without the DAG folder. */
export function dagFileName(path: string): string {
	return path.replace(/^.*\/dags\//, '');
}
