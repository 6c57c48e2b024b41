"""Orders of a day: three tasks that fail, wait and fill their logs on request. For Airflow 2.8 and 3."""
from __future__ import annotations

import time
from datetime import datetime, timedelta

try:
    from airflow.sdk import Param, dag, get_current_context, task
except ImportError:  # Airflow 2
    from airflow.decorators import dag, task
    from airflow.models.param import Param
    from airflow.operators.python import get_current_context


def step(name: str) -> None:
    context = get_current_context()
    params = context["params"]
    print(f"{name}: {params['rows']} rows")
    time.sleep(params["pace"])
    if params["fail_at"] == name and context["ti"].try_number <= params["fail_times"]:
        raise ValueError(f"{name} was asked to fail")


@dag(
    schedule=None,
    start_date=datetime(2026, 1, 1),
    catchup=False,
    default_args={"retries": 1, "retry_delay": timedelta(seconds=1)},
    params={
        "rows": Param(1000, type="integer", minimum=1000),
        "pace": Param(0.1, type="number", minimum=0, maximum=300),
        "fail_at": Param("", enum=["", "extract", "check", "load"]),
        "fail_times": Param(2, type="integer", minimum=1),
    },
)
def orders():
    @task
    def extract():
        step("extract")

    @task
    def check():
        step("check")

    @task
    def load():
        step("load")

    extract() >> check() >> load()


orders()
