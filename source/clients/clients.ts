import type { AirflowClient } from './airflow/airflow.ts';
import type { ComposeClient } from './compose.ts';
import type { DockerClient } from './engine/docker.ts';
import type { MlflowClient } from './mlflow/mlflow.ts';
import type { SshConnection } from './ssh/ssh-connection.ts';

/**
 * The clients of the servers; replaced when discovery finds a server elsewhere. Airflow and MLflow are null before
 * discovery; if an address is unknown, every request fails with the reason.
 */
export type Clients = {
	readonly docker: DockerClient;
	readonly compose: ComposeClient;
	/** The connection to the engine's host; null unless the engine's address is an ssh address. */
	readonly ssh: SshConnection | null;
	airflow: AirflowClient | null;
	mlflow: MlflowClient | null;
};
