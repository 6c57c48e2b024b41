import type { Config } from '../../config/schema.ts';
import { type ConfiguredServers, type DemoStack, demoStacks, startDemo } from '../../demo/index.ts';
import { isDemoStackName } from '../../demo/stack-names.ts';
import { demoEngine, noEngine, noEngineAddress } from '../../model/engine/engine-address.ts';
import type { Given } from '../arguments/given.ts';

export type RunningDemo = {
	readonly demo: DemoStack;
	/** The given configuration on this demo. */
	readonly config: Config;
};

/** Starts the stack that a command line with `--demo` names, or the guide's. The caller closes it. */
export async function startNamedDemo(given: Pick<Given, 'text'>, config: Config): Promise<RunningDemo> {
	const name = given.text('stack') ?? 'guide';
	const demo = await startDemo(isDemoStackName(name) ? demoStacks[name] : {});
	return { demo, config: configOn(demo, config) };
}

/** The configuration on a demo: everything is discovered that a real stack would let be discovered. */
export function configOn({ dockerHost, configured }: DemoStack, config: Config): Config {
	const hasEngine = dockerHost !== noEngineAddress;
	return {
		...config,
		demo: true,
		dockerHost: hasEngine ? demoEngine(dockerHost) : noEngine('demo', { kind: 'demo' }),
		...(configured === null ? {} : onConfigured(configured, config)),
	};
}

/** As from LAKETOP_AIRFLOW_URL, LAKETOP_MLFLOW_URL, and tokens or users. */
function onConfigured(
	{ airflowUrl, mlflowUrl, airflow, mlflow }: ConfiguredServers,
	{ discovery, airflow: login, mlflow: mlflowLogin, leftToStack = [] }: Config,
): Pick<Config, 'discovery' | 'airflow' | 'mlflow' | 'leftToStack'> {
	return {
		discovery: { ...discovery, airflowUrl, mlflowUrl },
		airflow:
			airflow === null ? login : airflow.token === undefined ? { ...airflow } : { ...login, token: airflow.token },
		mlflow: mlflow ?? mlflowLogin,
		leftToStack: airflow === null ? leftToStack : leftToStack.filter(what => what !== 'airflow login'),
	};
}
