/** Whether it is a tag of users: MLflow sets others itself, for the version of the client, user, source, a summary of models. */
export const isOwnTag = (key: string): boolean => !key.startsWith('mlflow.');
