import { expect, test } from 'vitest';
import { metricDirection } from '../../../source/model/mlflow/metric-direction.ts';

test.each([
	...['accuracy', 'f1_score', 'val_AUC', 'valAuc', 'test/precision', 'R2', 'roc_auc'].map(key => [key, 'higher']),
	...['loss', 'val_loss', 'log_loss', 'test.rmse', 'trainMse', 'mean_absolute_error'].map(key => [key, 'lower']),
	// A word inside another word says nothing, nor do words that contradict each other.
	...['rows', 'duration', 'blossom', 'macron', 'score', '', 'precision_error', '손실'].map(key => [key, null]),
])('%s: %s', (key, direction) => {
	expect(metricDirection(String(key))).toBe(direction);
});
