"""What a task records in MLflow: one run per try, and model versions.

Every wait has a limit: if the tracking server is down, the task fails within a minute and says so.
"""
from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

from .stages import ModelVersion

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT = "lakehouse_ml_pipeline"
CHAMPION = "champion"

# By default MLflow lets a request hang for 120 s, and retries it five times.
HTTP_LIMITS = {
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "1",
}


class TrackingServerDown(ConnectionError):
    pass


@dataclass(frozen=True)
class TaskIdentity:
    dag_id: str
    dag_run_id: str
    task_id: str
    try_number: int
    owner: str = "airflow"

    @property
    def tags(self) -> dict[str, str]:
        return {
            "dag_id": self.dag_id,
            "dag_run_id": self.dag_run_id,
            "task_id": self.task_id,
            "try_number": str(self.try_number),
        }


class TaskRecord:
    """The MLflow run of one try of a task."""

    def __init__(self, client: MlflowClient, run_id: str, identity: TaskIdentity) -> None:
        self.run_id = run_id
        self._client = client
        self._identity = identity

    def log_params(self, params: Mapping[str, Any]) -> None:
        from mlflow.entities import Param

        self._client.log_batch(self.run_id, params=[Param(key, str(value)) for key, value in params.items()])

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        self._client.log_batch(
            self.run_id, metrics=[Metric(key, float(value), now, step or 0) for key, value in metrics.items()]
        )

    def register(self, name: str, artifact: Path, trained_in: str, metrics: Mapping[str, float]) -> ModelVersion:
        """Registers the model trained by run `trained_in` as a version of `name`: one per DAG run."""
        _once_only(lambda: self._client.create_registered_model(name, description="Which customers are about to leave"))
        version = self._version_of_this_dag_run(name)
        is_new = version is None
        if version is None:
            self._client.log_artifact(trained_in, str(artifact), artifact_path="model")
            version = self._client.create_model_version(
                name,
                source=f"{self._client.get_run(trained_in).info.artifact_uri}/model",
                run_id=trained_in,
                tags={**self._identity.tags, **{key: f"{value:.6f}" for key, value in metrics.items()}},
                await_creation_for=0,  # the open-source registry makes it ready at once
            )
        champion = self._champion(name)
        is_champion = champion is None or float(champion.tags.get("f1_score", 0)) <= metrics["f1_score"]
        if is_champion:
            self._client.set_registered_model_alias(name, CHAMPION, version.version)
        return ModelVersion(name, int(version.version), is_new, is_champion)

    def _version_of_this_dag_run(self, name: str) -> Any:
        same_run = f"name = '{name}' and tags.dag_run_id = {_quoted(self._identity.dag_run_id)}"
        return next(iter(self._client.search_model_versions(same_run)), None)

    def _champion(self, name: str) -> Any:
        from mlflow.exceptions import MlflowException

        try:
            return self._client.get_model_version_by_alias(name, CHAMPION)
        except MlflowException:
            return None


@contextmanager
def recorded(identity: TaskIdentity) -> Iterator[TaskRecord]:
    """An MLflow run that ends as FINISHED with the block, or as FAILED with its exception."""
    client = _connect()
    experiment_id = _experiment_id(client)
    _end_abandoned_runs(client, experiment_id, identity)
    run = client.create_run(
        experiment_id,
        run_name=identity.task_id,
        tags={
            **identity.tags,
            "mlflow.user": identity.owner,
            "mlflow.source.name": f"{identity.dag_id}.{identity.task_id}",
            "mlflow.source.type": "JOB",
        },
    )
    try:
        yield TaskRecord(client, run.info.run_id, identity)
        client.set_terminated(run.info.run_id, "FINISHED")
    except BaseException as error:
        if _is_unanswered(error):
            # The run stays open in MLflow; the next try ends it.
            raise _server_down(error) from error
        try:
            client.set_terminated(run.info.run_id, "FAILED")
        except Exception as lost:
            print(f"Could not mark MLflow run {run.info.run_id} as failed: {lost}")
        raise


def _tracking_uri() -> str:
    return os.environ.get("MLFLOW_TRACKING_URI", "http://mlflow:5000")


def _server_down(problem: object) -> TrackingServerDown:
    return TrackingServerDown(
        f"MLflow at {_tracking_uri()} does not answer ({problem}). Is the container mlflow up? docker restart mlflow"
    )


def _is_unanswered(error: BaseException) -> bool:
    """Whether MLflow's client gave up on the connection. Only its message shows that (utils/rest_utils.py)."""
    return type(error).__name__ == "MlflowException" and str(error).startswith("API request to ") and (
        "failed with exception" in str(error)
    )


def _connect() -> MlflowClient:
    uri = _tracking_uri()
    for name, value in HTTP_LIMITS.items():
        os.environ.setdefault(name, value)
    # Before MLflow's client, which takes longer and reports "max retries exceeded" in ten lines.
    for wait in (1, 2, 0):
        try:
            with urlopen(f"{uri}/health", timeout=5):
                break
        except (URLError, TimeoutError, ConnectionError) as error:
            problem = getattr(error, "reason", error)
            time.sleep(wait)
    else:
        raise _server_down(problem)
    try:
        from mlflow import MlflowClient
    except ImportError as error:
        package = os.environ.get("MLFLOW_CLIENT", "mlflow-skinny")
        raise ImportError(f"The worker has no MLflow client: pip install {package}") from error
    return MlflowClient(tracking_uri=uri)


def _experiment_id(client: MlflowClient) -> str:
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        # Another run may be creating it at the same moment.
        _once_only(lambda: client.create_experiment(EXPERIMENT))
        found = client.get_experiment_by_name(EXPERIMENT)
    if found.lifecycle_stage == "deleted":
        client.restore_experiment(found.experiment_id)
    return found.experiment_id


def _end_abandoned_runs(client: MlflowClient, experiment_id: str, identity: TaskIdentity) -> None:
    """Ends runs of tries whose worker was killed. MLflow would show them as running forever."""
    same_task = " and ".join(f"tags.{tag} = {_quoted(identity.tags[tag])}" for tag in ("dag_run_id", "task_id"))
    for run in client.search_runs([experiment_id], f"attributes.status = 'RUNNING' and {same_task}"):
        client.set_terminated(run.info.run_id, "KILLED")


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def _once_only(create: Any) -> None:
    """Runs `create`, and accepts that somebody else was faster."""
    from mlflow.exceptions import MlflowException

    try:
        create()
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
