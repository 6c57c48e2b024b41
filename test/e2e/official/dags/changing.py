"""A DAG whose tasks change between two runs: a test sets `version`. For Airflow 2.8 and 3."""
from __future__ import annotations

from datetime import datetime

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.sdk import DAG, TaskGroup
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.empty import EmptyOperator
    from airflow.utils.task_group import TaskGroup

version = 1


class Part(EmptyOperator):
    """An empty task that can be mapped: over what does not matter."""

    def __init__(self, *, part=None, **more):
        super().__init__(**more)
        self.part = part


with DAG(
    "changing",
    schedule=None,
    start_date=datetime(2026, 1, 1),
    catchup=False,
    is_paused_upon_creation=False,
):
    keeps = EmptyOperator(task_id="keeps")
    parts = Part.partial(task_id="parts").expand(part=list(range(5 if version == 1 else 3)))
    keeps >> parts
    if version == 1:
        parts >> EmptyOperator(task_id="goes")
        with TaskGroup("old"):
            EmptyOperator(task_id="goes_too") >> EmptyOperator(task_id="goes_as_well")
    else:
        parts >> EmptyOperator(task_id="comes")
