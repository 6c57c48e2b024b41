"""Gold to features: numbers on one scale, split into training, validation and test rows."""
from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .orders import Row

NAMES = (
    "log_orders",
    "log_recent_orders",
    "log_revenue",
    "first_order_days_ago",
    "last_order_days_ago",
    "silence_in_gaps",
    "app_share",
    "returned_share",
)


@dataclass(frozen=True)
class Example:
    features: list[float]
    label: int


@dataclass(frozen=True)
class Scaling:
    """From the training rows only: test rows must not influence the model."""

    means: list[float]
    deviations: list[float]

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]]) -> Scaling:
        columns = list(zip(*rows))
        means = [math.fsum(column) / len(column) for column in columns]
        deviations = [
            math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0
            for column, mean in zip(columns, means)
        ]
        return cls(means, deviations)

    def apply(self, row: Sequence[float]) -> list[float]:
        return [(value - mean) / deviation for value, mean, deviation in zip(row, self.means, self.deviations)]


@dataclass(frozen=True)
class Dataset:
    scaling: Scaling
    train: list[Example]
    validation: list[Example]
    test: list[Example]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Dataset:
        examples = {part: [Example(**example) for example in value[part]] for part in ("train", "validation", "test")}
        return cls(scaling=Scaling(**value["scaling"]), **examples)


def features_of(customer: Row) -> list[float]:
    orders = int(customer["orders"])
    first, last = int(customer["first_order_days_ago"]), int(customer["last_order_days_ago"])
    usual_gap = max(1.0, (first - last) / (orders - 1)) if orders > 1 else 30.0
    return [
        math.log1p(orders),
        math.log1p(int(customer["recent_orders"])),
        math.log1p(int(customer["revenue"])),
        float(first),
        float(last),
        # Time since the last order in usual gaps of this customer; capped, or a few would drown the rest.
        min(10.0, last / usual_gap),
        float(customer["app_share"]),
        float(customer["returned_share"]),
    ]


def dataset(customers: Sequence[Row], seed: int) -> Dataset:
    """70 % training, 10 % validation, 20 % test."""
    shuffled = list(customers)
    random.Random(seed).shuffle(shuffled)
    learn, watch = int(len(shuffled) * 0.7), int(len(shuffled) * 0.8)
    if not 0 < learn < watch < len(shuffled):
        raise ValueError(f"{len(shuffled)} customers are too few to split: ingest more rows")
    raw = [features_of(customer) for customer in shuffled]
    scaling = Scaling.of(raw[:learn])
    examples = [Example(scaling.apply(row), int(customer["left"])) for row, customer in zip(raw, shuffled)]
    return Dataset(scaling, examples[:learn], examples[learn:watch], examples[watch:])
