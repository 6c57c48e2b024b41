"""What only Airflow 3 has: a DAG that produces an asset, one that the asset starts, and one whose tasks ask people."""
from datetime import datetime, timedelta

from airflow.providers.standard.operators.hitl import ApprovalOperator, HITLOperator
from airflow.sdk import DAG, Asset, Param, task

prices = Asset("prices", "s3://lake/prices.parquet")
# The tests change it: a changed DAG is a new version.
stage = "first"

with DAG("daily_prices", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False, tags=[stage]):

    @task(outlets=[prices])
    def load():
        print("prices are loaded")

    load()

with DAG("report", schedule=[prices], start_date=datetime(2026, 1, 1), is_paused_upon_creation=False):

    @task
    def write():
        print("the report is written")

    write()

with DAG("release", schedule=None, start_date=datetime(2026, 1, 1), is_paused_upon_creation=False):
    ApprovalOperator(
        task_id="approve",
        subject="Release model 7 to production?",
        body="AUC 0.93, champion 0.91.",
        defaults="Reject",
        execution_timeout=timedelta(hours=4),
    )
    HITLOperator(
        task_id="choose",
        subject="Which regions?",
        options=["eu", "us", "apac"],
        multiple=True,
        params={"share": Param(10, type="integer", minimum=1, maximum=100)},
        execution_timeout=timedelta(hours=4),
    )
