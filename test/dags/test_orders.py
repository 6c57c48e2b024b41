import unittest
from datetime import date, datetime

from ml_pipeline.orders import COLUMNS, HISTORY_DAYS, raw_orders

AS_OF = date(2026, 1, 1)


class RawOrders(unittest.TestCase):
    def test_makes_exactly_as_many_rows_as_asked_for(self):
        for rows in (1_000, 10_000, 12_345):
            self.assertEqual(len(raw_orders(rows, 1, AS_OF)), rows)

    def test_makes_the_same_rows_from_the_same_seed_and_others_from_another(self):
        self.assertEqual(raw_orders(1_000, 7, AS_OF), raw_orders(1_000, 7, AS_OF))
        self.assertNotEqual(raw_orders(1_000, 7, AS_OF), raw_orders(1_000, 8, AS_OF))

    def test_covers_the_days_before_the_given_one_oldest_first(self):
        days = [datetime.fromisoformat(row["ordered_at"].replace("/", "-")) for row in raw_orders(5_000, 1, AS_OF)]
        self.assertEqual(days, sorted(days))
        self.assertLess(days[-1].date(), AS_OF)
        self.assertLess((AS_OF - days[0].date()).days, HISTORY_DAYS + 1)

    def test_delivers_every_kind_of_dirt(self):
        rows = raw_orders(10_000, 1, AS_OF)
        self.assertEqual({tuple(row) for row in rows}, {COLUMNS})
        amounts = [row["amount"] for row in rows]
        self.assertIn("", amounts)
        self.assertTrue(any(amount.startswith("-") for amount in amounts))
        self.assertTrue(any(amount.startswith("₩") for amount in amounts))
        self.assertTrue(any(row["customer_id"] == "" for row in rows))
        self.assertTrue(any("/" in row["ordered_at"] for row in rows))
        self.assertTrue(any(row["channel"] != row["channel"].strip().lower() for row in rows))
        self.assertLess(len({row["order_id"] for row in rows}), len(rows))


if __name__ == "__main__":
    unittest.main()
