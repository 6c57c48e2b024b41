import { type Judge, watchDiagnosis } from '../checks/diagnosis.ts';
import type { Clients } from '../clients/clients.ts';
import type { Config } from '../config/schema.ts';
import type { DiagnosisOptions } from '../diagnosis/facts.ts';
import { watchDags } from '../feeds/airflow/dags.ts';
import { watchPipeline } from '../feeds/airflow/pipeline.ts';
import { watchServices } from '../feeds/containers/services.ts';
import { watchStats } from '../feeds/containers/stats.ts';
import { watchEndpoints } from '../feeds/endpoints.ts';
import { watchAuditLog } from '../feeds/files/audit-log.ts';
import type { InterestStore } from '../feeds/interest.ts';
import { logFolders } from '../feeds/logs/log-directories.ts';
import { watchLogs } from '../feeds/logs/logs.ts';
import { watchExperiment, watchModels } from '../feeds/mlflow/experiments.ts';
import type { Quiet } from '../feeds/quiet.ts';
import { type FeedContext, Wake } from '../feeds/schedule.ts';
import { engineHostname } from '../model/engine/engine-address.ts';
import { addressPending } from '../model/failures/failure.ts';
import type { FeedName } from '../model/source.ts';
import type { ServerName } from '../model/stack/discovery.ts';
import type { StackStore } from './store.ts';

/**
 * What can be watched: the feeds, the web pages and the diagnosis; or only the address of Airflow, for commands that
 * call it themselves.
 */
export type Watched =
	| FeedName
	| 'endpoints'
	| 'diagnosis'
	| 'airflow events'
	| 'run history'
	| 'mlflow run search'
	| 'airflow address';

export type Wakes = ReturnType<typeof createWakes>;

export function createWakes() {
	return {
		services: new Wake(),
		stats: new Wake(),
		pipeline: new Wake(),
		dags: new Wake(),
		experiment: new Wake(),
		models: new Wake(),
		logs: new Wake(),
		history: new Wake(),
		runSearch: new Wake(),
		endpoints: new Wake(),
		diagnosis: new Wake(),
	};
}

/** Wakes the feeds that ask a server. */
export function wakesOf(wakes: Wakes, server: ServerName): readonly Wake[] {
	return server === 'airflow'
		? [wakes.pipeline, wakes.dags, wakes.history]
		: [wakes.experiment, wakes.models, wakes.runSearch];
}

export type FeedsDeps = {
	readonly config: Config;
	readonly store: StackStore;
	readonly clients: Clients;
	readonly interest: InterestStore;
	readonly quiet: Quiet;
	readonly wakes: Wakes;
	readonly diagnosisOptions: () => DiagnosisOptions;
	/** Runs as long as the diagnosis does. */
	readonly acknowledging: () => Promise<void>;
	readonly onJudge: (judge: Judge) => void;
};

/** Dependencies that all feeds share. */
function sourcesOf({ config, store, clients, interest, quiet, wakes }: FeedsDeps) {
	const shared = {
		state: store.current,
		onChange: (listener: () => void) => store.onChange(listener),
		interest,
		quiet,
	};
	const airflow = {
		...shared,
		airflow: () => clients.airflow,
		wake: wakes.pipeline,
		dagsWake: wakes.dags,
		usualDag: config.leftToStack?.includes('dag') ? config.dag : null,
	};
	const mlflow = {
		...shared,
		mlflow: () => clients.mlflow,
		experimentName: config.experiment,
		isExperimentLeftToStack: config.leftToStack?.includes('experiment'),
		seriesTag: config.options['mlflow.series_tag'],
		wake: wakes.experiment,
		modelsWake: wakes.models,
	};
	const docker = { ...shared, docker: clients.docker };
	return { shared, docker, airflow, mlflow };
}

