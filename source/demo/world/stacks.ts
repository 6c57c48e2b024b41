import { DAGS, PIPELINE_DAG } from './dag-catalogue.ts';
import { LAKEHOUSE_CONTAINERS } from './lakehouse-containers.ts';
import { mlopsContainers } from './mlops-airflow3.ts';
import { MLOPS } from './mlops-containers.ts';
import { containerName, officialContainers, SHOP } from './official-containers.ts';
import { OFFICIAL_DAGS, ORDERS_DAG } from './official-dags.ts';
import type { DemoWorldStack } from './stack-parts.ts';
import type { AirflowChoice, MlflowChoice } from './versions.ts';

/** The stack of the guide, beside a lakehouse. */
export function guideStack(airflow: AirflowChoice, mlflow: MlflowChoice, workers = 1): DemoWorldStack {
	return {
		project: MLOPS,
		containers: mlopsContainers(airflow, mlflow, workers),
		parts: {
			web: airflow === '3' ? 'airflow-apiserver' : 'airflow-webserver',
			scheduler: 'airflow-scheduler',
			parser: airflow === '3' ? 'airflow-dag-processor' : 'airflow-scheduler',
			triggerer: null,
			database: 'airflow-postgres',
			broker: 'airflow-redis',
			mlflow: 'mlflow',
		},
		neighbours: LAKEHOUSE_CONTAINERS,
		dags: DAGS,
		mainDag: PIPELINE_DAG,
	};
}

/** The stack of Airflow's official Compose file, alone on its host. */
export function officialStack(airflow: AirflowChoice, workers = 2): DemoWorldStack {
	return {
		project: SHOP,
		containers: officialContainers(airflow, workers),
		parts: {
			web: containerName(airflow === '3' ? 'airflow-apiserver' : 'airflow-webserver'),
			scheduler: containerName('airflow-scheduler'),
			parser: containerName(airflow === '3' ? 'airflow-dag-processor' : 'airflow-scheduler'),
			triggerer: containerName('airflow-triggerer'),
			database: containerName('postgres'),
			broker: containerName('redis'),
			mlflow: null,
		},
		neighbours: [],
		dags: OFFICIAL_DAGS,
		mainDag: ORDERS_DAG,
	};
}
