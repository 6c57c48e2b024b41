"""The day of a DAG run, in Airflow 2 and 3."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def data_end(context: Mapping[str, Any]) -> date:
    """The day on which the raw data of a DAG run ends: the same in every try.

    `context` is Airflow's task context. In Airflow 3 a DAG run without a logical date (triggered by hand or by an asset)
    has no data interval: the key is missing. Its run_after is then the time from which it could run.
    """
    interval_end = context.get("data_interval_end")
    moment = context["dag_run"].run_after if interval_end is None else interval_end
    return moment.date()
