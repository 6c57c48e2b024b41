import unittest

from ml_pipeline.settings import PARAMETERS, TASK_IDS, Settings, UnknownSetting, refuse_unknown
from ml_pipeline.stages import STAGES

DEFAULTS = {name: schema["default"] for name, schema in PARAMETERS.items()}


class RunSettings(unittest.TestCase):
    def test_ingests_ten_thousand_rows_at_full_speed_unless_told(self):
        settings = Settings.of(DEFAULTS)
        self.assertEqual((settings.rows, settings.pace, settings.fail_at), (10_000, 0, None))

    def test_fails_every_try_of_the_named_task_alone(self):
        settings = Settings.of({**DEFAULTS, "fail_at": "model_training"})
        self.assertTrue(settings.fails("model_training", 1) and settings.fails("model_training", 9))
        self.assertFalse(settings.fails("model_evaluation", 1))

    def test_fails_as_many_tries_as_asked(self):
        settings = Settings.of({**DEFAULTS, "fail_at": "model_training", "fail_times": 2})
        self.assertEqual([settings.fails("model_training", number) for number in (1, 2, 3)], [True, True, False])

    def test_refuses_a_key_that_nobody_reads(self):
        refuse_unknown({"pace": 4})
        with self.assertRaisesRegex(UnknownSetting, "'pcae'.*known: rows, pace"):
            refuse_unknown({"pcae": 4})

    def test_names_the_tasks_as_the_stages_do(self):
        self.assertEqual(TASK_IDS, tuple(stage.task_id for stage in STAGES))


if __name__ == "__main__":
    unittest.main()
