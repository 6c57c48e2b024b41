"""Slows a task down to a given duration, so that a DAG run can be watched."""
from __future__ import annotations

import time
from collections.abc import Callable


class Pacer:
    """Each step takes at least its share of `seconds`, including the time of the work itself."""

    def __init__(
        self,
        seconds: float,
        steps: int,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._step_seconds = seconds / steps
        self._sleep = sleep
        self._clock = clock
        self._due = clock()

    def step(self) -> None:
        self._due += self._step_seconds
        ahead = self._due - self._clock()
        if ahead > 0:
            self._sleep(ahead)
