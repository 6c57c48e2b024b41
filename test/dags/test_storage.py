import os
import tempfile
import unittest
from pathlib import Path

from ml_pipeline.storage import MissingLayer, RunFolder, remove_old_runs


class Folders(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)

    def test_keeps_runs_apart_whose_ids_differ_in_odd_characters_alone(self):
        one, other = RunFolder(self.root, "manual/1"), RunFolder(self.root, "manual:1")
        self.assertNotEqual(one.path, other.path)
        self.assertEqual({one.path.parent, other.path.parent}, {self.root})

    def test_gives_back_what_was_written(self):
        folder = RunFolder(self.root, "run")
        folder.write_rows("bronze", ("a", "b"), [{"a": "1", "b": "여, \"둘\"\n"}])
        folder.write_json("model", {"weights": [1.5]})
        self.assertEqual(folder.read_rows("bronze"), [{"a": "1", "b": "여, \"둘\"\n"}])
        self.assertEqual(folder.read_json("model"), {"weights": [1.5]})

    def test_leaves_the_old_file_when_writing_fails(self):
        folder = RunFolder(self.root, "run")
        folder.write_rows("bronze", ("a",), [{"a": "1"}])
        with self.assertRaises(ValueError):
            folder.write_rows("bronze", ("a",), [{"a": "2"}, {"unknown": "3"}])
        self.assertEqual(folder.read_rows("bronze"), [{"a": "1"}])

    def test_says_what_to_do_when_a_layer_is_gone(self):
        with self.assertRaisesRegex(MissingLayer, "clear the whole DAG run"):
            RunFolder(self.root, "run").read_rows("bronze")

    def test_removes_the_folders_of_old_runs_alone(self):
        old, new = RunFolder(self.root, "old"), RunFolder(self.root, "new")
        for folder in (old, new):
            folder.write_json("model", {})
        os.utime(old.path, (0, 0))
        self.assertEqual(remove_old_runs(self.root, keep_days=30), 1)
        self.assertFalse(old.path.exists())
        self.assertTrue(new.path.exists())


if __name__ == "__main__":
    unittest.main()
