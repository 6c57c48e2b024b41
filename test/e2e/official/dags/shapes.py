"""DAGs of every shape, for the tests that compare laketop with Airflow's own answers. For Airflow 2.8 and 3.

Most tasks are empty: the scheduler decides them itself, so that five hundred of them cost no worker. Tasks with code fail,
skip or wait for one reason each. What waits goes on once the file `open.RUN_ID` is beside this one.
"""
from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.providers.standard.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
    from airflow.providers.standard.sensors.python import PythonSensor
    from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
    from airflow.sdk import DAG, BaseOperator, TaskGroup, task, task_group
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.decorators import task, task_group
    from airflow.models.baseoperator import BaseOperator
    from airflow.operators.empty import EmptyOperator
    from airflow.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
    from airflow.sensors.python import PythonSensor
    from airflow.triggers.temporal import TimeDeltaTrigger
    from airflow.utils.task_group import TaskGroup

from airflow.exceptions import AirflowSkipException
from airflow.utils.trigger_rule import TriggerRule

common = {
    "schedule": None,
    "start_date": datetime(2026, 1, 1),
    "catchup": False,
    "is_paused_upon_creation": False,
    "default_args": {"retries": 0},
}


class Part(EmptyOperator):
    """An empty task that can be mapped: over what does not matter."""

    def __init__(self, *, part=None, **more):
        super().__init__(**more)
        self.part = part


class Later(BaseOperator):
    """Gives its slot back, and looks again when a triggerer says so."""

    def look(self, run_id):
        if not is_open(run_id):
            self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=20)), method_name="resume")

    def execute(self, context):
        self.look(context["run_id"])

    def resume(self, context, event=None):
        self.look(context["run_id"])


def fail():
    raise ValueError("it was asked to fail")


def skip():
    raise AirflowSkipException("it was asked to skip")


def is_open(run_id):
    return (Path(__file__).parent / f"open.{run_id}").exists()


def fail_until_open(run_id):
    if not is_open(run_id):
        raise ValueError("this try comes too early")


def python(task_id, code, **more):
    return PythonOperator(task_id=task_id, python_callable=code, **more)


with DAG("shape_rules", **common):
    ends = {
        "passes": EmptyOperator(task_id="passes"),
        "fails": python("fails", fail),
        "skips": python("skips", skip),
    }
    # Those of the other generation too are left out; a teardown has the one for teardowns.
    rules = sorted(str(getattr(rule, "value", rule)) for rule in TriggerRule)
    for rule in rules:
        if rule in ("all_done_setup_success", "dummy", "none_failed_or_skipped"):
            continue
        # Which of them is fulfilled differs from rule to rule.
        for names in (("passes",), ("passes", "fails"), ("passes", "skips"), ("fails",), ("skips",)):
            if rule == "always" and names != ("passes",):
                continue
            [ends[name] for name in names] >> EmptyOperator(task_id=f"{rule}__{'_'.join(names)}", trigger_rule=rule)

with DAG("shape_groups", **common):
    first = EmptyOperator(task_id="first")
    with TaskGroup("outer") as outer:
        with TaskGroup("inner") as inner:
            with TaskGroup("deepest"):
                EmptyOperator(task_id="one") >> EmptyOperator(task_id="two")
            EmptyOperator(task_id="beside")
        with TaskGroup("single"):
            EmptyOperator(task_id="only")
        inner >> EmptyOperator(task_id="after_inner")
    # Its tasks and the group in it do not carry its name.
    with TaskGroup("plain", prefix_group_id=False) as plain:
        EmptyOperator(task_id="bare")
        with TaskGroup("within"):
            EmptyOperator(task_id="dressed")
    first >> outer >> plain
    # Dots without a group.
    first >> EmptyOperator(task_id="dotted.left") >> EmptyOperator(task_id="dotted.right")

with DAG("shape_mapped", max_active_tasks=8, **common):

    @task
    def list_parts():
        return ["a", "b", "c", "d", "e"]

    @task
    def list_nothing():
        return []

    @task
    def check(number):
        if number == 1:
            raise ValueError(f"part {number} fails")

    @task_group
    def parts(number):
        check(number) >> Part(task_id="store", part=number)

    many = Part.partial(task_id="many").expand(part=list(range(200)))
    with TaskGroup("grouped"):
        some = Part.partial(task_id="some").expand(part=list(range(20)))
    Part.partial(task_id="listed").expand(part=list_parts())
    Part.partial(task_id="nothing").expand(part=list_nothing())
    [many, some] >> EmptyOperator(task_id="joined")
    parts.expand(number=[0, 1, 2]) >> EmptyOperator(task_id="collect", trigger_rule="all_done")

with DAG("shape_wide", **common):
    # 300 tasks: ten layers of thirty, each layer a group of three groups.
    before = []
    for layer in range(10):
        now = []
        with TaskGroup(f"layer_{layer}"):
            for third in range(3):
                with TaskGroup(f"third_{third}"):
                    now += [EmptyOperator(task_id=f"task_{number}") for number in range(10)]
        for index, one in enumerate(now):
            if before:
                [before[index], before[(index + 7) % 30]] >> one
        before = now

with DAG("shape_branch", **common):
    choose = BranchPythonOperator(task_id="choose", python_callable=lambda: ["chosen", "also_chosen"])
    branches = [EmptyOperator(task_id=name) for name in ("chosen", "also_chosen", "not_chosen")]
    choose >> branches >> EmptyOperator(task_id="join", trigger_rule="none_failed_min_one_success")
    branches[2] >> EmptyOperator(task_id="after_not_chosen")
    stop = ShortCircuitOperator(task_id="stop", python_callable=lambda: False)
    stop >> EmptyOperator(task_id="stopped") >> EmptyOperator(task_id="all_stopped", trigger_rule="all_done")
    # Skips what follows directly; the rules of the rest decide.
    halt = ShortCircuitOperator(
        task_id="halt", python_callable=lambda: False, ignore_downstream_trigger_rules=False
    )
    halt >> EmptyOperator(task_id="halted") >> EmptyOperator(task_id="goes_on", trigger_rule="all_done")

with DAG("shape_setup", **common):
    create = EmptyOperator(task_id="create").as_setup()
    delete = python("delete", lambda: None).as_teardown(setups=create)
    create >> python("use", fail) >> EmptyOperator(task_id="report") >> delete
    with TaskGroup("cluster"):
        start = EmptyOperator(task_id="start").as_setup()
        start >> EmptyOperator(task_id="work") >> EmptyOperator(task_id="stop").as_teardown(setups=start)

with DAG("shape_waits", **common):
    sensor = {"python_callable": is_open, "poke_interval": 20, "timeout": 900}
    poke = PythonSensor(task_id="poke", mode="poke", **{**sensor, "poke_interval": 2})
    reschedule = PythonSensor(task_id="reschedule", mode="reschedule", **sensor)
    later = Later(task_id="later")
    again = python("again", fail_until_open, retries=30, retry_delay=timedelta(seconds=20))
    [poke, reschedule, later, again] >> EmptyOperator(task_id="done")

with DAG("shape_empty", **common):
    pass
