import unittest
from unittest import mock

from ml_pipeline import tracking


class MlflowException(Exception):
    """Stands in for MLflow's, which this test does without; it is told by its name."""


class UnansweredRequests(unittest.TestCase):
    def test_are_told_from_refusals(self):
        gave_up = MlflowException("API request to http://mlflow:5000/x failed with exception HTTPConnectionPool(…)")
        refused = MlflowException("RESOURCE_DOES_NOT_EXIST: No such run")
        self.assertTrue(tracking._is_unanswered(gave_up))
        self.assertFalse(tracking._is_unanswered(refused))
        self.assertFalse(tracking._is_unanswered(ValueError(str(gave_up))))


class ServerDown(unittest.TestCase):
    def test_says_which_server_and_what_to_do(self):
        with (
            mock.patch.dict("os.environ", {"MLFLOW_TRACKING_URI": "http://127.0.0.1:9"}),
            mock.patch.object(tracking.time, "sleep"),
        ):
            with self.assertRaisesRegex(tracking.TrackingServerDown, "http://127.0.0.1:9 does not answer.*restart mlflow"):
                tracking._connect()


class Quoting(unittest.TestCase):
    def test_lets_a_run_id_hold_an_apostrophe(self):
        self.assertEqual(tracking._quoted("manual__1"), "'manual__1'")
        self.assertEqual(tracking._quoted("it's"), '"it\'s"')


if __name__ == "__main__":
    unittest.main()