/** How each of them is watched, until the context's signal aborts. */
export function feedsOf(context: FeedContext, deps: FeedsDeps): Readonly<Record<Watched, () => Promise<void>>> {
	const { config, store, clients, interest, wakes } = deps;
	const { shared, docker, airflow, mlflow } = sourcesOf(deps);
	const givenAirflowUrl = config.discovery.airflowUrl;
	const afterDiscovery = (feed: () => Promise<void>) =>
		whenKnown(store, context.signal, () => store.current().stack !== null).then(feed);
	return {
		'airflow address': async () => undefined,
		containers: () => watchServices(context, { ...docker, wake: wakes.services }),
		stats: () =>
			watchStats(context, { ...docker, intervalMs: config.options.stats_interval * 1000, wake: wakes.stats }),
		logs: () =>
			watchLogs(context, {
				...airflow,
				docker: clients.docker,
				givenAirflowUrl,
				wake: wakes.logs,
			}),
		endpoints: () =>
			watchEndpoints(context, {
				...shared,
				ssh: clients.ssh,
				wake: wakes.endpoints,
				healthAsUser: config.airflow.token
					? async signal => {
							if (clients.airflow === null) throw addressPending('Airflow');
							return clients.airflow.health(signal);
						}
					: null,
			}),
		pipeline: () =>
			afterDiscovery(() =>
				watchPipeline(context, { ...airflow, logFolders: () => logFolders({ ...docker, givenAirflowUrl }) }),
			),
		dags: () => afterDiscovery(() => watchDags(context, airflow)),
		'airflow events': () => afterDiscovery(() => watchAuditLog(context, airflow)),
		// Most screens never show it.
		'run history': async () => {
			await whenKnown({ onChange: interest.subscribe }, context.signal, () => interest.getState().history !== null);
			const { watchRunHistory } = await import('../feeds/airflow/run-history.ts');
			return watchRunHistory(context, { ...airflow, wake: wakes.history });
		},
		'mlflow run search': async () => {
			await whenKnown({ onChange: interest.subscribe }, context.signal, () => interest.getState().mlflowRuns !== null);
			const { watchRunSearch } = await import('../feeds/mlflow/run-search.ts');
			return watchRunSearch(context, { ...mlflow, wake: wakes.runSearch });
		},
		experiment: () => afterDiscovery(() => watchExperiment(context, mlflow)),
		models: () => afterDiscovery(() => watchModels(context, { ...mlflow, wake: wakes.models })),
		diagnosis: async () => {
			const acknowledging = deps.acknowledging();
			const { compose } = clients;
			const { diagnosisOptions } = deps;
			const checkDeps = { ...docker, compose, airflow: airflow.airflow, diagnosisOptions, wake: wakes.diagnosis };
			await watchDiagnosis(context, checkDeps, deps.onJudge);
			await acknowledging;
		},
	};
}

const everything: readonly Watched[] = [
	'containers',
	'stats',
	'logs',
	'endpoints',
	'pipeline',
	'dags',
	'experiment',
	'models',
	'diagnosis',
	'airflow events',
	'run history',
	'mlflow run search',
];

/** Everything that has to be watched for a request: a server without a configured address is found by its container. */
export function watchedWith(
	asked: readonly Watched[] | undefined,
	{ discovery, dockerHost }: Pick<Config, 'discovery' | 'dockerHost'>,
): readonly Watched[] {
	if (dockerHost.kind === 'none') return (asked ?? everything).filter(name => !ofEngine.has(name));
	if (asked === undefined) return everything;
	const needsAirflow = asked.some(name => name === 'dags' || name === 'pipeline' || name === 'airflow address');
	const needsMlflow = asked.includes('experiment') || asked.includes('models');
	// Its ports may be reached through ssh only.
	const isOfEngine = (url: string) =>
		dockerHost.kind === 'ssh' && URL.parse(url)?.hostname === engineHostname(dockerHost);
	const isOpen = (url: string | undefined) => url === undefined || isOfEngine(url);
	const isToBeFound = (needsAirflow && isOpen(discovery.airflowUrl)) || (needsMlflow && isOpen(discovery.mlflowUrl));
	const others = asked.filter(name => name !== 'containers');
	return isToBeFound || asked.length > others.length ? ['containers', ...others] : others;
}

const ofEngine: ReadonlySet<Watched> = new Set(['containers', 'stats']);

type Changing = { readonly onChange: (listener: () => void) => () => void };

function whenKnown({ onChange }: Changing, signal: AbortSignal, isKnown: () => boolean): Promise<void> {
	return new Promise(resolve => {
		if (isKnown() || signal.aborted) return resolve();
		const stop = onChange(() => {
			if (!isKnown()) return;
			stop();
			resolve();
		});
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
