import { type CatalogueDag, DAGS, PIPELINE_DAG } from './airflow/dag-catalogue.ts';
import { GUIDE_STORY, type NewerStory, OFFICIAL_STORY } from './airflow/newer-dags.ts';
import { OFFICIAL_DAGS, ORDERS_DAG } from './airflow/official-dags.ts';
import { LAKEHOUSE_CONTAINERS } from './containers/lakehouse-containers.ts';
import { mlopsContainers } from './containers/mlops-airflow3.ts';
import { MLOPS } from './containers/mlops-containers.ts';
import { containerName, officialContainers, SHOP, type StackUser } from './containers/official-containers.ts';
import type { DemoWorldStack } from './stack-parts.ts';
import type { AirflowChoice, MlflowChoice } from './versions.ts';

const withStory = (dags: readonly CatalogueDag[], story: NewerStory | undefined) => ({
	dags: [...dags, ...(story?.dags ?? [])],
	...(story === undefined ? {} : { story }),
});

/** The stack of the guide, beside a lakehouse. @param isNewer with the story of what only Airflow 3 has */
export function guideStack(airflow: AirflowChoice, mlflow: MlflowChoice, workers = 1, isNewer = false): DemoWorldStack {
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
		...withStory(DAGS, isNewer && airflow === '3' ? GUIDE_STORY : undefined),
		hasFab: false,
		mainDag: PIPELINE_DAG,
	};
}

/** Where MLflow runs that is not in the project, and who logs in there. */
export const ELSEWHERE = {
	url: 'http://mlflow.internal:5000',
	user: { name: 'pipeline', password: 'metrics-for-all' },
};

/** The same stack, whose tasks log to an MLflow elsewhere. @param isLocked it wants a login */
export function withMlflowElsewhere(stack: DemoWorldStack, isLocked: boolean): DemoWorldStack {
	const { url, user } = ELSEWHERE;
	const login = [`MLFLOW_TRACKING_USERNAME=${user.name}`, `MLFLOW_TRACKING_PASSWORD=${user.password}`];
	const containers = stack.containers
		.filter(({ name }) => name !== stack.parts.mlflow)
		.map(container => ({
			...container,
			env: container.env.flatMap(one =>
				one.startsWith('MLFLOW_TRACKING_URI=') ? [`MLFLOW_TRACKING_URI=${url}`, ...(isLocked ? login : [])] : one,
			),
		}));
	return { ...stack, containers, parts: { ...stack.parts, mlflow: null }, isMlflowElsewhere: true };
}

/** The stack of Airflow's official Compose file, alone on its host. */
/** @param user whom the initialisation creates */
export function officialStack(airflow: AirflowChoice, user: StackUser, workers = 2, isNewer = false): DemoWorldStack {
	return {
		project: SHOP,
		containers: officialContainers(airflow, workers, user),
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
		...withStory(OFFICIAL_DAGS, isNewer && airflow === '3' ? OFFICIAL_STORY : undefined),
		hasFab: true,
		mainDag: ORDERS_DAG,
	};
}
