import unittest
from datetime import date, datetime, timedelta

from ml_pipeline.gold import customers, tier

AS_OF = date(2026, 1, 1)


def order(customer, days_ago, amount=1000, channel="app", returned=False):
    day = datetime(2026, 1, 1, 12) - timedelta(days=days_ago)
    return {
        "order_id": f"{customer}-{days_ago}",
        "customer_id": customer,
        "ordered_at": day.isoformat(sep=" "),
        "channel": channel,
        "quantity": "1",
        "amount": str(amount),
        "returned": "1" if returned else "0",
    }


class Customers(unittest.TestCase):
    def test_says_who_left_by_the_last_thirty_days(self):
        rows = customers([order("stays", 50), order("stays", 10), order("leaves", 50)], AS_OF)
        self.assertEqual({row["customer_id"]: row["left"] for row in rows}, {"stays": "0", "leaves": "1"})

    def test_knows_nobody_who_bought_in_the_last_thirty_days_alone(self):
        self.assertEqual(customers([order("new", 10)], AS_OF), [])

    def test_describes_a_customer_by_the_observed_days_alone(self):
        [row] = customers([order("C", 80), order("C", 40), order("C", 30, channel="web"), order("C", 29, 9_999_999)], AS_OF)
        self.assertEqual(row["orders"], "2")
        self.assertEqual(row["revenue"], "2000")
        self.assertEqual((row["first_order_days_ago"], row["last_order_days_ago"]), ("50", "10"))

    def test_does_not_count_returns_as_revenue(self):
        [row] = customers([order("C", 60, 500), order("C", 50, 700, returned=True)], AS_OF)
        self.assertEqual(row["revenue"], "500")
        self.assertEqual(row["returned_share"], "0.5000")

    def test_ranks_by_revenue(self):
        self.assertEqual([tier(revenue) for revenue in (0, 99_999, 100_000, 300_000, 600_000)], ["basic", "basic", "silver", "gold", "vip"])


if __name__ == "__main__":
    unittest.main()
