"""Stretches a task to a given length, so that a run can be watched."""
from __future__ import annotations

import time
from collections.abc import Callable


class Pacer:
    """Each step ends no earlier than its share of `seconds`; the time that the work itself takes counts."""

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
