"""DAGs whose tasks wait, each for one reason. For the rehearsal of faults; the tasks do nothing but sleep."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.exceptions import AirflowException
from airflow.models.baseoperator import BaseOperator
from airflow.operators.python import PythonOperator
from airflow.sensors.python import PythonSensor
from airflow.triggers.temporal import TimeDeltaTrigger

common = {
    "start_date": datetime(2026, 1, 1, tzinfo=timezone.utc),
    "schedule": None,
    "catchup": False,
    "is_paused_upon_creation": False,
}


def nap(seconds: float) -> None:
    time.sleep(seconds)


def fail_once(ti, dag_run) -> None:
    """Fails the first try of a run that is told to."""
    if dag_run.conf.get("fail") and ti.try_number == 1:
        raise AirflowException("told to fail")


class Later(BaseOperator):
    """Gives its slot back, and goes on when a triggerer says so."""

    def execute(self, context):
        self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=2)), method_name="resume")

    def resume(self, context, event=None):
        return None


def napper(task_id: str, seconds: float, **more) -> PythonOperator:
    return PythonOperator(task_id=task_id, python_callable=nap, op_args=[seconds], **more)


with DAG("waiting_mapped", max_active_tasks=16, **common):
    PythonOperator.partial(task_id="divide", python_callable=nap).expand(op_args=[[2]] * 60)

with DAG("waiting_chain", **common):
    napper("first", 20) >> napper("second", 1)

with DAG("waiting_pool_small", **common):
    napper("greedy", 1, pool="rehearsal_small", pool_slots=5)

with DAG("waiting_pool_full", **common):
    napper("holds", 240, pool="rehearsal_one", priority_weight=10)
    napper("waits", 1, pool="rehearsal_one")

with DAG("waiting_pool_missing", **common):
    napper("nowhere", 1, pool="rehearsal_missing")

with DAG("waiting_past", **common):
    PythonOperator(task_id="past", python_callable=fail_once, depends_on_past=True)

with DAG("waiting_deferred", **common):
    Later(task_id="later")

with DAG("waiting_lost", **common):
    PythonOperator.partial(task_id="hold", python_callable=nap, priority_weight=10).expand(op_args=[[75]] * 4)
    napper("wanted", 1)

with DAG("waiting_queue", **common):
    napper("special", 1, queue="rehearsal_gpu")

with DAG("waiting_usual", max_active_tasks=2, max_active_runs=1, **common):
    # Nothing is wrong with any of these: a limit, a sensor between two looks, a retry to come.
    PythonSensor(
        task_id="sense",
        python_callable=lambda dag_run: (datetime.now(timezone.utc) - dag_run.start_date).seconds > 50,
        mode="reschedule",
        poke_interval=20,
        timeout=600,
    )
    PythonOperator.partial(task_id="part", python_callable=nap, max_active_tis_per_dag=1).expand(op_args=[[3]] * 4)
