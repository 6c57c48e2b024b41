"""The DAG folder as Airflow itself reads it. Runs where Airflow is installed: in the images of both Compose files."""
import importlib.util
import os
import tempfile
import unittest
from pathlib import Path

from ml_pipeline.settings import PARAMETERS, TASK_IDS

DAGS = Path(__file__).parents[2] / "dags"


@unittest.skipUnless(importlib.util.find_spec("airflow"), "needs Airflow")
class DagFolder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        home = tempfile.TemporaryDirectory()
        cls.addClassCleanup(home.cleanup)
        os.environ.update(
            AIRFLOW_HOME=home.name, AIRFLOW__CORE__LOAD_EXAMPLES="False", AIRFLOW__CORE__DAGS_FOLDER=str(DAGS)
        )
        try:
            from airflow.dag_processing.dagbag import DagBag
        except ModuleNotFoundError:  # Airflow 2
            from airflow.models.dagbag import DagBag
        cls.bag = DagBag(str(DAGS))
        cls.dag = cls.bag.dags.get("ml_pipeline_end_to_end")

    def test_imports_without_an_error(self):
        self.assertEqual(self.bag.import_errors, {})
        self.assertEqual(list(self.bag.dags), ["ml_pipeline_end_to_end"])

    def test_is_read_without_the_files_behind_the_dag(self):
        self.assertEqual([Path(stats.file).name for stats in self.bag.dagbag_stats], ["ml_pipeline_dag.py"])

    def test_chains_the_seven_tasks(self):
        order = [task.task_id for task in self.dag.topological_sort()]
        self.assertEqual(order, list(TASK_IDS))
        for before, after in zip(TASK_IDS, TASK_IDS[1:]):
            self.assertEqual(self.dag.get_task(before).downstream_task_ids, {after})

    def test_declares_the_params(self):
        self.assertEqual(dict(self.dag.params), {name: schema["default"] for name, schema in PARAMETERS.items()})

    def test_uses_no_deprecated_import(self):
        import subprocess
        import sys

        read = subprocess.run(
            [sys.executable, "-W", "always", "-c", "import ml_pipeline_dag"],
            cwd=DAGS,
            env={**os.environ, "PYTHONPATH": str(DAGS)},
            capture_output=True,
            text=True,
        )
        self.assertEqual(read.returncode, 0, read.stderr)
        told = [line for line in (read.stdout + read.stderr).splitlines() if "ml_pipeline" in line and "eprecat" in line]
        self.assertEqual(told, [])


if __name__ == "__main__":
    unittest.main()
