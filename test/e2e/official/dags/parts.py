"""A task with four instances. For Airflow 2.8 and 3."""
from __future__ import annotations

from datetime import datetime

try:
    from airflow.sdk import dag, task
except ImportError:  # Airflow 2
    from airflow.decorators import dag, task


@dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=False)
def parts():
    @task
    def divide(part: int):
        print(f"part {part} is divided")

    divide.expand(part=[0, 1, 2, 3])


parts()
