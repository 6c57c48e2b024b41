import tempfile
import unittest
from datetime import date
from pathlib import Path

from ml_pipeline.pacing import Pacer
from ml_pipeline.settings import PARAMETERS, Settings
from ml_pipeline.stages import STAGES, ModelVersion, RehearsedFailure, Task
from ml_pipeline.storage import RunFolder


class FakeRecord:
    """Keeps in memory what a task would log to MLflow."""

    def __init__(self, run_id):
        self.run_id = run_id
        self.params = {}
        self.metrics = []
        self.registered = None

    def log_params(self, params):
        self.params.update(params)

    def log_metrics(self, metrics, step=None):
        self.metrics.extend((key, value, step) for key, value in metrics.items())

    def register(self, name, artifact, trained_in, metrics):
        self.registered = (name, artifact.name, trained_in)
        return ModelVersion(name, 1, is_new=True, is_champion=True)

    def values(self, key):
        return [value for name, value, _ in self.metrics if name == key]


class Pipeline(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = RunFolder(Path(temporary.name), "run")
        self.lines = []
        self.slept = []

    def run_stage(self, stage, fails=False, **params):
        defaults = {name: schema["default"] for name, schema in PARAMETERS.items()}
        record = FakeRecord(f"run-of-{stage.task_id}")
        task = Task(
            stage=stage,
            settings=Settings.of({**defaults, **params}),
            folder=self.folder,
            as_of=date(2026, 1, 1),
            seed=1,
            record=record,
            fails=fails,
            say=self.lines.append,
            sleep=self.slept.append,
        )
        return task.run(), record

    def test_goes_from_raw_rows_to_a_registered_model(self):
        results, records = {}, {}
        for stage in STAGES:
            results[stage.task_id], records[stage.task_id] = self.run_stage(stage)

        self.assertEqual(results["raw_to_bronze"], {"rows_ingested": 10_000})
        self.assertEqual(records["raw_to_bronze"].params, {"layer": "bronze", "transformation": "ingest"})
        self.assertEqual(records["raw_to_bronze"].values("rows_ingested"), [10_000])
        self.assertTrue(any("📥 10000 rows ingested" in line for line in self.lines))

        [quality] = records["bronze_to_silver"].values("quality_score")
        self.assertTrue(0.9 < quality < 1)

        self.assertEqual(records["model_training"].params["model_type"], "logistic_regression")
        self.assertEqual([step for key, _, step in records["model_training"].metrics if key == "loss"], list(range(1, 21)))

        [accuracy], [baseline] = (records["model_evaluation"].values(key) for key in ("accuracy", "baseline_accuracy"))
        self.assertGreater(accuracy, baseline + 0.1)
        self.assertEqual(len(records["model_evaluation"].values("f1_score")), 1)

        self.assertEqual(records["model_registry"].registered, ("lakehouse_model", "model.json", "run-of-model_training"))
        self.assertEqual(results["model_registry"], {"model_name": "lakehouse_model", "model_version": 1})

    def test_does_the_same_again_when_a_task_is_tried_again(self):
        first = [self.run_stage(stage)[0] for stage in STAGES[:5]]
        self.assertEqual([self.run_stage(stage)[0] for stage in STAGES[:5]], first)

    def test_works_with_the_fewest_rows_that_it_takes(self):
        for stage in STAGES:
            self.run_stage(stage, rows=PARAMETERS["rows"]["minimum"])

    def test_stops_half_way_when_told_to_fail(self):
        with self.assertRaisesRegex(RehearsedFailure, "raw_to_bronze fails in step 3"):
            self.run_stage(STAGES[0], fails=True)
        self.assertTrue(any("[2/6]" in line for line in self.lines))
        self.assertFalse(self.folder.path.exists())

    def test_every_stage_can_be_told_to_fail(self):
        for stage in STAGES:
            with self.assertRaises(RehearsedFailure, msg=stage.task_id):
                self.run_stage(stage, fails=True)
            self.run_stage(stage)

    def test_does_not_wait_without_a_pace(self):
        self.run_stage(STAGES[0])
        self.assertEqual(self.slept, [])


class Pace(unittest.TestCase):
    def test_spreads_the_time_over_the_steps_and_counts_the_work(self):
        now, slept = [0.0], []

        def sleep(seconds):
            slept.append(seconds)
            now[0] += seconds

        pacer = Pacer(8, 4, sleep, lambda: now[0])
        for work in (0.5, 0.0, 5.0, 0.0):
            now[0] += work
            pacer.step()
        # The third step overran its share, which the fourth makes up for.
        self.assertEqual(slept, [1.5, 2.0])
        self.assertEqual(now[0], 9.0)


if __name__ == "__main__":
    unittest.main()
