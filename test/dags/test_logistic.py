import random
import unittest

from ml_pipeline.features import Example
from ml_pipeline.logistic import Model, evaluate, mean_loss, train


def separable(count, seed=1):
    rng = random.Random(seed)
    points = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(count)]
    return [Example(point, int(point[0] > 0)) for point in points]


class Training(unittest.TestCase):
    def test_learns_what_can_be_learnt(self):
        *_, last = train(separable(2_000), epochs=20, seed=1)
        self.assertGreater(evaluate(last.model, separable(500, seed=2)).accuracy, 0.95)

    def test_loses_less_with_each_pass(self):
        losses = [epoch.loss for epoch in train(separable(500), epochs=10, seed=1)]
        self.assertEqual(losses, sorted(losses, reverse=True))

    def test_learns_the_same_from_the_same_seed(self):
        self.assertEqual(list(train(separable(50), 3, seed=1)), list(train(separable(50), 3, seed=1)))


class Judgement(unittest.TestCase):
    # Sure of itself: answers 1 for positive inputs.
    model = Model(weights=[10.0], bias=0.0)

    def test_counts_hits_and_misses(self):
        verdict = evaluate(self.model, [Example([1.0], 1), Example([1.0], 0), Example([-1.0], 1), Example([-1.0], 0), Example([-1.0], 0)])
        self.assertEqual(verdict.accuracy, 0.6)
        self.assertEqual((verdict.precision, verdict.recall, verdict.f1_score), (0.5, 0.5, 0.5))
        self.assertEqual(verdict.baseline_accuracy, 0.6)

    def test_does_not_divide_by_nothing(self):
        verdict = evaluate(self.model, [Example([-1.0], 0)])
        self.assertEqual((verdict.accuracy, verdict.f1_score), (1.0, 0.0))

    def test_stays_finite_far_out(self):
        self.assertLess(mean_loss(self.model, [Example([1e6], 0), Example([-1e6], 1)]), 100)


if __name__ == "__main__":
    unittest.main()
