import unittest

from ml_pipeline.cleansing import Cleansing, Rejected, cleansed

ROW = {
    "order_id": "O1",
    "customer_id": "C1",
    "ordered_at": "2025-12-01 10:00:00",
    "channel": "app",
    "quantity": "2",
    "amount": "12000",
    "returned": "0",
}


class CleansedRow(unittest.TestCase):
    def test_leaves_a_clean_row_as_it_is(self):
        self.assertEqual(cleansed(ROW), ROW)

    def test_repairs_amounts_channels_and_dates(self):
        untidy = {**ROW, "amount": "₩12,000", "channel": " APP ", "ordered_at": "2025/12/01 10:00:00"}
        self.assertEqual(cleansed(untidy), ROW)

    def test_rejects_what_it_cannot_repair_and_says_why(self):
        for field, value, reason in (
            ("customer_id", " ", "no customer"),
            ("amount", "", "no amount"),
            ("amount", "-12000", "negative amount"),
            ("amount", "a lot", "unreadable amount"),
            ("channel", "fax", "unknown channel"),
            ("quantity", "0", "unreadable quantity"),
            ("quantity", "two", "unreadable quantity"),
            ("ordered_at", "yesterday", "unreadable date"),
        ):
            with self.subTest(field=field, value=value):
                with self.assertRaises(Rejected) as refusal:
                    cleansed({**ROW, field: value})
                self.assertEqual(str(refusal.exception), reason)


class CleansingOfADelivery(unittest.TestCase):
    def test_scores_the_usable_share(self):
        cleansing = Cleansing()
        cleansing.feed([ROW, {**ROW, "order_id": "O2", "amount": "₩5"}])
        cleansing.feed([ROW, {**ROW, "order_id": "O3", "amount": ""}])
        self.assertEqual(cleansing.quality_score, 0.5)
        self.assertEqual(cleansing.repaired, 1)
        self.assertEqual(cleansing.rejected, {"delivered twice": 1, "no amount": 1})

    def test_takes_the_good_copy_of_a_row_whose_first_copy_was_spoilt(self):
        cleansing = Cleansing()
        cleansing.feed([{**ROW, "amount": ""}, ROW])
        self.assertEqual(cleansing.rows, [ROW])

    def test_scores_an_empty_delivery_nothing(self):
        self.assertEqual(Cleansing().quality_score, 0.0)


if __name__ == "__main__":
    unittest.main()
