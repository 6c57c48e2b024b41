import unittest
from datetime import date, datetime, timezone
from types import SimpleNamespace

from ml_pipeline.dates import data_end

RUN_AFTER = datetime(2026, 1, 3, 4, 5, tzinfo=timezone.utc)
INTERVAL_END = datetime(2026, 1, 2, tzinfo=timezone.utc)


class DataEnd(unittest.TestCase):
    def test_is_the_end_of_the_interval(self):
        # A DAG run of Airflow 2 has no run_after.
        self.assertEqual(data_end({"data_interval_end": INTERVAL_END, "dag_run": SimpleNamespace()}), date(2026, 1, 2))

    def test_is_the_day_of_the_run_where_airflow_3_gives_no_interval(self):
        dag_run = SimpleNamespace(run_after=RUN_AFTER)
        self.assertEqual(data_end({"dag_run": dag_run}), date(2026, 1, 3))
        self.assertEqual(data_end({"dag_run": dag_run, "data_interval_end": None}), date(2026, 1, 3))


if __name__ == "__main__":
    unittest.main()
