/** Airflow's major version, which decides its REST API and its services. */
export type AirflowGeneration = '2' | '3';

/** The Airflow that a demo runs, by the versions that its answers differ between. */
export const airflowVersions = { '2': '2.8.0', '2.10': '2.10.5', '3': '3.3.2' } as const;
export type AirflowChoice = keyof typeof airflowVersions;
export type AirflowVersion = (typeof airflowVersions)[AirflowChoice];

export const generationOf = (choice: AirflowChoice): AirflowGeneration => (choice === '3' ? '3' : '2');

/** The MLflow that a demo runs, by major version. */
export const mlflowVersions = { '2': '2.9.2', '3': '3.17.2' } as const;
export type MlflowChoice = keyof typeof mlflowVersions;
export type MlflowVersion = (typeof mlflowVersions)[MlflowChoice];

export const isMlflow3 = (version: MlflowVersion): boolean => version === mlflowVersions['3'];
