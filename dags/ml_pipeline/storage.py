"""Files that a task leaves for the next one: one folder per DAG run. A file is replaced as a whole or not at all."""
from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from .orders import Row


class MissingLayer(FileNotFoundError):
    """The files of the task before are missing."""


class RunFolder:
    def __init__(self, root: Path, dag_run_id: str) -> None:
        # A run id may have any character. The digest distinguishes ids that differ only in replaced characters.
        readable = re.sub(r"[^A-Za-z0-9._-]+", "_", dag_run_id)[:80]
        self.path = root / f"{readable}-{hashlib.sha256(dag_run_id.encode()).hexdigest()[:8]}"

    def write_rows(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> Path:
        def write(file: TextIO) -> None:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)

        return self._replace(f"{name}.csv", write)

    def read_rows(self, name: str) -> list[Row]:
        with self._open(f"{name}.csv") as file:
            return list(csv.DictReader(file))

    def write_json(self, name: str, value: Any) -> Path:
        return self._replace(f"{name}.json", lambda file: json.dump(value, file, indent=1))

    def read_json(self, name: str) -> Any:
        with self._open(f"{name}.json") as file:
            return json.load(file)

    def _open(self, name: str) -> TextIO:
        try:
            return open(self.path / name, encoding="utf-8", newline="")
        except FileNotFoundError:
            raise MissingLayer(
                f"{self.path / name} does not exist. If the folder was cleaned up, clear the whole DAG run."
            ) from None

    def _replace(self, name: str, write: Callable[[TextIO], None]) -> Path:
        self.path.mkdir(parents=True, exist_ok=True)
        path = self.path / name
        # With the process id, because a task that counts as dead may still write when its retry starts.
        unfinished = path.with_name(f".{name}.{os.getpid()}")
        with open(unfinished, "w", encoding="utf-8", newline="") as file:
            write(file)
        os.replace(unfinished, path)
        return path


def remove_old_runs(root: Path, keep_days: float, now: float | None = None) -> int:
    """Deletes the folders of runs that wrote nothing for `keep_days`. Returns their number."""
    limit = (time.time() if now is None else now) - keep_days * 86_400
    old = [folder for folder in root.iterdir() if folder.is_dir() and folder.stat().st_mtime < limit]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
