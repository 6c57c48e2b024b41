"""ml_pipeline_end_to_end: from raw orders to a registered model, in seven tasks. For Airflow 2.8 and 3.

Airflow parses this file every 30 seconds, so it only describes the DAG. The work is in the package ml_pipeline.
"""
from __future__ import annotations

import os
import zlib
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

try:
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.sdk import DAG, Param, chain
    from airflow.sdk.exceptions import AirflowFailException
except ModuleNotFoundError:  # Airflow 2; in Airflow 3 the names below are deprecated
    from airflow import DAG
    from airflow.exceptions import AirflowFailException
    from airflow.models.baseoperator import chain
    from airflow.models.param import Param
    from airflow.operators.python import PythonOperator

from ml_pipeline.dates import data_end
from ml_pipeline.settings import PARAMETERS, Settings, UnknownSetting, refuse_unknown
from ml_pipeline.stages import STAGES, Stage, Task
from ml_pipeline.storage import RunFolder

# Below the logs folder: the only folder that all Airflow containers share and may write to.
LAKEHOUSE = Path(os.environ.get("LAKEHOUSE_DIR", "/opt/airflow/logs/lakehouse"))


def run_stage(stage: Stage, **context: Any) -> dict[str, Any]:
    from ml_pipeline.tracking import TaskIdentity, recorded

    dag_run, task_instance = context["dag_run"], context["ti"]
    try:
        refuse_unknown(dag_run.conf or {})
    except UnknownSetting as error:
        raise AirflowFailException(str(error)) from None  # a retry would read the same conf

    settings = Settings.of(context["params"])
    identity = TaskIdentity(
        dag_id=dag_run.dag_id,
        dag_run_id=dag_run.run_id,
        task_id=stage.task_id,
        try_number=task_instance.try_number,
        owner=context["task"].owner,
    )
    with recorded(identity) as record:
        return Task(
            stage=stage,
            settings=settings,
            folder=RunFolder(LAKEHOUSE, dag_run.run_id),
            as_of=data_end(context),
            seed=zlib.crc32(dag_run.run_id.encode()) if settings.seed is None else settings.seed,
            record=record,
            fails=settings.fails(stage.task_id, task_instance.try_number),
        ).run()


with DAG(
    dag_id="ml_pipeline_end_to_end",
    description="Raw orders → bronze → silver → gold → features → model, registered in MLflow",
    # 02:00 in AIRFLOW__CORE__DEFAULT_TIMEZONE. With catchup off, Airflow aligns later runs to midnight UTC.
    start_date=datetime(2025, 12, 26, 2),
    schedule=timedelta(days=1),
    catchup=False,
    tags=["lakehouse", "mlops"],
    default_args={
        "owner": "airflow",
        "retries": int(os.environ.get("ML_PIPELINE_RETRIES", "1")),
        "retry_delay": timedelta(seconds=float(os.environ.get("ML_PIPELINE_RETRY_DELAY_S", "10"))),
        "execution_timeout": timedelta(minutes=30),
    },
    params={name: Param(**schema) for name, schema in PARAMETERS.items()},
    doc_md=__doc__,
) as dag:
    chain(
        *(
            PythonOperator(
                task_id=stage.task_id,
                # Not op_kwargs: Airflow stores them as text, and the address of a function changes with each parse.
                python_callable=partial(run_stage, stage),
                doc_md=f"{stage.mark} {stage.title}",
            )
            for stage in STAGES
        )
    )
