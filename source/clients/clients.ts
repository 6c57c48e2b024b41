import type { AirflowClient } from './airflow/airflow.ts';
import type { ComposeClient } from './compose.ts';
import type { DockerClient } from './engine/docker.ts';
import type { MlflowClient } from './mlflow/mlflow.ts';

/**
 * The clients of the servers; replaced when discovery finds a server elsewhere. Airflow and MLflow are null before
 * discovery; if an address is unknown, every request fails with the reason.
 */
export type Clients = {
	readonly docker: DockerClient;
	readonly compose: ComposeClient;
	airflow: AirflowClient | null;
	mlflow: MlflowClient | null;
};
