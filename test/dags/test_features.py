import json
import unittest

from ml_pipeline.features import NAMES, Dataset, Scaling, dataset, features_of

CUSTOMER = {
    "customer_id": "C1",
    "tier": "basic",
    "orders": "3",
    "recent_orders": "1",
    "revenue": "3000",
    "first_order_days_ago": "50",
    "last_order_days_ago": "10",
    "app_share": "0.5000",
    "returned_share": "0.0000",
    "left": "0",
}


def some_customers(count):
    return [
        {**CUSTOMER, "customer_id": f"C{n}", "last_order_days_ago": str(n % 50), "left": str(n % 2)} for n in range(count)
    ]


class Features(unittest.TestCase):
    def test_gives_each_customer_one_number_a_name(self):
        self.assertEqual(len(features_of(CUSTOMER)), len(NAMES))

    def test_counts_silence_in_the_customers_own_gaps(self):
        self.assertEqual(features_of(CUSTOMER)[NAMES.index("silence_in_gaps")], 0.5)

    def test_survives_a_customer_of_one_order(self):
        once = {**CUSTOMER, "orders": "1", "first_order_days_ago": "10"}
        self.assertEqual(len(features_of(once)), len(NAMES))


class ScalingOfColumns(unittest.TestCase):
    def test_brings_each_column_to_mean_0_and_deviation_1(self):
        scaling = Scaling.of([[1.0, 10.0], [3.0, 30.0]])
        self.assertEqual([scaling.apply(row) for row in ([1.0, 10.0], [3.0, 30.0])], [[-1.0, -1.0], [1.0, 1.0]])

    def test_does_not_divide_by_the_deviation_of_a_constant(self):
        self.assertEqual(Scaling.of([[5.0], [5.0]]).apply([5.0]), [0.0])


class DatasetOfCustomers(unittest.TestCase):
    def test_uses_every_customer_once(self):
        split = dataset(some_customers(100), seed=1)
        self.assertEqual((len(split.train), len(split.validation), len(split.test)), (70, 10, 20))

    def test_splits_alike_from_the_same_seed(self):
        self.assertEqual(dataset(some_customers(50), 3), dataset(some_customers(50), 3))
        self.assertNotEqual(dataset(some_customers(50), 3), dataset(some_customers(50), 4))

    def test_comes_back_whole_from_its_file(self):
        split = dataset(some_customers(50), 3)
        self.assertEqual(Dataset.from_json(json.loads(json.dumps(split.to_json()))), split)

    def test_says_so_where_there_are_too_few(self):
        with self.assertRaisesRegex(ValueError, "too few"):
            dataset(some_customers(2), 1)


if __name__ == "__main__":
    unittest.main()
