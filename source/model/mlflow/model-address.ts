/** A version of a model by its number, or by an alias that leads to it. */
export type VersionWanted = { readonly model: string } & ({ readonly version: string } | { readonly alias: string });

const prefix = 'models:/';

/** Whether a word is MLflow's address of a model, as `models:/churn/7`. */
export const isModelAddress = (word: string): boolean => word.startsWith(prefix);

/**
 * The version that MLflow's address names: `models:/churn/7`, `models:/churn@champion`
 * (mlflow/store/artifact/utils/models.py). null: it names none. A model's name may hold an @.
 */
export function versionAddressed(word: string): VersionWanted | null {
	if (!isModelAddress(word)) return null;
	const text = word.slice(prefix.length);
	const slash = text.lastIndexOf('/');
	const number = text.slice(slash + 1);
	if (slash > 0 && /^\d{1,18}$/.test(number)) return { model: text.slice(0, slash), version: number };
	const at = text.lastIndexOf('@');
	return at > 0 && at < text.length - 1 ? { model: text.slice(0, at), alias: text.slice(at + 1) } : null;
}
