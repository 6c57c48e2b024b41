"""Reads and triggers with Airflow's own Python client; prints what it got as one JSON document."""

import json
import sys

from airflow_client import client
from airflow_client.client.api import dag_api, dag_run_api, import_error_api, monitoring_api, pool_api, task_instance_api
from airflow_client.client.model.dag_run import DAGRun

DAG = "ml_pipeline_end_to_end"


def main(url: str) -> None:
    configuration = client.Configuration(host=f"{url}/api/v1", username="admin", password="admin")
    with client.ApiClient(configuration) as api:
        runs = dag_run_api.DAGRunApi(api)
        newest = runs.get_dag_runs(DAG, limit=1, order_by="-execution_date").dag_runs[0]
        tasks = task_instance_api.TaskInstanceApi(api)
        triggered = runs.post_dag_run(DAG, DAGRun(conf={"pace": 600}, dag_run_id="by_the_client"))
        log = tasks.get_log(DAG, newest.dag_run_id, "raw_to_bronze", 1, full_content=True)
        print(
            json.dumps(
                {
                    "health": monitoring_api.MonitoringApi(api).get_health().scheduler.status.value,
                    "version": monitoring_api.MonitoringApi(api).get_version().version,
                    "dags": sorted(dag.dag_id for dag in dag_api.DAGApi(api).get_dags().dags),
                    "graph": [task.task_id for task in dag_api.DAGApi(api).get_tasks(DAG).tasks],
                    "newest": newest.state.value,
                    "tasks": {
                        task.task_id: task.state.value
                        for task in tasks.get_task_instances(DAG, newest.dag_run_id).task_instances
                    },
                    "log": "raw_to_bronze" in str(log),
                    "pools": [pool.name for pool in pool_api.PoolApi(api).get_pools().pools],
                    "import_errors": import_error_api.ImportErrorApi(api).get_import_errors().total_entries,
                    "triggered": [triggered.dag_run_id, triggered.state.value, triggered.conf],
                }
            )
        )


main(sys.argv[1])
