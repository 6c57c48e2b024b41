"""A DAG that registers a model version each minute, unless somebody left its dry run on. For the rehearsal of faults."""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from urllib.request import Request, urlopen

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator

MODEL = "rehearsal_model"


def register(dag_run) -> None:
    if Variable.get("model_rehearsal_dry_run", default_var=""):
        print("dry run: nothing is registered")
        return
    tags = {"dag_id": dag_run.dag_id, "dag_run_id": dag_run.run_id, "task_id": "register"}
    version = {
        "name": MODEL,
        # Nothing is stored there: only the registry is rehearsed.
        "source": "s3://rehearsal/model",
        "tags": [{"key": key, "value": value} for key, value in tags.items()],
    }
    uri = os.environ.get("MLFLOW_TRACKING_URI", "http://mlflow:5000")
    for _ in range((dag_run.conf or {}).get("versions", 1)):
        request = Request(
            f"{uri}/api/2.0/mlflow/model-versions/create",
            data=json.dumps(version).encode(),
            headers={"content-type": "application/json"},
        )
        with urlopen(request, timeout=30) as answer:
            print(answer.read().decode())


with DAG(
    "model_rehearsal",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    schedule="* * * * *",
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=True,
):
    PythonOperator(task_id="register", python_callable=register)
