"""What a DAG run can set through its conf: one table, source of the DAG's params and of the validation."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TASK_IDS = (
    "raw_to_bronze",
    "bronze_to_silver",
    "silver_to_gold",
    "feature_engineering",
    "model_training",
    "model_evaluation",
    "model_registry",
)

# JSON Schema, as Airflow's Param takes it; "default" is the Param's value.
PARAMETERS: dict[str, dict[str, Any]] = {
    "rows": {
        "default": 10_000,
        "type": "integer",
        "minimum": 1_000,
        "maximum": 500_000,
        "description": "Raw rows to ingest.",
    },
    "pace": {
        "default": 0,
        "type": "number",
        "minimum": 0,
        "maximum": 600,
        "description": "Minimum duration of each task in seconds, spread over its steps. 0 means full speed.",
    },
    "epochs": {
        "default": 20,
        "type": "integer",
        "minimum": 1,
        "maximum": 500,
        "description": "Passes over the training rows. Each logs one point of the loss curve.",
    },
    "seed": {
        "default": None,
        "type": ["null", "integer"],
        "description": "Seed of the raw data. Null derives one from the run id: runs differ, retries do not.",
    },
    "fail_at": {
        "default": None,
        "type": ["null", "string"],
        "enum": [None, *TASK_IDS],
        "description": "Task that fails half-way, to rehearse a failure. Null means none.",
    },
    "fail_times": {
        "default": None,
        "type": ["null", "integer"],
        "minimum": 1,
        "maximum": 100,
        "description": "Number of tries of fail_at that fail. With 1, the first retry succeeds. Null means every try.",
    },
}


class UnknownSetting(ValueError):
    """The conf has a key that no task reads: probably a typing error, which would pass unnoticed."""


@dataclass(frozen=True)
class Settings:
    rows: int
    pace: float
    epochs: int
    seed: int | None
    fail_at: str | None
    fail_times: int | None

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Settings:
        """From the params of a DAG run. Airflow checked them against PARAMETERS when it created the run."""
        return cls(**{name: params[name] for name in PARAMETERS})

    def fails(self, task_id: str, try_number: int) -> bool:
        return self.fail_at == task_id and (self.fail_times is None or try_number <= self.fail_times)


def refuse_unknown(conf: Mapping[str, Any]) -> None:
    """Airflow checks the declared params, and accepts any other key silently."""
    unknown = sorted(set(conf) - set(PARAMETERS))
    if unknown:
        raise UnknownSetting(
            f"unknown conf key {', '.join(map(repr, unknown))} (known: {', '.join(PARAMETERS)})"
        )
