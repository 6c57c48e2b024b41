"""The seven stages in order. Each reads the files of the stage before, and writes its own to the folder of the run."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from . import features, gold, logistic, orders
from .cleansing import Cleansing
from .pacing import Pacer
from .settings import Settings
from .storage import RunFolder, remove_old_runs

MODEL_NAME = "lakehouse_model"
MODEL_TYPE = "logistic_regression"
KEEP_DAYS = 30

T = TypeVar("T")


class RehearsedFailure(RuntimeError):
    """Requested through fail_at."""


class Record(Protocol):
    """The MLflow run of a task."""

    run_id: str

    def log_params(self, params: Mapping[str, Any]) -> None: ...

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None: ...

    def register(self, name: str, artifact: Path, trained_in: str, metrics: Mapping[str, float]) -> ModelVersion: ...


@dataclass(frozen=True)
class ModelVersion:
    name: str
    version: int
    is_new: bool
    is_champion: bool


@dataclass
class Task:
    """One try of one stage."""

    stage: Stage
    settings: Settings
    folder: RunFolder
    # The day on which the raw data ends.
    as_of: date
    seed: int
    record: Record
    # Whether this try has to fail half-way.
    fails: bool = False
    say: Callable[[str], None] = print
    sleep: Callable[[float], None] = time.sleep
    _pacer: Pacer = field(init=False, repr=False)
    _steps: int = field(default=0, init=False)
    _step: int = field(default=0, init=False)

    def run(self) -> dict[str, Any]:
        params = {"layer": self.stage.layer, "transformation": self.stage.transformation}
        if self.stage.layer == "model":
            params["model_type"] = MODEL_TYPE
        self.record.log_params(params)
        self.log(f"{self.stage.task_id}: {self.stage.title}")
        return self.stage.work(self)

    def log(self, text: str) -> None:
        self.say(f"{self.stage.mark} {text}")

    def begin(self, steps: int) -> None:
        self._steps = steps
        self._step = 0
        self._pacer = Pacer(self.settings.pace, steps, self.sleep)

    def step(self, text: str) -> None:
        """Logs that a step is done, and waits for the next one if a pace is set."""
        self._step += 1
        if self.fails and self._step * 2 >= self._steps:
            raise RehearsedFailure(
                f"{self.stage.task_id} fails in step {self._step}, as requested by fail_at in the conf."
            )
        self.log(f"[{self._step}/{self._steps}] {text}")
        self._pacer.step()


@dataclass(frozen=True)
class Stage:
    task_id: str
    mark: str
    title: str
    layer: str
    transformation: str
    work: Callable[[Task], dict[str, Any]]


def raw_to_bronze(task: Task) -> dict[str, Any]:
    rows = orders.raw_orders(task.settings.rows, task.seed, task.as_of)
    task.begin(6)
    arrived = 0
    for part in _parts(rows, 5):
        arrived += len(part)
        task.step(f"{arrived}/{len(rows)} rows received, up to {part[-1]['ordered_at']}")
    path = task.folder.write_rows("bronze", orders.COLUMNS, rows)
    task.record.log_metrics({"rows_ingested": len(rows), "bytes_written": path.stat().st_size})
    task.step(f"written to {path}")
    task.log(f"{len(rows)} rows ingested (원본 데이터 {len(rows)}건 수집 완료)")
    return {"rows_ingested": len(rows)}


def bronze_to_silver(task: Task) -> dict[str, Any]:
    cleansing = Cleansing()
    bronze = task.folder.read_rows("bronze")
    task.begin(6)
    for part in _parts(bronze, 5):
        cleansing.feed(part)
        task.step(f"{cleansing.delivered}/{len(bronze)} rows checked, {len(cleansing.rows)} usable")
    path = task.folder.write_rows("silver", orders.COLUMNS, cleansing.rows)
    task.record.log_metrics(
        {
            "quality_score": cleansing.quality_score,
            "rows_clean": len(cleansing.rows),
            "rows_repaired": cleansing.repaired,
            "rows_rejected": cleansing.rejected.total(),
        }
    )
    task.step(f"written to {path}")
    for reason, count in cleansing.rejected.most_common():
        task.log(f"rejected, {reason}: {count}")
    task.log(
        f"quality score {cleansing.quality_score:.4f}: {cleansing.repaired} rows repaired, "
        f"{cleansing.rejected.total()} rejected (데이터 정제 완료)"
    )
    return {"rows_clean": len(cleansing.rows), "quality_score": cleansing.quality_score}


def silver_to_gold(task: Task) -> dict[str, Any]:
    silver = task.folder.read_rows("silver")
    task.begin(3)
    task.step(f"{len(silver)} orders read")
    customers = gold.customers(silver, task.as_of)
    left = sum(customer["left"] == "1" for customer in customers)
    revenue = sum(int(customer["revenue"]) for customer in customers)
    task.step(f"{len(customers)} customers, ₩{revenue:,} revenue")
    path = task.folder.write_rows("gold", gold.COLUMNS, customers)
    task.record.log_metrics({"customers": len(customers), "revenue": revenue, "left_share": left / len(customers)})
    task.step(f"written to {path}")
    for name, least in gold.TIERS:
        count = sum(customer["tier"] == name for customer in customers)
        task.log(f"tier {name} (from ₩{least:,}): {count}")
    task.log(f"{left} of {len(customers)} customers left (비즈니스 규칙 적용 완료)")
    return {"customers": len(customers), "left": left}


def feature_engineering(task: Task) -> dict[str, Any]:
    customers = task.folder.read_rows("gold")
    task.begin(3)
    task.step(f"{len(customers)} customers read")
    dataset = features.dataset(customers, task.seed)
    task.step(f"{len(features.NAMES)} features: {', '.join(features.NAMES)}")
    path = task.folder.write_json("features", dataset.to_json())
    sizes = {
        "rows_train": len(dataset.train),
        "rows_validation": len(dataset.validation),
        "rows_test": len(dataset.test),
    }
    task.record.log_metrics({"features": len(features.NAMES), **sizes})
    task.step(f"written to {path}")
    task.log(f"{sizes['rows_train']} training rows, {sizes['rows_test']} test rows (특성 생성 완료)")
    return {"features": len(features.NAMES), **sizes}


def model_training(task: Task) -> dict[str, Any]:
    dataset = features.Dataset.from_json(task.folder.read_json("features"))
    epochs = task.settings.epochs
    task.record.log_params({"epochs": epochs, "learning_rate": logistic.LEARNING_RATE, "l2": logistic.L2})
    task.begin(epochs)
    for epoch in logistic.train(dataset.train, epochs, task.seed):
        metrics = {
            "loss": epoch.loss,
            "val_loss": logistic.mean_loss(epoch.model, dataset.validation),
            "val_accuracy": logistic.evaluate(epoch.model, dataset.validation).accuracy,
        }
        # In each epoch, so that the curve can be watched.
        task.record.log_metrics(metrics, step=epoch.number)
        task.step(" ".join(f"{name}={value:.4f}" for name, value in metrics.items()))
    task.folder.write_json(
        "model",
        {
            "model_type": MODEL_TYPE,
            "features": features.NAMES,
            "scaling": asdict(dataset.scaling),
            **asdict(epoch.model),
            "trained_in": task.record.run_id,
        },
    )
    task.log(f"trained for {epochs} epochs, loss {epoch.loss:.4f} (모델 학습 완료)")
    return metrics


def model_evaluation(task: Task) -> dict[str, Any]:
    dataset = features.Dataset.from_json(task.folder.read_json("features"))
    model = _model(task.folder)
    task.begin(2)
    task.step(f"{len(dataset.test)} customers in the test set")
    verdict = asdict(logistic.evaluate(model, dataset.test))
    task.folder.write_json("evaluation", verdict)
    task.record.log_metrics(verdict)
    task.step(" ".join(f"{name}={value:.4f}" for name, value in verdict.items()))
    task.log(
        f"accuracy {verdict['accuracy']:.4f} (baseline "
        f"{verdict['baseline_accuracy']:.4f}), f1_score {verdict['f1_score']:.4f} (모델 평가 완료)"
    )
    return {"accuracy": verdict["accuracy"], "f1_score": verdict["f1_score"]}


def model_registry(task: Task) -> dict[str, Any]:
    evaluation = task.folder.read_json("evaluation")
    artifact = task.folder.path / "model.json"
    trained_in = task.folder.read_json("model")["trained_in"]
    metrics = {name: evaluation[name] for name in ("accuracy", "f1_score")}
    task.begin(2)
    task.step(f"model of run {trained_in} read")
    version = task.record.register(MODEL_NAME, artifact, trained_in, metrics)
    task.record.log_params({"model_name": version.name, "model_version": version.version})
    task.record.log_metrics(metrics)
    known = "" if version.is_new else ", already registered by this DAG run"
    task.step(f"{version.name} version {version.version}{known}")
    task.log(
        f"{version.name} version {version.version} registered"
        + (", the new champion" if version.is_champion else "")
        + " (모델 등록 완료)"
    )
    remove_old_runs(task.folder.path.parent, KEEP_DAYS)
    return {"model_name": version.name, "model_version": version.version}


STAGES = (
    Stage("raw_to_bronze", "📥", "Ingest raw orders", "bronze", "ingest", raw_to_bronze),
    Stage("bronze_to_silver", "🧹", "Cleanse the orders", "silver", "cleanse", bronze_to_silver),
    Stage("silver_to_gold", "💎", "Apply the business rules", "gold", "aggregate", silver_to_gold),
    Stage("feature_engineering", "🔧", "Build the features", "features", "standardise", feature_engineering),
    Stage("model_training", "🧠", "Train the model", "model", "train", model_training),
    Stage("model_evaluation", "📊", "Evaluate the model", "model", "evaluate", model_evaluation),
    Stage("model_registry", "📦", "Register the model in MLflow", "model", "register", model_registry),
)


def _model(folder: RunFolder) -> logistic.Model:
    stored = folder.read_json("model")
    return logistic.Model(stored["weights"], stored["bias"])


def _parts(rows: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    for number in range(count):
        part = rows[len(rows) * number // count : len(rows) * (number + 1) // count]
        if part:
            yield part
