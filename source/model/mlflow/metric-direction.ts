/** Whether a metric is better when it is higher or lower. */
export type Direction = 'higher' | 'lower';

/**
 * Words in names of metrics, by what is better. The names are those of scikit-learn's scorers and regression metrics
 * (scikit-learn.org, "The scoring parameter"), of Keras and of MLflow's evaluators.
 */
const lowerIsBetter = new Set(
	'loss error err rmse mse mae mape smape rmsle msle wmape logloss perplexity wer cer brier hinge deviance regret latency'.split(
		' ',
	),
);
const higherIsBetter = new Set(
	'accuracy acc f1 fbeta auc auroc auprc ap map ndcg mrr precision recall specificity sensitivity r2 mcc kappa silhouette jaccard iou dice bleu rouge'.split(
		' ',
	),
);

/**
 * Which direction of a metric is better, by the words of its name (`val_loss`, `f1_score`, `test.rmse`); null where they
 * do not say, or contradict each other. Of `loss` and `error` a compound wins (`log_loss`), of `precision_error` nobody.
 */
export function metricDirection(key: string): Direction | null {
	const words = key
		.slice(0, 250)
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	const isLower = words.some(word => lowerIsBetter.has(word));
	const isHigher = words.some(word => higherIsBetter.has(word));
	if (isLower === isHigher) return null;
	return isLower ? 'lower' : 'higher';
}
