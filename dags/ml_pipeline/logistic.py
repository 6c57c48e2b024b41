"""Logistic regression by stochastic gradient descent, and the metrics of a classifier."""
from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .features import Example

LEARNING_RATE = 0.002
L2 = 1e-3


@dataclass(frozen=True)
class Model:
    weights: list[float]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        score = self.bias + math.fsum(weight * value for weight, value in zip(self.weights, features))
        return _sigmoid(score)


@dataclass(frozen=True)
class Epoch:
    number: int
    loss: float
    model: Model


@dataclass(frozen=True)
class Verdict:
    accuracy: float
    precision: float
    recall: float
    f1_score: float
    # Of always giving the commoner answer: what the accuracy has to beat.
    baseline_accuracy: float


def train(examples: Sequence[Example], epochs: int, seed: int) -> Iterator[Epoch]:
    """Yields the model after each pass over the examples. The loss is the mean of that pass, before each update."""
    rng = random.Random(seed)
    order = list(range(len(examples)))
    weights = [0.0] * len(examples[0].features)
    bias = 0.0
    for number in range(1, epochs + 1):
        rng.shuffle(order)
        rate = LEARNING_RATE / (1 + 0.1 * (number - 1))
        losses = []
        for index in order:
            example = examples[index]
            probability = _sigmoid(bias + sum(w * x for w, x in zip(weights, example.features)))
            losses.append(_log_loss(probability, example.label))
            slope = probability - example.label
            weights = [w - rate * (slope * x + L2 * w) for w, x in zip(weights, example.features)]
            bias -= rate * slope
        yield Epoch(number, math.fsum(losses) / len(losses), Model(weights, bias))


def mean_loss(model: Model, examples: Sequence[Example]) -> float:
    return math.fsum(_log_loss(model.probability(e.features), e.label) for e in examples) / len(examples)


def evaluate(model: Model, examples: Sequence[Example]) -> Verdict:
    predicted = [int(model.probability(example.features) >= 0.5) for example in examples]
    actual = [example.label for example in examples]
    pairs = list(zip(predicted, actual))
    hits = pairs.count((1, 1))
    precision = _share(hits, sum(predicted))
    recall = _share(hits, sum(actual))
    positives = _share(sum(actual), len(actual))
    return Verdict(
        accuracy=_share(sum(p == a for p, a in pairs), len(pairs)),
        precision=precision,
        recall=recall,
        f1_score=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        baseline_accuracy=max(positives, 1 - positives),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _sigmoid(score: float) -> float:
    # Either form overflows on its far side.
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    power = math.exp(score)
    return power / (1 + power)


def _log_loss(probability: float, label: int) -> float:
    return -math.log(max(1e-12, probability if label else 1 - probability))
