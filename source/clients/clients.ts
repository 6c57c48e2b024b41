import type { AirflowClient } from './airflow/airflow.ts';
import type { ComposeClient } from './compose.ts';
import type { DockerClient } from './engine/docker.ts';
import type { MlflowClient } from './mlflow/mlflow.ts';

/**
 * How the servers are asked; replaced when discovery finds them elsewhere. Airflow and MLflow are null until the stack was
 * looked for; where an address is unknown every request fails with the reason.
 */
export type Clients = {
	readonly docker: DockerClient;
	readonly compose: ComposeClient;
	airflow: AirflowClient | null;
	mlflow: MlflowClient | null;
};
