/** The stacks that `laketop demo --stack` can run, in the order of the help. */
export const demoStackNames = [
	'guide',
	'guide-airflow3',
	'official-airflow2',
	'official-airflow3',
	'mlflow-elsewhere',
	'managed',
	'podman',
] as const;
export type DemoStackName = (typeof demoStackNames)[number];

export function isDemoStackName(text: string): text is DemoStackName {
	return demoStackNames.some(name => name === text);
}
